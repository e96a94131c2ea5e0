// matmul/workgroup_vec4: c = op(a) · op(b).   a: [batch, m, k] (transposed: [batch, k, m])
//   b: [batch, k, n] (transposed: [batch, n, k])   c: [batch, m, n]   bias: [n]   operand: [batch, m, n]
//   Of `items` items each begins a_item and b_item elements after the one before, and every such run a_outer and b_outer
//   after the run before: 0 where an operand repeats. `line` is the length of a line stored along k.
// Grid: one workgroup a tile of WY·TM rows by WX·TN4·4 columns; column tiles run fastest, then row tiles, then batch.
// The tile's operands go through workgroup memory, TK of the inner dimension at a time; each invocation keeps
// TM × TN4·4 results in registers, and the vectors of the next tile that it fetched meanwhile. As matmul/workgroup, with
// every tensor read and written as whole vectors: n and k are multiples of 4, and m is too where a is stored transposed.
const TRANSPOSE_A: u32 = 0;  // variant: 1 where a is stored transposed
const TRANSPOSE_B: u32 = 0;  // variant: 1 where b is stored transposed
const TM: u32 = 8;           // variant: rows an invocation: 4 or 8
const TN4: u32 = 2;          // variant: vectors of four columns an invocation: 1 or 2
const TK: u32 = 8;           // variant: of the inner dimension at a time: a multiple of 4
const WX: u32 = 16;          // variant: invocations over the columns
const WY: u32 = 16;          // variant: invocations over the rows

const ROWS4: u32 = WY * TM / 4;
const COLUMNS4: u32 = WX * TN4;
const TK4: u32 = TK / 4;

// A tile is made of 4 × 4 blocks: block `across` of block row `inner` has its vector v at
// (inner·4 + v)·stride + across, so that neighbours read neighbouring vectors. The odd stride spreads the writes.
const STRIDE_A: u32 = ROWS4 | 1;
const STRIDE_B: u32 = COLUMNS4 | 1;

// An invocation fetches at most two vectors of each operand ahead.
const_assert TK * ROWS4 <= 2 * WX * WY && TK * COLUMNS4 <= 2 * WX * WY;

//!include lib/grid.wgsl
//!include lib/items.wgsl

struct Params {
  batch: u32, m: u32, n: u32, k: u32, line: u32,
  items: u32, a_item: u32, b_item: u32, a_outer: u32, b_outer: u32,
}

alias AVector = vec4<f32>;        // storage: f32 or f16
alias BVector = vec4<f32>;        // storage: f32 or f16
alias BiasVector = vec4<f32>;     // storage: f32 or f16
alias OperandVector = vec4<f32>;  // storage: f32 or f16
alias CVector = vec4<f32>;        // storage: f32 or f16

@group(0) @binding(0) var<storage, read> a: array<AVector>;
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

var<workgroup> tile_a: array<vec4<f32>, TK * STRIDE_A>;
var<workgroup> tile_b: array<vec4<f32>, TK * STRIDE_B>;

// Four numbers of a line of a as it is stored, 0 beyond its edges.
fn fetch_a(start: u32, line: u32, at: u32, lines: u32, length: u32, stride: u32) -> vec4<f32> {
  if (line >= lines || at >= length) { return vec4<f32>(); }
  return vec4<f32>(a[(start + line * stride + at) / 4]);
}

fn fetch_b(start: u32, line: u32, at: u32, lines: u32, length: u32, stride: u32) -> vec4<f32> {
  if (line >= lines || at >= length) { return vec4<f32>(); }
  return vec4<f32>(b[(start + line * stride + at) / 4]);
}

// Vector v of the next tile: a line that lies along the inner dimension, or one that lies across it.
fn next_a(start: u32, first: u32, inner: u32, v: u32) -> vec4<f32> {
  if (v >= TK * ROWS4) { return vec4<f32>(); }
  if (TRANSPOSE_A == 1) {
    return fetch_a(start, inner + v / ROWS4, first + v % ROWS4 * 4, params.k, params.m, params.m);
  }
  return fetch_a(start, first + v / TK4, inner + v % TK4 * 4, params.m, params.k, params.line);
}

fn next_b(start: u32, first: u32, inner: u32, v: u32) -> vec4<f32> {
  if (v >= TK * COLUMNS4) { return vec4<f32>(); }
  if (TRANSPOSE_B == 1) {
    return fetch_b(start, first + v / TK4, inner + v % TK4 * 4, params.n, params.k, params.line);
  }
  return fetch_b(start, inner + v / COLUMNS4, first + v % COLUMNS4 * 4, params.k, params.n, params.n);
}

fn keep_a(v: u32, value: vec4<f32>) {
  if (v >= TK * ROWS4) { return; }
  let line = v / TK4;
  if (TRANSPOSE_A == 1) { tile_a[v / ROWS4 * STRIDE_A + v % ROWS4] = value; }
  else { tile_a[(v % TK4 * 4 + line % 4) * STRIDE_A + line / 4] = value; }
}

