// im2col/im2col_vec4: out[pixel, (ky, kx, c)] = x[b, oy·stride + ky·dilation − pad, …, c], 0 outside the image.
//   x: [batch, height, width, channels]   out: [batch·out_height·out_width, kernel_height·kernel_width·channels]
// Grid: one invocation for RUN consecutive vectors of a row, so that the divisions are done once a run.
// Channels are a multiple of 4 and move as whole vectors.
const RUN: u32 = 4;          // variant: vectors an invocation
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels / 4;
  let width = params.kernel_width * channels;       // of a row's part with one ky
  let length = params.kernel_height * width;        // of a row
  let runs = (length - 1) / RUN + 1;
  let index = flat_workgroup(group, groups) * WG + local;
  let pixel = index / runs;
  let first = index % runs * RUN;
  if (pixel >= params.batch * params.out_height * params.out_width) { return; }

  var channel = first % channels;
  var kx = first / channels % params.kernel_width;
  let line = pixel / params.out_width;
  let left = pixel % params.out_width * params.stride_x - params.pad_left;    // wraps below 0: beyond every width
  let item = line / params.out_height;
  var y = line % params.out_height * params.stride_y - params.pad_top + first / width * params.dilation_y;
  let end = min(first + RUN, length);
  for (var at = first; at < end; at++) {
    let column = left + kx * params.dilation_x;
    var value = vec4<f32>();
    if (y < params.height && column < params.width) {
      value = x[((item * params.height + y) * params.width + column) * channels + channel];
    }
    out[pixel * length + at] = value;
    channel++;
    if (channel == channels) {
      channel = 0;
      kx++;
      if (kx == params.kernel_width) {
        kx = 0;
        y += params.dilation_y;
      }
    }
  }
}
