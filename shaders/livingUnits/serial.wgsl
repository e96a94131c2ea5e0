// livingUnits/serial: which units of up to five tensors were not zero, once or more since units was cleared, and how many
//   elements lie at the ends of a bounded range. A unit is an element of the last axis.
//   x0 … x4: [rows, units]   table: [pieces, 8]: the tensor's number, rows' first element, step between rows, rows; the
//   first unit in units, lanes (1 or 4 units), bits of the ends that elements of a bounded tensor lie outside of
//   units: all tensors' units, 1 where alive   parts: [pieces, 2]: elements at an end, elements
// Grid: one invocation a piece, some rows of one unit or of four. Where those are known to live, it reads no rows.
const WG: u32 = 8;           // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { pieces: u32 }

@group(0) @binding(0) var<storage, read> x0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> x1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> x2: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> x3: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> x4: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read> table: array<vec4<u32>>;
@group(0) @binding(6) var<storage, read_write> units: array<atomic<u32>>;
@group(0) @binding(7) var<storage, read_write> parts: array<vec2<f32>>;
@group(0) @binding(8) var<uniform> params: Params;

fn load_vector(number: u32, index: u32) -> vec4<f32> {
  switch number {
    case 0u: { return x0[index]; }
    case 1u: { return x1[index]; }
    case 2u: { return x2[index]; }
    case 3u: { return x3[index]; }
    default: { return x4[index]; }
  }
}

// Every bit that an element of four neighbouring units has, in vectors from first to end.
fn bits_of(number: u32, first: u32, end: u32, stride: u32) -> vec4<u32> {
  var seen: vec4<u32>;
  switch number {
    case 0u: { for (var at = first; at < end; at += stride) { seen |= bitcast<vec4<u32>>(x0[at]); } }
    case 1u: { for (var at = first; at < end; at += stride) { seen |= bitcast<vec4<u32>>(x1[at]); } }
    case 2u: { for (var at = first; at < end; at += stride) { seen |= bitcast<vec4<u32>>(x2[at]); } }
    case 3u: { for (var at = first; at < end; at += stride) { seen |= bitcast<vec4<u32>>(x3[at]); } }
    default: { for (var at = first; at < end; at += stride) { seen |= bitcast<vec4<u32>>(x4[at]); } }
  }
  return seen;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.pieces) { return; }
  let rows = table[2 * index];
  let about = table[2 * index + 1];
  let unit = about.x;
  let lanes = about.y;
  let low = bitcast<f32>(about.z);
  let high = bitcast<f32>(about.w);
  let bounded = low < high;
  var known = true;
  for (var lane = 0u; lane < lanes; lane++) { known = known && atomicLoad(&units[unit + lane]) != 0; }
  parts[index] = vec2(0, f32(rows.w * lanes));
  if (known && !bounded) { return; }

  var seen: vec4<u32>;
  var ends = 0u;
  if (lanes == 4 && !bounded) {
    let first = rows.y / 4;
    let stride = rows.z / 4;
    seen = bits_of(rows.x, first, first + stride * rows.w, stride);
  } else {
    for (var row = 0u; row < rows.w; row++) {
      let at = rows.y + row * rows.z;
      var x = load_vector(rows.x, at / 4);
      if (lanes == 1) { x = vec4(x[at % 4], vec3<f32>()); }
      seen |= bitcast<vec4<u32>>(x);
      let outside = (x <= vec4(low)) | (x >= vec4(high));
      ends += dot(select(vec4(0u), vec4(1u), outside & (vec4(0u, 1u, 2u, 3u) < vec4(lanes))), vec4(1u));
    }
  }
  for (var lane = 0u; lane < lanes; lane++) {
    if ((seen[lane] & 0x7fffffffu) != 0) { atomicStore(&units[unit + lane], 1u); }
  }
  if (bounded) { parts[index].x = f32(ends); }
}
