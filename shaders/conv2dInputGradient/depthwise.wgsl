// conv2dInputGradient/depthwise: out[b, y, x, c] = Σ dy[b, (y + pad − ky·dilation) / stride, …, f] · weights[ky, kx, 0, f]
//   over the taps where that divides and the filters f of channel c.
//   dy: [batch, out_height, out_width, filters]   weights: [kernel_height, kernel_width, 1, filters]
//   out: [batch, height, width, channels]
// Grid: one invocation for four pixels of a line, a stride apart, by four channels; channels run fastest.
// As conv2d/depthwise, the other way round: pixels with the same remainder by the stride are under the same taps.
// Channels are a multiple of 4.
const SPREAD: u32 = 0;       // variant: 1 where a channel has several filters
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/depthwise.wgsl
//!include lib/taps.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32, filters: u32, tap_step_y: u32, tap_step_x: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> weights: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> params: Params;

// Four filters at column `column` of the line of dy that begins at `line`; 0 beside it.
fn load(line: u32, column: u32) -> vec4<f32> {
  let inside = column < params.out_width;
  return select(vec4<f32>(), dy[select(0, line + column * (params.filters / 4), inside)], inside);
}

// Adds up what four filters give their channels.
fn collect(filters: vec4<f32>, lanes: vec4<u32>) -> vec4<f32> {
  if (SPREAD == 0) { return filters; }
  return gather(filters, lanes);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vectors = params.channels / 4;
  let stride = params.stride_x;
  let runs = ((params.width - 1) / stride + 4) / 4;             // of a phase: pixels a stride apart
  let index = flat_workgroup(group, groups) * WG + local;
  let vector = index % vectors;
  let run = index / vectors;
  let phase = run / runs % stride;
  let line = run / runs / stride;                               // of the image, numbered through the batch
  if (line >= params.batch * params.height) { return; }
  let first = run % runs * 4 * stride + phase;
  if (first >= params.width) { return; }

  // Where dy lies under a tap that goes back by nothing; a tap reaches a window only from a distance that leaves this
  // rest by the stride. Coordinates before dy wrap to beyond it.
  let item = line / params.height;
  let bottom = line % params.height + params.pad_top;
  let right = (first + params.pad_left) / stride;
  let rest = vec2(first + params.pad_left, bottom) % vec2(stride, params.stride_y);
  let multiplier = loop_bound(params.filters / params.channels, groups);
  let filters = params.filters / 4;
  let kernel_height = loop_bound(params.kernel_height, groups);
  let kernel_width = loop_bound(params.kernel_width, groups);
  var s0 = vec4<f32>(); var s1 = vec4<f32>(); var s2 = vec4<f32>(); var s3 = vec4<f32>();
  let first_y = first_tap(rest.y, params.stride_y, params.dilation_y, kernel_height);
  let first_x = first_tap(rest.x, stride, params.dilation_x, kernel_width);
  for (var ky = first_y; ky < kernel_height; ky += params.tap_step_y) {
    // Exact but for the rest, which both leave.
    let oy = bottom / params.stride_y - ky * params.dilation_y / params.stride_y;
    if (oy >= params.out_height) { continue; }
    for (var kx = first_x; kx < kernel_width; kx += params.tap_step_x) {
      let column = right - kx * params.dilation_x / stride;
      for (var m = 0u; m < multiplier; m++) {
        let own = vector * multiplier + m;
        let lanes = lanes_of(own, multiplier);
        let start = (item * params.out_height + oy) * params.out_width * filters + own;
        let weight = weights[(ky * params.kernel_width + kx) * filters + own];
        s0 += collect(weight * load(start, column), lanes);
        s1 += collect(weight * load(start, column + 1), lanes);
        s2 += collect(weight * load(start, column + 2), lanes);
        s3 += collect(weight * load(start, column + 3), lanes);
      }
    }
  }

  let at = (line * params.width + first) * vectors + vector;
  out[at] = s0;
  if (first + stride < params.width) { out[at + stride * vectors] = s1; }
  if (first + 2 * stride < params.width) { out[at + 2 * stride * vectors] = s2; }
  if (first + 3 * stride < params.width) { out[at + 3 * stride * vectors] = s3; }
}
