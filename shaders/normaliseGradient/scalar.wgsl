// normaliseGradient/scalar: out = inverse · (scale · dy − plain' − (x − mean) · inverse · weighted'), where ' is a factor:
// 1 / N, or scale / N where a group is a channel (GROUPED = 0).   dy, x, out: [batch, space, channels]
//   mean: [batch, 2, channels], an origin and the distance from it   inverse, plain, weighted: [batch, 1, channels]
//   scale: [channels]
// Grid: one invocation an element.
const WG: u32 = 64;          // variant: invocations a workgroup
const GROUPED: u32 = 0;      // variant: 1 where the sums of a group hold the scale already

//!include lib/grid.wgsl

struct Params { count: u32, channels: u32, item: u32, share: f32 }

alias DyElement = f32;     // storage: f32 or f16
alias XElement = f32;      // storage: f32 or f16
alias ScaleElement = f32;  // storage: f32 or f16
alias OutElement = f32;    // storage: f32 or f16

@group(0) @binding(0) var<storage, read> dy: array<DyElement>;
@group(0) @binding(1) var<storage, read> x: array<XElement>;
@group(0) @binding(2) var<storage, read> mean: array<f32>;
@group(0) @binding(3) var<storage, read> inverse: array<f32>;
@group(0) @binding(4) var<storage, read> plain: array<f32>;
@group(0) @binding(5) var<storage, read> weighted: array<f32>;
@group(0) @binding(6) var<storage, read> scale: array<ScaleElement>;
@group(0) @binding(7) var<storage, read_write> out: array<OutElement>;
@group(0) @binding(8) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let at = flat_workgroup(group, groups) * WG + local;
  if (at >= params.count) { return; }
  let channels = params.channels;
  let column = at % channels;
  let item = at / params.item;
  let place = item * channels + column;
  let centred = (f32(x[at]) - mean[2 * item * channels + column]) - mean[(2 * item + 1) * channels + column];
  let gain = f32(scale[column]);
  let share = select(gain, 1, GROUPED == 1) * params.share;
  let slope = share * weighted[place] * inverse[place];
  out[at] = OutElement(inverse[place] * ((gain * f32(dy[at]) - share * plain[place]) - centred * slope));
}
