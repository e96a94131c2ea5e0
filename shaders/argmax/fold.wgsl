// argmax/fold: the first place of the largest x; NaN counts as the largest.

//!include lib/fold_places.wgsl

fn fold_take(lanes: Fold, x: vec4<f32>, counted: vec4<bool>, place: vec4<u32>) -> Fold {
  return take_larger(lanes, x, counted, place);
}
