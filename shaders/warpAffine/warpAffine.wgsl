// warpAffine/warpAffine: out[b, i, j, k] = image b at M[b] · (i − (H − 1) / 2, j − (W − 1) / 2, 1) + ((h − 1) / 2, (w − 1) / 2),
//   blended of the four pixels around it or the nearest one.   x: [batch, h, w, channels]   matrices: [batch, 2, 3]
//   out: [batch, H, W, channels], count elements
// Grid: one invocation four neighbouring elements of the output.
const NEAREST: u32 = 0;      // variant: 1 takes the nearest pixel
const BORDER: u32 = 0;       // variant: 1 repeats the image's border, 0 has zeros around it
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/blocks.wgsl

struct Params { count: u32, height: u32, width: u32, channels: u32, out_height: u32, out_width: u32 }

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> matrices: array<f32>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> params: Params;

// A pixel times its weight; what has no weight has no say.
fn tap(image: u32, place: vec2<i32>, channel: u32, weight: f32) -> f32 {
  let last = vec2(i32(params.height), i32(params.width)) - 1;
  let held = clamp(place, vec2<i32>(), last);
  let missing = BORDER == 0 && any(held != place);
  if (weight == 0 || missing) { return 0; }
  let row = image * params.height + u32(held.x);
  return weight * x[(row * params.width + u32(held.y)) * params.channels + channel];
}

fn element(index: u32) -> f32 {
  let channel = index % params.channels;
  let pixel = index / params.channels;
  let column = pixel % params.out_width;
  let line = pixel / params.out_width;
  let row = line % params.out_height;
  let image = line / params.out_height;
  let size = vec2(f32(params.height), f32(params.width));
  let out_size = vec2(f32(params.out_height), f32(params.out_width));
  let at = vec2(f32(row), f32(column)) - (out_size - 1) / 2;
  let m = image * 6;
  let moved = vec2(
    matrices[m] * at.x + matrices[m + 1] * at.y + matrices[m + 2],
    matrices[m + 3] * at.x + matrices[m + 4] * at.y + matrices[m + 5],
  );
  // A pixel beyond either end is as far as any place need be.
  let source = clamp(moved + (size - 1) / 2, vec2<f32>(-1), size);
  if (NEAREST == 1) { return tap(image, vec2<i32>(floor(source + 0.5)), channel, 1); }
  let low = floor(source);
  let share = source - low;
  let first = vec2<i32>(low);
  return tap(image, first, channel, (1 - share.x) * (1 - share.y))
    + tap(image, first + vec2(0, 1), channel, (1 - share.x) * share.y)
    + tap(image, first + vec2(1, 0), channel, share.x * (1 - share.y))
    + tap(image, first + vec2(1, 1), channel, share.x * share.y);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vector = flat_workgroup(group, groups) * WG + local;
  if (vector * 4 >= params.count) { return; }
  // Past the end the last element repeats into the padding.
  let at = four(vector * 4, params.count);
  out[vector] = vec4(element(at.x), element(at.y), element(at.z), element(at.w));
}
