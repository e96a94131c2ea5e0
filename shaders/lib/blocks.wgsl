// lib/blocks: what kernels of 4 × 4 blocks in registers share.

// The four numbers from `first` on, those past the end held at the last one.
fn four(first: u32, count: u32) -> vec4<u32> {
  return min(vec4(first) + vec4(0, 1, 2, 3), vec4(count - 1));
}

// Each of four rows times each of four columns: one row a matrix column.
fn outer(rows: vec4<f32>, columns: vec4<f32>) -> mat4x4<f32> {
  return mat4x4(columns * rows.x, columns * rows.y, columns * rows.z, columns * rows.w);
}
