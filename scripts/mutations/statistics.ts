import type { Mutation } from "./mutation.ts";
import { shaderMutation } from "./mutation.ts";

export const statisticsMutations: readonly Mutation[] = [
  shaderMutation(
    "tail",
    "lib/tally",
    ["  found.thousandth -= 4 - lanes;\n", ""],
    ["tensorStatistics"],
    "tensorStatistics/serial",
  ),
  shaderMutation(
    "clamp",
    "lib/tally",
    ["clamp(found.bits >> 23, 1u, 253u)", "127u"],
    ["tensorStatistics"],
    "tensorStatistics/serial",
  ),
  shaderMutation(
    "bounds",
    "tensorStatistics/serial",
    ["let end = part.y + part.z;\n  let lanes", "let end = part.y + part.z - min(part.z, 1u);\n  let lanes"],
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
