import type { Mutation } from "./mutation.ts";
import { shaderMutation } from "./mutation.ts";

export const matmulMutations: readonly Mutation[] = [
  shaderMutation("tail", "matmul/naive", ["let valid = min(n - column, 4);", "let valid = 4u;"], ["matmul"]),
  shaderMutation(
    "stride",
    "matmul/naive",
    ["select(1, m, TRANSPOSE_A == 1)", "select(m, 1, TRANSPOSE_A == 1)"],
    ["matmul"],
  ),
  shaderMutation("index", "matmul/naive", ["row % m *", "row *"], ["matmul"]),
  shaderMutation("index", "matmul/naive", ["bias[at.x], bias[at.y]", "bias[at.x], bias[at.x]"], ["matmul"]),
  shaderMutation(
    "stride",
    "lib/items",
    ["item / inner * outer_step + item % inner * step", "item / inner * step + item % inner * outer_step"],
    ["matmul"],
    "matmul/naive",
  ),
  shaderMutation(
    "bounds",
    "matmul/register",
    ["row >= end || column >= n) { return; }\n  let value", "column >= n) { return; }\n  let value"],
    ["matmul"],
  ),
  shaderMutation(
    "tail",
    "matmul/register",
    ["for (var i = k % 4; i > 0; i--)", "for (var i = k % 4; i > 1; i--)"],
    ["matmul"],
  ),
  shaderMutation(
    "index",
    "matmul/register",
    ["let r1 = four(row + 4, m)", "let r1 = four(row, m)"],
    ["matmul"],
  ),
  shaderMutation(
    "stride",
    "matmul/register_vec4",
    ["select(n, 1, TRANSPOSE_B == 1)", "select(1, n, TRANSPOSE_B == 1)"],
    ["matmul"],
  ),
  shaderMutation(
    "bounds",
    "matmul/register_vec4",
    ["row >= end || column / 4 >= width", "column / 4 >= width"],
    ["matmul"],
  ),
  shaderMutation("index", "matmul/register_vec4", ["s11 += b1 * a1", "s11 += b1 * a0"], ["matmul"]),
  shaderMutation(
    "tail",
    "matmul/matvec",
    ["for (var i = k % 4; i > 0; i--)", "for (var i = k % 4; i > 1; i--)"],
    ["matmul"],
  ),
  shaderMutation("bounds", "matmul/matvec", ["let valid = min(4, m - row);", "let valid = 4u;"], ["matmul"]),
  shaderMutation(
    "stride",
    "matmul/vecmat",
    ["let b_step = select(n, 1, TRANSPOSE_B == 1);", "let b_step = select(quads, 1, TRANSPOSE_B == 1);"],
    ["matmul"],
  ),
  shaderMutation("barrier", "matmul/workgroup", ["workgroupBarrier();\n    keep_a", "keep_a"], ["matmul"]),
  shaderMutation(
    "barrier",
    "matmul/workgroup",
    ["workgroupBarrier();\n    // The next", "// The next"],
    ["matmul"],
  ),
  shaderMutation("bounds", "matmul/workgroup", ["column + 1 < n", "column + 1 <= n"], ["matmul"]),
  shaderMutation(
    "barrier",
    "matmul/matvec_workgroup",
    ["workgroupBarrier();\n    if (local < half)", "if (local < half)"],
    ["matmul"],
  ),
  shaderMutation(
    "index",
    "matmul/matvec_workgroup",
    ["if (local.y == k / 4 % WY)", "if (local.y == 0)"],
    ["matmul"],
  ),
  shaderMutation("order", "matmul/vecmat_workgroup", ["half >= WX", "half > WX"], ["matmul"]),
];
