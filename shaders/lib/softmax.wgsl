// lib/softmax: what kernels over rows of logits do with four columns of a row at a time.

//!include lib/exp.wgsl
//!include lib/log.wgsl

// Past the end the last column repeats: it changes no maximum, and sums leave it out.
fn held_columns(columns: vec4<u32>, count: u32) -> vec4<u32> {
  return min(columns, vec4<u32>(count - 1));
}

fn largest_of(values: vec4<f32>) -> f32 {
  return max(max(values.x, values.y), max(values.z, values.w));
}

fn total_of(values: vec4<f32>) -> f32 {
  return (values.x + values.y) + (values.z + values.w);
}

// The powers of e of which softmax is a share, 0 past the end; `top` is the row's largest logit.
fn powers_of(values: vec4<f32>, top: f32, columns: vec4<u32>, count: u32) -> vec4<f32> {
  return select(vec4<f32>(), finite_exp(values - top), columns < vec4<u32>(count));
}

// −log softmax of one logit, where `total` is the sum of the row's powers.
fn loss_of(logit: f32, top: f32, total: f32) -> f32 {
  return honest_log(vec4<f32>(total)).x + (top - logit);
}

// Softmax less 1 in the label's column, 0 in a row whose label is no column.
fn gradient_of(powers: vec4<f32>, total: f32, columns: vec4<u32>, label: u32, count: u32) -> vec4<f32> {
  let hot = select(vec4<f32>(), vec4<f32>(1), columns == vec4<u32>(label));
  return select(vec4<f32>(), powers / total - hot, vec4<bool>(label < count));
}
