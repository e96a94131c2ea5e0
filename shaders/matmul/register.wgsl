// matmul/register: c = op(a) · op(b).   a: [batch, m, k] (transposed: [batch, k, m])
//   b: [batch, k, n] (transposed: [batch, n, k])   c: [batch, m, n]   bias: [n]   operand: [batch, m, n]
//   Of `items` items each begins a_item and b_item elements after the one before, and every such run a_outer and b_outer
//   after the run before: 0 where an operand repeats. `line` is the length of a line stored along k.
// Grid: one workgroup a tile of WY·TM rows by WX·TN4·4 columns; column tiles run fastest, then row tiles, then batch.
// An invocation keeps TM × TN4·4 results in registers, as 4 × 4 matrices in named variables: some adapters keep an
// indexed array in memory, ten times as slow. No workgroup memory, no barrier. Accepts everything.
const TRANSPOSE_A: u32 = 0;  // variant: 1 where a is stored transposed
const TRANSPOSE_B: u32 = 0;  // variant: 1 where b is stored transposed
const TM: u32 = 8;           // variant: rows an invocation: 4, 8 or 16
const TN4: u32 = 2;          // variant: vectors of four columns an invocation: 1, 2 or 4
const WX: u32 = 8;           // variant: invocations over the columns
const WY: u32 = 4;           // variant: invocations over the rows

//!include lib/grid.wgsl
//!include lib/items.wgsl
//!include lib/blocks.wgsl

struct Params {
  batch: u32, m: u32, n: u32, k: u32, line: u32,
  items: u32, a_item: u32, b_item: u32, a_outer: u32, b_outer: u32,
}

alias AElement = f32;        // storage: f32 or f16
alias BElement = f32;        // storage: f32 or f16
alias BiasElement = f32;     // storage: f32 or f16
alias OperandElement = f32;  // storage: f32 or f16
alias CElement = f32;        // storage: f32 or f16

@group(0) @binding(0) var<storage, read> a: array<AElement>;
@group(0) @binding(1) var<storage, read> b: array<BElement>;
//!optional
@group(0) @binding(2) var<storage, read> bias: array<BiasElement>;
//!optional
@group(0) @binding(3) var<storage, read> operand: array<OperandElement>;
@group(0) @binding(4) var<storage, read_write> c: array<CElement>;
@group(0) @binding(5) var<uniform> params: Params;

fn load_bias(row: u32, column: u32) -> vec4<f32> {
  let at = four(column, params.n);
  return vec4<f32>(vec4(bias[at.x], bias[at.y], bias[at.z], bias[at.w]));
}

fn load_operand(row: u32, column: u32) -> vec4<f32> {
  let at = four(column, params.n) + row * params.n;
  return vec4<f32>(vec4(operand[at.x], operand[at.y], operand[at.z], operand[at.w]));
}

//!replace
fn epilogue(value: vec4<f32>, row: u32, column: u32) -> vec4<f32> {
  return value;
}

fn gather_a(at: vec4<u32>) -> vec4<f32> {
  return vec4<f32>(vec4(a[at.x], a[at.y], a[at.z], a[at.w]));
}

fn gather_b(at: vec4<u32>) -> vec4<f32> {
  return vec4<f32>(vec4(b[at.x], b[at.y], b[at.z], b[at.w]));
}

// Four rows of op(a) over four of the inner dimension: one row a matrix column.
fn block_a(at: vec4<u32>, step: u32) -> mat4x4<f32> {
  let inner = vec4(0, 1, 2, 3) * step;
  return mat4x4(gather_a(at.x + inner), gather_a(at.y + inner), gather_a(at.z + inner), gather_a(at.w + inner));
}

// Four of the inner dimension of op(b) over four columns.
fn block_b(at: vec4<u32>, step: u32) -> mat4x4<f32> {
  return mat4x4(gather_b(at), gather_b(at + step), gather_b(at + 2 * step), gather_b(at + 3 * step));
}

fn store(sum: vec4<f32>, row: u32, end: u32, column: u32) {
  let n = params.n;
  if (row >= end || column >= n) { return; }
  let value = epilogue(sum, row, column);
  let at = row * n + column;
  c[at] = CElement(value.x);
  if (column + 1 < n) { c[at + 1] = CElement(value.y); }
  if (column + 2 < n) { c[at + 2] = CElement(value.z); }
  if (column + 3 < n) { c[at + 3] = CElement(value.w); }
}

// Stores four columns of four rows; those at `end` and beyond do not exist.
fn store_block(sums: mat4x4<f32>, row: u32, end: u32, column: u32) {
  store(sums[0], row, end, column);
  store(sums[1], row + 1, end, column);
  store(sums[2], row + 2, end, column);
  store(sums[3], row + 3, end, column);
}

