// momentParts/scalar: out[p, 0, c] = x₀, out[p, 1, c] = mean(x − x₀), out[p, 2, c] = Σ (x − mean)², of each part's rows.
//   x: [parts · length, channels], x₀ its part's first row   out: [parts, 3, channels]
// Grid: one invocation for a channel of a part, its rows in order in blocks of four.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/moments.wgsl

struct Params { parts: u32, length: u32, channels: u32 }

alias XElement = f32;  // storage: f32 or f16

@group(0) @binding(0) var<storage, read> x: array<XElement>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

fn load_x(at: u32) -> f32 { return f32(x[at]); }

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let channels = params.channels;
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.parts * channels) { return; }
  let part = index / channels;
  var at = part * params.length * channels + index % channels;
  let first = load_x(at);
  var found = Moments();
  for (var i = loop_bound(params.length / 4, groups); i > 0; i--) {
    found = with_four(found, vec4(load_x(at) - first), vec4(load_x(at + channels) - first),
                      vec4(load_x(at + 2 * channels) - first), vec4(load_x(at + 3 * channels) - first));
    at += 4 * channels;
  }
  for (var i = loop_bound(params.length % 4, groups); i > 0; i--) {
    found = with_block(found, 1, vec4(load_x(at) - first), vec4<f32>());
    at += channels;
  }
  let place = part * 3 * channels + index % channels;
  out[place] = first;
  out[place + channels] = found.mean.x;
  out[place + 2 * channels] = found.squares.x;
}
