// logSoftmax/share: what kernels of shaders/softmax make of four numbers: the logarithms of their powers' shares.

//!include lib/softmax.wgsl

// `top` is the largest of each line, `total` the sum of its powers.
fn share_of(values: vec4<f32>, top: vec4<f32>, total: vec4<f32>) -> vec4<f32> {
  return (values - top) - honest_log(total);
}
