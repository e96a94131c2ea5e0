// normalise/scalar: out[b, s, c] = epilogue((x[b, s, c] − mean[b, c]) · inverse[b, c] · scale[c] + bias[c]).
//   x, out, operand: [batch, space, channels]   mean: [batch, 2, channels], an origin
// and the distance from it   inverse: [batch, 1, channels]   scale, bias: [channels]
// Grid: one invocation for four neighbouring elements.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { count: u32, channels: u32, item: u32 }

alias XVector = vec4<f32>;        // storage: f32 or f16
alias ScaleElement = f32;         // storage: f32 or f16
alias BiasElement = f32;          // storage: f32 or f16
alias OperandVector = vec4<f32>;  // storage: f32 or f16
alias OutVector = vec4<f32>;      // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XVector>;
@group(0) @binding(1) var<storage, read> mean: array<f32>;
@group(0) @binding(2) var<storage, read> inverse: array<f32>;
@group(0) @binding(3) var<storage, read> scale: array<ScaleElement>;
@group(0) @binding(4) var<storage, read> bias: array<BiasElement>;
//!optional
@group(0) @binding(5) var<storage, read> operand: array<OperandVector>;
@group(0) @binding(6) var<storage, read_write> out: array<OutVector>;
@group(0) @binding(7) var<uniform> params: Params;

fn load_operand(index: u32) -> vec4<f32> { return vec4<f32>(operand[index]); }

//!replace
fn epilogue(value: vec4<f32>, index: u32) -> vec4<f32> {
  return value;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index * 4 >= params.count) { return; }
  // Past the end the last element repeats; what comes of it lies in the padding.
  let element = min(index * 4 + vec4<u32>(0, 1, 2, 3), vec4(params.count - 1));
  let c = element % params.channels;
  let item = element / params.item;
  let a = 2 * item * params.channels + c;
  let b = a + params.channels;
  let d = item * params.channels + c;
  let origin = vec4(mean[a.x], mean[a.y], mean[a.z], mean[a.w]);
  let distance = vec4(mean[b.x], mean[b.y], mean[b.z], mean[b.w]);
  let factor = vec4(inverse[d.x], inverse[d.y], inverse[d.z], inverse[d.w]);
  let gain = vec4<f32>(vec4(scale[c.x], scale[c.y], scale[c.z], scale[c.w]));
  let shift = vec4<f32>(vec4(bias[c.x], bias[c.y], bias[c.z], bias[c.w]));
  out[index] = OutVector(epilogue(((vec4<f32>(x[index]) - origin) - distance) * factor * gain + shift, index));
}
