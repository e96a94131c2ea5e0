// matmul/subgroup: c = op(a) · b.   a: [batch, m, k] (transposed: [batch, k, m])   b: [batch, k, n]   c: [batch, m, n]
//   bias: [n]   operand: [batch, m, n]
//   Of `items` items each begins a_item and b_item elements after the one before, and every such run a_outer and b_outer
//   after the run before: 0 where an operand repeats. `line` is the length of a line stored along k.
// Grid: one workgroup a tile of TM rows by WG·TN4·4 columns; column tiles run fastest, then row tiles, then batch.
// Feature: subgroups. All invocations of a workgroup have the same rows, so each of a subgroup loads those rows of a for
// one step of the inner dimension, and hands them to the others: no workgroup memory, no barrier. Right for every
// subgroup size and every way to deal invocations out to subgroups; where lanes of a subgroup are missing, each loads all
// for itself. n is a multiple of 4, and b is not stored transposed.
enable subgroups;
// Which lanes are missing is known to a whole subgroup alike, but not to the compiler.
diagnostic(off, subgroup_uniformity);
const TRANSPOSE_A: u32 = 0;  // variant: 1 where a is stored transposed
const TM: u32 = 16;          // variant: rows: 8 or 16
const TN4: u32 = 1;          // variant: vectors of four columns an invocation: 1 or 2
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/items.wgsl
//!include lib/blocks.wgsl

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

// Where four rows of op(a) begin, those past the edge held at the last one.
fn rows_from(row: u32) -> vec4<u32> {
  let held = four(row, params.m);
  return held * select(params.line, 1, TRANSPOSE_A == 1);
}

fn four_of_a(at: vec4<u32>) -> vec4<f32> {
  return vec4<f32>(vec4(a[at.x], a[at.y], a[at.z], a[at.w]));
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

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32, @builtin(subgroup_size) size: u32,
        @builtin(subgroup_invocation_id) lane: u32) {
  let m = params.m;
  let n = params.n;
  let k = loop_bound(params.k, groups);
  let across = (n - 1) / (WG * TN4 * 4) + 1;
  let down = (m - 1) / TM + 1;
  let tile = flat_workgroup(group, groups);
  let item = tile / (across * down);
  if (item >= params.batch) { return; }
  let row = tile / across % down * TM;
  // Neighbours have neighbouring vectors. Those past the edge are held at the last one, since others need their lane.
  let column = (tile % across * WG * TN4 + local) * 4;
  let far = column + WG * 4;
  let quad = min(column, n - 4) / 4;
  let far_quad = min(far, n - 4) / 4;

  let full = subgroupAdd(1u) == size;
  let width = select(1, size, full);                // steps of the inner dimension that the lanes hold together
  let mine = select(0, lane, full);
  let a_step = select(1, m, TRANSPOSE_A == 1);
  let a_start = item_start(item, params.items, params.a_outer, params.a_item);
  let r0 = rows_from(row) + a_start;
  let r1 = rows_from(row + 4) + a_start;
  let r2 = rows_from(row + 8) + a_start;
  let r3 = rows_from(row + 12) + a_start;
  var b_at = item_start(item, params.items, params.b_outer, params.b_item) / 4;

  var s00 = mat4x4<f32>(); var s01 = mat4x4<f32>();
  var s10 = mat4x4<f32>(); var s11 = mat4x4<f32>();
  var s20 = mat4x4<f32>(); var s21 = mat4x4<f32>();
  var s30 = mat4x4<f32>(); var s31 = mat4x4<f32>();
  for (var inner = 0u; inner < k; inner += width) {
    let at = min(inner + mine, k - 1) * a_step;
    let v0 = four_of_a(r0 + at);
    let v1 = four_of_a(r1 + at);
    var v2: vec4<f32>; var v3: vec4<f32>;
    if (TM == 16) { v2 = four_of_a(r2 + at); v3 = four_of_a(r3 + at); }
    let steps = min(width, k - inner);
    for (var i = 0u; i < steps; i++) {
      let holder = select(lane, i, full);
      let b0 = vec4<f32>(b[b_at + quad]);
      var b1: vec4<f32>;
      if (TN4 == 2) { b1 = vec4<f32>(b[b_at + far_quad]); }
      let a0 = subgroupShuffle(v0, holder);
      let a1 = subgroupShuffle(v1, holder);
      s00 += outer(a0, b0);
      s10 += outer(a1, b0);
      if (TN4 == 2) { s01 += outer(a0, b1); s11 += outer(a1, b1); }
      if (TM == 16) {
        let a2 = subgroupShuffle(v2, holder);
        let a3 = subgroupShuffle(v3, holder);
        s20 += outer(a2, b0);
        s30 += outer(a3, b0);
        if (TN4 == 2) { s21 += outer(a2, b1); s31 += outer(a3, b1); }
      }
      b_at += n / 4;
    }
  }

  // The sums move up to s00 block by block: one call a block would compile the epilogue as often.
  let end = (item + 1) * m;
  var at = item * m + row;                          // numbered through the batch
  for (var i = 0u; i < TM / 4; i++) {
    for (var j = 0u; j < TN4; j++) {
      store_block(s00, at, end, select(column, far, j == 1));
      s00 = s01;
    }
    s00 = s10; s01 = s11;
    s10 = s20; s11 = s21;
    s20 = s30; s21 = s31;
    at += 4;
  }
}
