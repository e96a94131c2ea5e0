import type { Mutation } from "./mutation.ts";
import { shaderMutation } from "./mutation.ts";

export const poolingMutations: readonly Mutation[] = [
  shaderMutation("order", "maxPool2d/scalar", ["value > best ||", "value >= best ||"], ["maxPool2d"]),
  shaderMutation("order", "maxPool2d/vec4", ["(value > best) |", "(value >= best) |"], ["maxPool2d"]),
  shaderMutation("term", "maxPool2d/scalar", [" || is_nan(value)", ""], ["maxPool2d"]),
  shaderMutation("tail", "lib/window", ["(pad - at - 1) / dilation", "(pad - at) / dilation"], ["maxPool2d"]),
  shaderMutation(
    "tail",
    "lib/window",
    ["(at - reach - 1) / stride", "(at - reach) / stride"],
    ["averagePool2dGradient"],
  ),
  shaderMutation(
    "tail",
    "lib/window",
    ["((bin + 1) * size + bins - 1) / bins", "(bin + 1) * size / bins"],
    ["adaptivePooling"],
  ),
  shaderMutation(
    "initial value",
    "maxPool2d/scalar",
    ["var best = x[place];", "var best = 0f;"],
    ["maxPool2d"],
  ),
  shaderMutation(
    "term",
    "averagePool2d/scalar",
    ["if (COUNT_PADDING == 1)", "if (COUNT_PADDING == 2)"],
    ["averagePool2d"],
  ),
  shaderMutation(
    "axis",
    "averagePool2d/vec4",
    ["taps_counted(first_x, params.counted_width", "taps_counted(first_x, params.counted_height"],
    ["averagePool2d"],
  ),
  shaderMutation(
    "bounds",
    "maxPool2dGradient/blocks",
    ["max(oy * params.stride_y, params.pad_top) - params.pad_top", "oy * params.stride_y"],
    ["maxPool2dGradient"],
  ),
  shaderMutation(
    "order",
    "maxPool2dGradient/gather",
    ["indices[at] == own", "indices[at] <= own"],
    ["maxPool2dGradient"],
  ),
  shaderMutation(
    "term",
    "averagePool2dGradient/gather",
    ["sum += row / row_taps(oy, dilation.y)", "sum += row"],
    ["averagePool2dGradient"],
  ),
  shaderMutation(
    "bounds",
    "averagePool2dGradient/gather",
    ["if ((y - oy * params.stride_y) % dilation.y != 0) { continue; }", ""],
    ["averagePool2dGradient"],
  ),
  shaderMutation(
    "axis",
    "resizeBilinear/scalar",
    ["f32(at_x % params.unit_x) / f32(params.unit_x)", "f32(at_x % params.unit_x) / f32(params.unit_y)"],
    ["resizeBilinear"],
  ),
  shaderMutation(
    "clamp",
    "lib/resize",
    ["clamp(position, 0, i32((axis.size - 1) * axis.unit))", "max(position, 0)"],
    ["resizeBilinear"],
  ),
  shaderMutation(
    "constant",
    "lib/resize",
    ["i32(place * axis.step) + axis.shift", "i32(place * axis.step)"],
    ["resizeBilinear"],
  ),
  shaderMutation(
    "tail",
    "lib/resize",
    [
      "select(first_from(middle + i32(axis.unit), axis), axis.resized, place + 1 == axis.size)",
      "first_from(middle + i32(axis.unit), axis)",
    ],
    ["resizeNearestGradient"],
  ),
  shaderMutation(
    "sign",
    "resizeBilinearGradient/gather",
    ["i32(axis.unit) - away", "i32(axis.unit) + away"],
    ["resizeBilinearGradient"],
  ),
  shaderMutation(
    "clamp",
    "warpAffine/warpAffine",
    ["clamp(place, vec2<i32>(), last)", "min(place, last)"],
    ["warpAffine"],
  ),
  shaderMutation(
    "axis",
    "warpAffine/warpAffine",
    ["matrices[m + 3] * at.x", "matrices[m + 3] * at.y"],
    ["warpAffine"],
  ),
  shaderMutation(
    "constant",
    "warpAffine/warpAffine",
    ["moved + (size - 1) / 2", "moved + (out_size - 1) / 2"],
    ["warpAffine"],
  ),
];
