// lib/order: integers in the order of the numbers that they stand for, 0 and −0 alike, NaN above all. So a maximum is
// exact and lets a NaN through, where WGSL's own `max` may swallow it; and there is a number below all, which f32 lacks.

const BELOW_ALL: i32 = -0x7fffffff;

fn order_of(x: f32) -> i32 {
  let bits = bitcast<u32>(x);
  let magnitude = bits & 0x7fffffff;
  let signed = select(i32(magnitude), -i32(magnitude), bits > 0x7fffffff);
  return select(signed, 0x7fffffff, magnitude > 0x7f800000);
}

fn orders_of(x: vec4<f32>) -> vec4<i32> {
  let bits = bitcast<vec4<u32>>(x);
  let magnitude = vec4<i32>(bits & vec4<u32>(0x7fffffff));
  let signed = select(magnitude, -magnitude, bits > vec4<u32>(0x7fffffff));
  return select(signed, vec4<i32>(0x7fffffff), magnitude > vec4<i32>(0x7f800000));
}

fn numbers_of(orders: vec4<i32>) -> vec4<f32> {
  let bits = select(vec4<u32>(orders), vec4<u32>(-orders) | vec4<u32>(0x80000000), orders < vec4<i32>());
  return bitcast<vec4<f32>>(bits);
}