fn keep_b(v: u32, value: vec4<f32>) {
  if (v >= TK * COLUMNS4) { return; }
  let line = v / TK4;
  if (TRANSPOSE_B == 1) { tile_b[(v % TK4 * 4 + line % 4) * STRIDE_B + line / 4] = value; }
  else { tile_b[v / COLUMNS4 * STRIDE_B + v % COLUMNS4] = value; }
}

// Four rows of op(a) over four of the inner dimension: one row a matrix column.
fn block_a(inner: u32, quad: u32) -> mat4x4<f32> {
  let at = (inner * 4 + vec4(0, 1, 2, 3)) * STRIDE_A + quad;
  let lines = mat4x4(tile_a[at.x], tile_a[at.y], tile_a[at.z], tile_a[at.w]);
  if (TRANSPOSE_A == 1) { return transpose(lines); }
  return lines;
}

// Four of the inner dimension of op(b) over four columns.
fn block_b(inner: u32, quad: u32) -> mat4x4<f32> {
  let at = (inner * 4 + vec4(0, 1, 2, 3)) * STRIDE_B + quad;
  let lines = mat4x4(tile_b[at.x], tile_b[at.y], tile_b[at.z], tile_b[at.w]);
  if (TRANSPOSE_B == 1) { return transpose(lines); }
  return lines;
}

fn store(sum: vec4<f32>, row: u32, end: u32, column: u32) {
  let width = params.n / 4;
  if (row >= end || column / 4 >= width) { return; }
  c[row * width + column / 4] = CVector(epilogue(sum, row, column));
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
        @builtin(local_invocation_id) local: vec3<u32>, @builtin(local_invocation_index) index: u32) {
  let m = params.m;
  let n = params.n;
  let k = loop_bound(params.k, groups);
  let across = (n - 1) / (COLUMNS4 * 4) + 1;
  let down = (m - 1) / (ROWS4 * 4) + 1;
  let tile = flat_workgroup(group, groups);
  let item = tile / (across * down);
  if (item >= params.batch) { return; }
  let row = tile / across % down * ROWS4 * 4;
  let column = tile % across * COLUMNS4 * 4;

  var s00 = mat4x4<f32>(); var s01 = mat4x4<f32>();
  var s10 = mat4x4<f32>(); var s11 = mat4x4<f32>();
  let a_start = item_start(item, params.items, params.a_outer, params.a_item);
  let b_start = item_start(item, params.items, params.b_outer, params.b_item);
  let far = index + WX * WY;
  var a0 = next_a(a_start, row, 0, index);
  var b0 = next_b(b_start, column, 0, index);
  var a1: vec4<f32>; var b1: vec4<f32>;
  if (TK * ROWS4 > WX * WY) { a1 = next_a(a_start, row, 0, far); }
  if (TK * COLUMNS4 > WX * WY) { b1 = next_b(b_start, column, 0, far); }
  for (var inner = 0u; inner < k; inner += TK) {
    workgroupBarrier();
    keep_a(index, a0);
    keep_b(index, b0);
    if (TK * ROWS4 > WX * WY) { keep_a(far, a1); }
    if (TK * COLUMNS4 > WX * WY) { keep_b(far, b1); }
    workgroupBarrier();
    // The next tile is under way while this one is multiplied; beyond the end nothing is read.
    a0 = next_a(a_start, row, inner + TK, index);
    b0 = next_b(b_start, column, inner + TK, index);
    if (TK * ROWS4 > WX * WY) { a1 = next_a(a_start, row, inner + TK, far); }
    if (TK * COLUMNS4 > WX * WY) { b1 = next_b(b_start, column, inner + TK, far); }
    for (var i = 0u; i < TK4; i++) {
      let rows0 = block_a(i, local.y);
      var rows1: mat4x4<f32>;
      if (TM == 8) { rows1 = block_a(i, local.y + WY); }
      let columns0 = block_b(i, local.x);
      s00 = s00 + columns0 * rows0;
      if (TM == 8) { s10 = s10 + columns0 * rows1; }
      if (TN4 == 2) {
        let columns1 = block_b(i, local.x + WX);
        s01 = s01 + columns1 * rows0;
        if (TM == 8) { s11 = s11 + columns1 * rows1; }
      }
    }
  }

  // The sums move up to s00 block by block: an indexed array would go through memory, and one call a block would
  // compile the epilogue as often.
  let end = (item + 1) * m;
  var at = item * m + row + local.y * 4;      // numbered through the batch
  for (var i = 0u; i < TM / 4; i++) {
    for (var j = 0u; j < TN4; j++) {
      store_block(s00, at, end, column + (local.x + j * WX) * 4);
      s00 = s01;
    }
    s00 = s10; s01 = s11;
    at += WY * 4;
  }
}
