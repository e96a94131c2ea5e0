// matmul/vecmat_workgroup: c = op(a) · op(b) for a low op(a).   a: [batch, m, k] (transposed: [batch, k, m]), m at most 4
//   b: [batch, k, n] (transposed: [batch, n, k])   c: [batch, m, n]   bias: [n]   operand: [batch, m, n]
//   Of `items` items each begins a_item and b_item elements after the one before, and every such run a_outer and b_outer
//   after the run before: 0 where an operand repeats. `line` is the length of a line stored along k.
// Grid: one workgroup for all rows of WX·4 columns; column blocks run fastest, then batch.
// As matmul/vecmat, with the inner dimension dealt out to WY invocations, whose sums meet in workgroup memory: neighbours
// read neighbouring vectors of b, and few columns keep a GPU busy.
const TRANSPOSE_A: u32 = 0;  // variant: 1 where a is stored transposed
const TRANSPOSE_B: u32 = 0;  // variant: 1 where b is stored transposed
const ROWS: u32 = 1;         // variant: m
const WX: u32 = 16;          // variant: invocations over the columns: one where b is stored transposed
const WY: u32 = 8;           // variant: invocations over the inner dimension: a power of two

//!include lib/grid.wgsl
//!include lib/items.wgsl

struct Params {
  batch: u32, m: u32, n: u32, k: u32, line: u32,
  items: u32, a_item: u32, b_item: u32, a_outer: u32, b_outer: u32,
}

alias AElement = f32;             // storage: f32 or f16
alias BVector = vec4<f32>;        // storage: f32 or f16
alias BiasVector = vec4<f32>;     // storage: f32 or f16
alias OperandVector = vec4<f32>;  // storage: f32 or f16
alias CVector = vec4<f32>;        // storage: f32 or f16

@group(0) @binding(0) var<storage, read> a: array<AElement>;
@group(0) @binding(1) var<storage, read> b: array<BVector>;
//!optional
@group(0) @binding(2) var<storage, read> bias: array<BiasVector>;
//!optional
@group(0) @binding(3) var<storage, read> operand: array<OperandVector>;
@group(0) @binding(4) var<storage, read_write> c: array<CVector>;
@group(0) @binding(5) var<uniform> params: Params;

fn load_bias(row: u32, column: u32) -> vec4<f32> {
  return vec4<f32>(bias[column / 4]);
}

fn load_operand(row: u32, column: u32) -> vec4<f32> {
  return vec4<f32>(operand[(row * params.n + column) / 4]);
}

//!replace
fn epilogue(value: vec4<f32>, row: u32, column: u32) -> vec4<f32> {
  return value;
}

fn four_of_a(at: u32, step: u32) -> vec4<f32> {
  return vec4<f32>(vec4(a[at], a[at + step], a[at + 2 * step], a[at + 3 * step]));
}

// Sums over four of the inner dimension for four columns.
fn products(lines: mat4x4<f32>, factors: vec4<f32>) -> vec4<f32> {
  if (TRANSPOSE_B == 1) { return factors * lines; }
  return lines * factors;
}

// One after another: a row of c for each invocation.
var<workgroup> partial: array<vec4<f32>, ROWS * WX * WY>;

fn add_halves(local: u32, size: u32) {
  for (var half = size / 2; half >= WX; half /= 2) {
    workgroupBarrier();
    if (local < half) {
      for (var j = 0u; j < ROWS; j++) { partial[j * size + local] += partial[j * size + local + half]; }
    }
  }
}

@compute @workgroup_size(WX, WY)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_id) local: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  let n = params.n;
  let k = loop_bound(params.k, groups);
  let quads = n / 4;
  let across = (quads - 1) / WX + 1;
  let tile = flat_workgroup(group, groups);
  let item = tile / across;
  let column = tile % across * WX + local.x;        // of vectors
  let quad = min(column, quads - 1);
  if (item >= params.batch) { return; }

  // Four lines of a block: columns, or steps of the inner dimension.
  var lines = vec4(0, 1, 2, 3) * quads + quad;
  if (TRANSPOSE_B == 1) { lines = (quad * 4 + vec4(0, 1, 2, 3)) * (params.line / 4); }
  let b_step = select(n, 1, TRANSPOSE_B == 1);      // from block to block, in vectors
  lines += item_start(item, params.items, params.b_outer, params.b_item) / 4 + local.y * b_step;
  let a_step = select(1, ROWS, TRANSPOSE_A == 1);
  let a_next = select(params.line, 1, TRANSPOSE_A == 1);      // from row to row
  var at = item_start(item, params.items, params.a_outer, params.a_item) + local.y * 4 * a_step;

  var s0 = vec4<f32>(); var s1 = vec4<f32>(); var s2 = vec4<f32>(); var s3 = vec4<f32>();    // a row of c each
  for (var i = local.y; i < k / 4; i += WY) {
    let piece = mat4x4<f32>(mat4x4(b[lines.x], b[lines.y], b[lines.z], b[lines.w]));
    s0 += products(piece, four_of_a(at, a_step));
    if (ROWS >= 2) { s1 += products(piece, four_of_a(at + a_next, a_step)); }
    if (ROWS >= 3) { s2 += products(piece, four_of_a(at + 2 * a_next, a_step)); }
    if (ROWS == 4) { s3 += products(piece, four_of_a(at + 3 * a_next, a_step)); }
    lines += WY * b_step;
    at += WY * 4 * a_step;
  }
  // What is left falls to the next slice, which stands there; only where b is not stored transposed.
  var left = 0u;
  if (local.y == k / 4 % WY) { left = k % 4; }
  for (var i = left; i > 0; i--) {
    let line = vec4<f32>(b[lines.x]);
    s0 += line * f32(a[at]);
    if (ROWS >= 2) { s1 += line * f32(a[at + a_next]); }
    if (ROWS >= 3) { s2 += line * f32(a[at + 2 * a_next]); }
    if (ROWS == 4) { s3 += line * f32(a[at + 3 * a_next]); }
    lines += quads;
    at += a_step;
  }

  let size = WX * WY;
  partial[index] = s0;
  if (ROWS >= 2) { partial[size + index] = s1; }
  if (ROWS >= 3) { partial[2 * size + index] = s2; }
  if (ROWS == 4) { partial[3 * size + index] = s3; }
  add_halves(index, size);

  if (local.y > 0 || column >= quads) { return; }   // each of the others reads what it added up itself
  s0 = partial[index];
  if (ROWS >= 2) { s1 = partial[size + index]; }
  if (ROWS >= 3) { s2 = partial[2 * size + index]; }
  if (ROWS == 4) { s3 = partial[3 * size + index]; }
  // The sums move up to s0 row by row: one call a row would compile the epilogue as often.
  for (var i = 0u; i < ROWS; i++) {
    let row = item * ROWS + i;
    c[row * quads + quad] = CVector(epilogue(s0, row, quad * 4));
    s0 = s1; s1 = s2; s2 = s3;
  }
}
