// norm/fold_infinity: the largest |x|, NaN where one is NaN.

//!include lib/fold_largest.wgsl

fn fold_take(lanes: Fold, x: vec4<f32>, counted: vec4<bool>, place: vec4<u32>) -> Fold {
  return take_larger(lanes, abs(x), counted);
}

fn fold_results(lanes: Fold) -> Results { return numbers_of(lanes); }
