// matmul/matvec_workgroup: c = op(a) · op(b) for a narrow op(b).   a: [batch, m, k] (transposed: [batch, k, m])
//   b: [batch, k, n] (transposed: [batch, n, k])   c: [batch, m, n], n at most 4   bias: [n]   operand: [batch, m, n]
//   Of `items` items each begins a_item and b_item elements after the one before, and every such run a_outer and b_outer
//   after the run before: 0 where an operand repeats. `line` is the length of a line stored along k.
// Grid: one workgroup for all columns of WX·4 rows; row blocks run fastest, then batch.
// As matmul/matvec, with the inner dimension dealt out to WY invocations, whose sums meet in workgroup memory: neighbours
// read neighbouring vectors of a, and few rows keep a GPU busy.
const TRANSPOSE_A: u32 = 0;  // variant: 1 where a is stored transposed
const TRANSPOSE_B: u32 = 0;  // variant: 1 where b is stored transposed
const COLUMNS: u32 = 1;      // variant: n
const WX: u32 = 1;           // variant: invocations over the rows: many where a is stored transposed
const WY: u32 = 64;          // variant: invocations over the inner dimension: a power of two

//!include lib/grid.wgsl
//!include lib/items.wgsl

struct Params {
  batch: u32, m: u32, n: u32, k: u32, line: u32,
  items: u32, a_item: u32, b_item: u32, a_outer: u32, b_outer: u32,
}

alias AVector = vec4<f32>;   // storage: f32 or f16
alias BElement = f32;        // storage: f32 or f16
alias BiasElement = f32;     // storage: f32 or f16
alias OperandElement = f32;  // storage: f32 or f16
alias CElement = f32;        // storage: f32 or f16

@group(0) @binding(0) var<storage, read> a: array<AVector>;
@group(0) @binding(1) var<storage, read> b: array<BElement>;
//!optional
@group(0) @binding(2) var<storage, read> bias: array<BiasElement>;
//!optional
@group(0) @binding(3) var<storage, read> operand: array<OperandElement>;
@group(0) @binding(4) var<storage, read_write> c: array<CElement>;
@group(0) @binding(5) var<uniform> params: Params;

// The four columns from 0 on, those past the last one held there.
const LANES = min(vec4<u32>(0, 1, 2, 3), vec4<u32>(COLUMNS - 1));

fn load_bias(row: u32, column: u32) -> vec4<f32> {
  return vec4<f32>(vec4(bias[LANES.x], bias[LANES.y], bias[LANES.z], bias[LANES.w]));
}

fn load_operand(row: u32, column: u32) -> vec4<f32> {
  let at = row * COLUMNS + LANES;
  return vec4<f32>(vec4(operand[at.x], operand[at.y], operand[at.z], operand[at.w]));
}

//!replace
fn epilogue(value: vec4<f32>, row: u32, column: u32) -> vec4<f32> {
  return value;
}

fn four_of_b(at: u32, step: u32) -> vec4<f32> {
  return vec4<f32>(vec4(b[at], b[at + step], b[at + 2 * step], b[at + 3 * step]));
}

// Sums over four of the inner dimension for four rows.
fn products(lines: mat4x4<f32>, factors: vec4<f32>) -> vec4<f32> {
  if (TRANSPOSE_A == 1) { return lines * factors; }
  return factors * lines;
}

// One after another: a column of c for each invocation.
var<workgroup> partial: array<vec4<f32>, COLUMNS * WX * WY>;

fn add_halves(local: u32, size: u32) {
  for (var half = size / 2; half >= WX; half /= 2) {
    workgroupBarrier();
    if (local < half) {
      for (var j = 0u; j < COLUMNS; j++) { partial[j * size + local] += partial[j * size + local + half]; }
    }
  }
}

@compute @workgroup_size(WX, WY)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_id) local: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  let m = params.m;
  let k = loop_bound(params.k, groups);
  let blocks = (m - 1) / (4 * WX) + 1;
  let tile = flat_workgroup(group, groups);
  let item = tile / blocks;
  let row = (tile % blocks * WX + local.x) * 4;
  if (item >= params.batch) { return; }

  // Four lines of a block: rows, held at the last one past the edge, or steps of the inner dimension.
  var lines = vec4(0, 1, 2, 3) * (m / 4) + min(row, m - 1) / 4;
  if (TRANSPOSE_A == 0) { lines = min(vec4(row) + vec4(0, 1, 2, 3), vec4(m - 1)) * (params.line / 4); }
  let a_step = select(1, m, TRANSPOSE_A == 1);      // from block to block, in vectors
  lines += item_start(item, params.items, params.a_outer, params.a_item) / 4 + local.y * a_step;
  let b_step = select(COLUMNS, 1, TRANSPOSE_B == 1);
  let b_next = select(1, params.line, TRANSPOSE_B == 1);      // from column to column
  var at = item_start(item, params.items, params.b_outer, params.b_item) + local.y * 4 * b_step;

  var s0 = vec4<f32>(); var s1 = vec4<f32>(); var s2 = vec4<f32>(); var s3 = vec4<f32>();    // a column of c each
  for (var i = local.y; i < k / 4; i += WY) {
    let piece = mat4x4<f32>(mat4x4(a[lines.x], a[lines.y], a[lines.z], a[lines.w]));
    s0 += products(piece, four_of_b(at, b_step));
    if (COLUMNS >= 2) { s1 += products(piece, four_of_b(at + b_next, b_step)); }
    if (COLUMNS >= 3) { s2 += products(piece, four_of_b(at + 2 * b_next, b_step)); }
    if (COLUMNS == 4) { s3 += products(piece, four_of_b(at + 3 * b_next, b_step)); }
    lines += WY * a_step;
    at += WY * 4 * b_step;
  }
  // What is left falls to the next slice, which stands there; only where a is stored transposed.
  var left = 0u;
  if (local.y == k / 4 % WY) { left = k % 4; }
  for (var i = left; i > 0; i--) {
    let line = vec4<f32>(a[lines.x]);
    s0 += line * f32(b[at]);
    if (COLUMNS >= 2) { s1 += line * f32(b[at + b_next]); }
    if (COLUMNS >= 3) { s2 += line * f32(b[at + 2 * b_next]); }
    if (COLUMNS == 4) { s3 += line * f32(b[at + 3 * b_next]); }
    lines += m / 4;
    at += b_step;
  }

  let size = WX * WY;
  partial[index] = s0;
  if (COLUMNS >= 2) { partial[size + index] = s1; }
  if (COLUMNS >= 3) { partial[2 * size + index] = s2; }
  if (COLUMNS == 4) { partial[3 * size + index] = s3; }
  add_halves(index, size);

  if (local.y > 0 || row >= m) { return; }          // each of the others reads what it added up itself
  s0 = partial[index];
  if (COLUMNS >= 2) { s1 = partial[size + index]; }
  if (COLUMNS >= 3) { s2 = partial[2 * size + index]; }
  if (COLUMNS == 4) { s3 = partial[3 * size + index]; }
  let rows = transpose(mat4x4(s0, s1, s2, s3));
  let valid = min(4, m - row);
  for (var i = 0u; i < valid; i++) {
    let value = epilogue(rows[i], item * m + row + i, 0);
    let out = (item * m + row + i) * COLUMNS;
    c[out] = CElement(value.x);
    if (COLUMNS >= 2) { c[out + 1] = CElement(value.y); }
    if (COLUMNS >= 3) { c[out + 2] = CElement(value.z); }
    if (COLUMNS == 4) { c[out + 3] = CElement(value.w); }
  }
}
