// product/fold: Π x.

//!include lib/fold_numbers.wgsl

fn fold_start() -> Fold { return vec4<f32>(1); }

fn fold_take(lanes: Fold, x: vec4<f32>, counted: vec4<bool>, place: vec4<u32>) -> Fold {
  return lanes * select(vec4<f32>(1), x, counted);
}

fn fold_join(a: Fold, b: Fold) -> Fold { return a * b; }

fn fold_results(lanes: Fold) -> Results { return lanes; }
