// lib/depthwise: filters that have one channel each, `multiplier` consecutive ones the same.

// Of four filters, the places of their channels in a vector of four. They are never of two vectors: those change only
// after 4·multiplier filters.
fn lanes_of(vector: u32, multiplier: u32) -> vec4<u32> {
  return (vec4(vector * 4) + vec4(0, 1, 2, 3)) / multiplier % 4;
}

// Each filter's own channel.
fn spread(channels: vec4<f32>, lanes: vec4<u32>) -> vec4<f32> {
  return vec4(channels[lanes.x], channels[lanes.y], channels[lanes.z], channels[lanes.w]);
}

// The sums of each channel's filters.
fn gather(filters: vec4<f32>, lanes: vec4<u32>) -> vec4<f32> {
  let places = vec4<u32>(0, 1, 2, 3);
  let none = vec4<f32>();
  return select(none, filters.xxxx, places == lanes.xxxx) + select(none, filters.yyyy, places == lanes.yyyy)
    + select(none, filters.zzzz, places == lanes.zzzz) + select(none, filters.wwww, places == lanes.wwww);
}
