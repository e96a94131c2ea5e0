// matmul/naive: c = op(a) · op(b).   a: [batch, m, k] (transposed: [batch, k, m])
//   b: [batch, k, n] (transposed: [batch, n, k])   c: [batch, m, n]   bias: [n]   operand: [batch, m, n]
//   Of `items` items each begins a_item and b_item elements after the one before, and every such run a_outer and b_outer
//   after the run before: 0 where an operand repeats. `line` is the length of a line stored along k.
// Grid: one invocation for four consecutive columns of a row. The plainest form: it accepts everything.
const TRANSPOSE_A: u32 = 0;  // variant: 1 where a is stored transposed
const TRANSPOSE_B: u32 = 0;  // variant: 1 where b is stored transposed
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/items.wgsl

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

// The four columns from `column` on, those past the edge held at the last one.
fn four_columns(column: u32) -> vec4<u32> {
  return min(vec4(column) + vec4(0, 1, 2, 3), vec4(params.n - 1));
}

fn load_bias(row: u32, column: u32) -> vec4<f32> {
  let at = four_columns(column);
  return vec4<f32>(vec4(bias[at.x], bias[at.y], bias[at.z], bias[at.w]));
}

fn load_operand(row: u32, column: u32) -> vec4<f32> {
  let at = four_columns(column) + row * params.n;
  return vec4<f32>(vec4(operand[at.x], operand[at.y], operand[at.z], operand[at.w]));
}

//!replace
fn epilogue(value: vec4<f32>, row: u32, column: u32) -> vec4<f32> {
  return value;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let m = params.m;
  let n = params.n;
  let k = loop_bound(params.k, groups);
  let quads = (n + 3) / 4;
  let index = flat_workgroup(group, groups) * WG + local;
  let row = index / quads;                    // numbered through the batch
  let column = index % quads * 4;
  if (row >= params.batch * m) { return; }

  let item = row / m;
  let a_step = select(1, m, TRANSPOSE_A == 1);
  let b_step = select(n, 1, TRANSPOSE_B == 1);
  var a_at = item_start(item, params.items, params.a_outer, params.a_item) + row % m * select(params.line, 1, TRANSPOSE_A == 1);
  var b_at = item_start(item, params.items, params.b_outer, params.b_item) + four_columns(column) * select(1, params.line, TRANSPOSE_B == 1);
  var sum = vec4<f32>();
  for (var i = 0u; i < k; i++) {
    sum += f32(a[a_at]) * vec4<f32>(vec4(b[b_at.x], b[b_at.y], b[b_at.z], b[b_at.w]));
    a_at += a_step;
    b_at += vec4(b_step);
  }

  let value = epilogue(sum, row, column);
  let valid = min(n - column, 4);
  for (var j = 0u; j < valid; j++) {
    c[row * n + column + j] = CElement(value[j]);
  }
}
