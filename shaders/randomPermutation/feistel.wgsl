// randomPermutation/feistel: out[i] = where a keyed bijection of 0 … 2^(low_bits + high_bits) − 1 takes i, applied again as
// long as that is count or above: a permutation of 0 … count − 1.   out: [count]
// Grid: one invocation for four neighbouring places. No sort, no memory but the result.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl
//!include lib/random.wgsl

struct Params { vectors: u32, stream: u32, count: u32, low_bits: u32, high_bits: u32 }

@group(0) @binding(0) var<storage, read_write> out: array<vec4<u32>>;
@group(0) @binding(1) var<uniform> params: Params;

// A word a round.
struct Keys { a: vec4<u32>, b: vec4<u32>, c: vec4<u32> }

// Every bit of the result depends on every bit of x: the last steps of MurmurHash3.
fn scrambled(x: u32) -> u32 {
  var h = x;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}

// Two rounds of a Feistel network: each half moves by what the other one says.
fn two_rounds(place: vec2<u32>, keys: vec2<u32>, masks: vec2<u32>) -> vec2<u32> {
  let high = (place.y + scrambled(place.x * 0x9e3779b1 + keys.x)) & masks.y;
  let low = (place.x + scrambled(high * 0x9e3779b1 + keys.y)) & masks.x;
  return vec2<u32>(low, high);
}

fn permuted(index: u32, keys: Keys) -> u32 {
  let masks = (vec2<u32>(1) << vec2<u32>(params.low_bits, params.high_bits)) - 1;
  var at = index;
  loop {
    var place = vec2<u32>(at & masks.x, at >> params.low_bits);
    place = two_rounds(place, keys.a.xy, masks);
    place = two_rounds(place, keys.a.zw, masks);
    place = two_rounds(place, keys.b.xy, masks);
    place = two_rounds(place, keys.b.zw, masks);
    place = two_rounds(place, keys.c.xy, masks);
    place = two_rounds(place, keys.c.zw, masks);
    at = (place.y << params.low_bits) | place.x;
    // Back among the places sooner or later, since a bijection's cycles close.
    if (at < params.count) { return at; }
  }
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.vectors) { return; }
  let keys = Keys(random_words(0, params.stream), random_words(1, params.stream), random_words(2, params.stream));
  var places = vec4<u32>();
  for (var i = 0u; i < 4; i++) {
    // Past the end there is no way back.
    if (4 * index + i < params.count) { places[i] = permuted(4 * index + i, keys); }
  }
  out[index] = places;
}
