import type { Mutation } from "./mutation.ts";
import { shaderMutation } from "./mutation.ts";

export const statisticsMutations: readonly Mutation[] = [
  shaderMutation(
    "tail",
    "lib/tally",
    ["  found.thousandth -= 16 - i32(count);\n", ""],
    ["tensorStatistics"],
    "tensorStatistics/serial",
  ),
  shaderMutation(
    "clamp",
    "lib/tally",
    ["clamp(found.bits >> 23, 1, 253)", "127"],
    ["tensorStatistics"],
    "tensorStatistics/serial",
  ),
  shaderMutation(
    "bounds",
    "tensorStatistics/serial",
    ["let end = about.y + about.z;", "let end = about.y + about.z - min(about.z, 1u);"],
    ["tensorStatistics"],
  ),
  shaderMutation(
    "order",
    "parameterStatistics/serial",
    ["    previous[at] = now;\n", ""],
    ["parameterStatistics"],
  ),
  shaderMutation("sign", "livingUnits/serial", ["& 0x7fffffffu) != 0", "| 0u) != 0"], ["livingUnits"]),
  shaderMutation("term", "statisticsRow/serial", ["(counts.xy + zeros)", "counts.xy"], ["statisticsRow"]),
  shaderMutation(
    "index",
    "statisticsRow/serial",
    ["step.index % params.rows", "step.row % params.rows"],
    ["statisticsRow"],
  ),
];