@compute @workgroup_size(WX, WY)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_id) local: vec3<u32>) {
  let m = params.m;
  let n = params.n;
  let k = loop_bound(params.k, groups);
  let across = (n - 1) / (WX * TN4 * 4) + 1;
  let down = (m - 1) / (WY * TM) + 1;
  let tile = flat_workgroup(group, groups);
  let item = tile / (across * down);
  let row = (tile / across % down * WY + local.y) * TM;
  let column = (tile % across * WX + local.x) * TN4 * 4;
  if (item >= params.batch || row >= m || column >= n) { return; }

  // Where the rows of op(a) and the columns of op(b) begin, and how far apart the inner dimension lies.
  let a_row = select(params.line, 1, TRANSPOSE_A == 1);
  let b_column = select(1, params.line, TRANSPOSE_B == 1);
  let a_step = select(1, m, TRANSPOSE_A == 1);
  let b_step = select(n, 1, TRANSPOSE_B == 1);
  var a_at = item_start(item, params.items, params.a_outer, params.a_item);
  var b_at = item_start(item, params.items, params.b_outer, params.b_item);
  let r0 = four(row, m) * a_row;
  let r1 = four(row + 4, m) * a_row;
  let r2 = four(row + 8, m) * a_row;
  let r3 = four(row + 12, m) * a_row;
  let c0 = four(column, n) * b_column;
  let c1 = four(column + 4, n) * b_column;
  let c2 = four(column + 8, n) * b_column;
  let c3 = four(column + 12, n) * b_column;

  var s00 = mat4x4<f32>(); var s01 = mat4x4<f32>(); var s02 = mat4x4<f32>(); var s03 = mat4x4<f32>();
  var s10 = mat4x4<f32>(); var s11 = mat4x4<f32>(); var s12 = mat4x4<f32>(); var s13 = mat4x4<f32>();
  var s20 = mat4x4<f32>(); var s21 = mat4x4<f32>(); var s22 = mat4x4<f32>(); var s23 = mat4x4<f32>();
  var s30 = mat4x4<f32>(); var s31 = mat4x4<f32>(); var s32 = mat4x4<f32>(); var s33 = mat4x4<f32>();

  for (var i = k / 4; i > 0; i--) {
    let b0 = block_b(b_at + c0, b_step);
    var b1: mat4x4<f32>; var b2: mat4x4<f32>; var b3: mat4x4<f32>;
    if (TN4 >= 2) { b1 = block_b(b_at + c1, b_step); }
    if (TN4 == 4) { b2 = block_b(b_at + c2, b_step); b3 = block_b(b_at + c3, b_step); }
    let a0 = block_a(a_at + r0, a_step);
    s00 += b0 * a0;
    if (TN4 >= 2) { s01 += b1 * a0; }
    if (TN4 == 4) { s02 += b2 * a0; s03 += b3 * a0; }
    if (TM >= 8) {
      let a1 = block_a(a_at + r1, a_step);
      s10 += b0 * a1;
      if (TN4 >= 2) { s11 += b1 * a1; }
      if (TN4 == 4) { s12 += b2 * a1; s13 += b3 * a1; }
    }
    if (TM == 16) {
      let a2 = block_a(a_at + r2, a_step);
      s20 += b0 * a2;
      if (TN4 >= 2) { s21 += b1 * a2; }
      if (TN4 == 4) { s22 += b2 * a2; s23 += b3 * a2; }
      let a3 = block_a(a_at + r3, a_step);
      s30 += b0 * a3;
      if (TN4 >= 2) { s31 += b1 * a3; }
      if (TN4 == 4) { s32 += b2 * a3; s33 += b3 * a3; }
    }
    a_at += 4 * a_step;
    b_at += 4 * b_step;
  }
  for (var i = k % 4; i > 0; i--) {
    let b0 = gather_b(b_at + c0);
    var b1: vec4<f32>; var b2: vec4<f32>; var b3: vec4<f32>;
    if (TN4 >= 2) { b1 = gather_b(b_at + c1); }
    if (TN4 == 4) { b2 = gather_b(b_at + c2); b3 = gather_b(b_at + c3); }
    let a0 = gather_a(a_at + r0);
    s00 += outer(a0, b0);
    if (TN4 >= 2) { s01 += outer(a0, b1); }
    if (TN4 == 4) { s02 += outer(a0, b2); s03 += outer(a0, b3); }
    if (TM >= 8) {
      let a1 = gather_a(a_at + r1);
      s10 += outer(a1, b0);
      if (TN4 >= 2) { s11 += outer(a1, b1); }
      if (TN4 == 4) { s12 += outer(a1, b2); s13 += outer(a1, b3); }
    }
    if (TM == 16) {
      let a2 = gather_a(a_at + r2);
      s20 += outer(a2, b0);
      if (TN4 >= 2) { s21 += outer(a2, b1); }
      if (TN4 == 4) { s22 += outer(a2, b2); s23 += outer(a2, b3); }
      let a3 = gather_a(a_at + r3);
      s30 += outer(a3, b0);
      if (TN4 >= 2) { s31 += outer(a3, b1); }
      if (TN4 == 4) { s32 += outer(a3, b2); s33 += outer(a3, b3); }
    }
    a_at += a_step;
    b_at += b_step;
  }

  // The sums move up to s00 block by block: an indexed array would go through memory, and one call a block would
  // compile the epilogue as often.
  let end = (item + 1) * m;
  var at = item * m + row;                    // numbered through the batch
  for (var i = 0u; i < TM / 4; i++) {
    for (var j = 0u; j < TN4; j++) {
      store_block(s00, at, end, column + 4 * j);
      s00 = s01; s01 = s02; s02 = s03;
    }
    s00 = s10; s01 = s11; s02 = s12; s03 = s13;
    s10 = s20; s11 = s21; s12 = s22; s13 = s23;
    s20 = s30; s21 = s31; s22 = s32; s23 = s33;
    at += 4;
  }
}
