import type { Mutation } from "./mutation.ts";
import { shaderMutation } from "./mutation.ts";

export const reductionMutations: readonly Mutation[] = [
  shaderMutation("tail", "reduce/serial", ["if (left > 0) {", "if (left > 1) {"], ["sum"]),
  shaderMutation("tail", "reduce/serial", ["let left = count % 4;", "let left = 0u;"], ["max"]),
  shaderMutation("stride", "reduce/serial", ["at += 4 * inner;", "at += 4;"], ["sum"]),
  shaderMutation(
    "axis",
    "reduce/serial",
    ["* inner + index % inner;", "* inner + index / inner % inner;"],
    ["min"],
  ),
  shaderMutation("tail", "reduce/rows_vec4", ["vec4<u32>(count % 4)", "vec4<u32>(4)"], ["sum"]),
  shaderMutation("barrier", "reduce/rows_workgroup", ["    workgroupBarrier();\n", ""], ["sum"]),
  shaderMutation("index", "reduce/rows_workgroup", ["i += 4 * across", "i += across"], ["sum"]),
  shaderMutation("initial value", "sum/fold", ["return vec4<f32>(); }", "return vec4<f32>(1); }"], ["sum"]),
  shaderMutation("order", "lib/reduce", ["fold_join(halves, swap_pairs(halves))", "halves"], ["sum"]),
  shaderMutation("term", "logSumExp/fold", ["lanes.a + honest_log", "honest_log"], ["logSumExp"]),
  shaderMutation(
    "term",
    "squaredDeviations/fold",
    ["fma(deviation, x - first - mean, lanes.squares)", "fma(deviation, deviation, lanes.squares)"],
    ["squaredDeviations"],
  ),
  shaderMutation(
    "term",
    "squaredDeviations/fold",
    ["apart * apart * a.count * share", "0"],
    ["squaredDeviations"],
  ),
  shaderMutation(
    "clamp",
    "softmax/serial",
    ["vec4<f32>(top), vec4<f32>(total)", "vec4<f32>(), vec4<f32>(total)"],
    ["softmax"],
  ),
  shaderMutation("tail", "softmax/serial", ["i < min(4, end - l)", "i < min(3, end - l)"], ["logSoftmax"]),
  shaderMutation(
    "order",
    "scan/serial",
    ["select(next, total, exclusive)", "select(total, next, exclusive)"],
    ["cumsum"],
  ),
  shaderMutation("sign", "scan/serial", ["0 - inner, backwards", "inner, backwards"], ["cumsum"]),
  shaderMutation("index", "scan/serial", ["select(0, count - 1, backwards)", "0"], ["cumsum"]),
];
