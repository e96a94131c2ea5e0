// col2im/col2im_vec4: the adjoint of im2col: out[b, y, x, c] = Σ columns[pixel, (ky, kx, c)] over the windows on (y, x).
//   columns: [batch·out_height·out_width, kernel_height·kernel_width·channels]   out: [batch, height, width, channels]
// Grid: one invocation for RUN vectors of four channels of a pixel, so that finding the windows is done once a run.
// Channels are a multiple of 4. It gathers in a fixed order, so no atomics.
const RUN: u32 = 4;          // variant: vectors of four channels an invocation: 1, 2 or 4
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params {
  batch: u32, height: u32, width: u32, channels: u32,
  out_height: u32, out_width: u32, kernel_height: u32, kernel_width: u32,
  stride_y: u32, stride_x: u32, pad_top: u32, pad_left: u32,
  dilation_y: u32, dilation_x: u32,
}

@group(0) @binding(0) var<storage, read> columns: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> params: Params;

// The first window that reaches `at`, a place in the padded image: the one before it ends too early.
fn first_window(at: u32, kernel: u32, stride: u32, dilation: u32) -> u32 {
  let reach = (kernel - 1) * dilation;
  return select(0, (at - reach - 1) / stride + 1, at > reach);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels / 4;
  let index = flat_workgroup(group, groups) * WG + local;
  let runs = (channels - 1) / RUN + 1;
  let place = index / runs;
  let first = index % runs * RUN;
  if (place >= params.batch * params.height * params.width) { return; }

  let line = place / params.width;
  let item = line / params.height;
  let x = place % params.width + params.pad_left;
  let y = line % params.height + params.pad_top;
  let first_x = first_window(x, params.kernel_width, params.stride_x, params.dilation_x);
  let first_y = first_window(y, params.kernel_height, params.stride_y, params.dilation_y);
  let end_x = min(x / params.stride_x + 1, params.out_width);
  let end_y = min(y / params.stride_y + 1, params.out_height);

  let last = channels - 1;
  let second = min(first + 1, last);
  let third = min(first + 2, last);
  let fourth = min(first + 3, last);
  var sum0 = vec4<f32>(); var sum1 = vec4<f32>(); var sum2 = vec4<f32>(); var sum3 = vec4<f32>();
  for (var oy = first_y; oy < end_y; oy++) {
    let from_y = y - oy * params.stride_y;
    let ky = from_y / params.dilation_y;
    if (ky * params.dilation_y != from_y) { continue; }
    for (var ox = first_x; ox < end_x; ox++) {
      let from_x = x - ox * params.stride_x;
      let kx = from_x / params.dilation_x;
      if (kx * params.dilation_x != from_x) { continue; }
      let row = (item * params.out_height + oy) * params.out_width + ox;
      let at = ((row * params.kernel_height + ky) * params.kernel_width + kx) * channels;
      sum0 += columns[at + first];
      if (RUN >= 2) { sum1 += columns[at + second]; }
      if (RUN == 4) {
        sum2 += columns[at + third];
        sum3 += columns[at + fourth];
      }
    }
  }
  let at = place * channels + first;
  out[at] = sum0;
  if (RUN >= 2 && first + 1 <= last) { out[at + 1] = sum1; }
  if (RUN == 4 && first + 2 <= last) { out[at + 2] = sum2; }
  if (RUN == 4 && first + 3 <= last) { out[at + 3] = sum3; }
}
