// momentParts/vec4: out[p, 0, c] = x₀, out[p, 1, c] = mean(x − x₀), out[p, 2, c] = Σ (x − mean)², of each part's rows.
//   x: [parts · length, channels], x₀ its part's first row   out: [parts, 3, channels], channels a multiple of 4
// Grid: one invocation for four channels of a part, its rows in order in blocks of four.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/moments.wgsl

struct Params { parts: u32, length: u32, channels: u32 }

alias XVector = vec4<f32>;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XVector>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> params: Params;

fn load_x(at: u32) -> vec4<f32> { return vec4<f32>(x[at]); }

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let vectors = params.channels / 4;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.parts * vectors) { return; }
  let part = index / vectors;
  var at = part * params.length * vectors + index % vectors;
  let first = load_x(at);
  var found = Moments();
  for (var i = loop_bound(params.length / 4, groups); i > 0; i--) {
    found = with_four(found, load_x(at) - first, load_x(at + vectors) - first, load_x(at + 2 * vectors) - first,
                      load_x(at + 3 * vectors) - first);
    at += 4 * vectors;
  }
  for (var i = loop_bound(params.length % 4, groups); i > 0; i--) {
    found = with_block(found, 1, load_x(at) - first, vec4<f32>());
    at += vectors;
  }
  let place = part * 3 * vectors + index % vectors;
  out[place] = first;
  out[place + vectors] = found.mean;
  out[place + 2 * vectors] = found.squares;
}
