// conv2d/direct: out[b, oy, ox, f] = Σ x[b, oy·stride + ky·dilation − pad, …, c] · weights[ky, kx, c, f].
//   x: [batch, height, width, channels]   weights: [kernel_height, kernel_width, group_channels, filters]
//   out, operand: [batch, out_height, out_width, filters]   bias: [filters]
// Grid: one invocation for four consecutive filters of a pixel. The plainest form: it accepts everything.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32, group_channels: u32, group_filters: u32,
}

alias XElement = f32;        // storage: f32 or f16
alias WeightsElement = f32;  // storage: f32 or f16
alias BiasElement = f32;     // storage: f32 or f16
alias OperandElement = f32;  // storage: f32 or f16
alias OutElement = f32;      // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read> weights: array<WeightsElement>;
//!optional
@group(0) @binding(2) var<storage, read> bias: array<BiasElement>;
//!optional
@group(0) @binding(3) var<storage, read> operand: array<OperandElement>;
@group(0) @binding(4) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(5) var<uniform> params: Params;

// The four filters from `first` on, those past the end held at the last one.
fn four_filters(first: u32) -> vec4<u32> {
  return min(vec4(first) + vec4(0, 1, 2, 3), vec4(params.filters - 1));
}

fn load_bias(row: u32, column: u32) -> vec4<f32> {
  let at = four_filters(column);
  return vec4<f32>(vec4(bias[at.x], bias[at.y], bias[at.z], bias[at.w]));
}

fn load_operand(row: u32, column: u32) -> vec4<f32> {
  let at = four_filters(column) + row * params.filters;
  return vec4<f32>(vec4(operand[at.x], operand[at.y], operand[at.z], operand[at.w]));
}

// `row` is the pixel, numbered through the batch; `column` the first filter.
//!replace
fn epilogue(value: vec4<f32>, row: u32, column: u32) -> vec4<f32> {
  return value;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let filters = params.filters;
  let quads = (params.group_filters - 1) / 4 + 1;                             // of a group
  let quads_of_pixel = quads * (filters / params.group_filters);
  let index = flat_workgroup(group, groups) * WG + local;
  let pixel = index / quads_of_pixel;
  let own = index % quads_of_pixel / quads;                                   // the group
  let end = (own + 1) * params.group_filters;
  let first = own * params.group_filters + index % quads * 4;
  if (pixel >= params.batch * params.out_height * params.out_width) { return; }

  let line = pixel / params.out_width;
  let item = line / params.out_height;
  let left = pixel % params.out_width * params.stride_x - params.pad_left;    // wraps below 0: beyond every width
  let top = line % params.out_height * params.stride_y - params.pad_top;
  let taps_y = loop_bound(params.kernel_height, groups);
  let taps_x = loop_bound(params.kernel_width, groups);
  let channels = loop_bound(params.group_channels, groups);
  var sum = vec4<f32>();
  for (var ky = 0u; ky < taps_y; ky++) {
    let y = top + ky * params.dilation_y;
    if (y >= params.height) { continue; }
    for (var kx = 0u; kx < taps_x; kx++) {
      let column = left + kx * params.dilation_x;
      if (column >= params.width) { continue; }
      let x_at = ((item * params.height + y) * params.width + column) * params.channels + own * channels;
      var w_at = four_filters(first) + (ky * params.kernel_width + kx) * channels * filters;
      for (var c = 0u; c < channels; c++) {
        sum += f32(x[x_at + c]) * vec4<f32>(vec4(weights[w_at.x], weights[w_at.y], weights[w_at.z], weights[w_at.w]));
        w_at += vec4(filters);
      }
    }
  }

  let value = epilogue(sum, pixel, first);
  let valid = min(end - first, 4);
  for (var j = 0u; j < valid; j++) {
    out[pixel * filters + first + j] = OutElement(value[j]);
  }
}
