// norm/fold_2: √Σ x², finite wherever that is an f32: a is the sum of (x · 2³⁷)² of x below 2¹⁴, b that of (x · 2⁻⁷⁷)² of
// the others. Neither overflows within 2²⁴ terms, and together they lose nothing above 2⁻¹⁰⁰. After J. L. Blue, A portable
// Fortran program to find the Euclidean norm of a vector, 1978.

//!include lib/fold_pairs.wgsl

fn fold_start() -> Fold { return Fold(vec4<f32>(), vec4<f32>()); }

fn fold_take(lanes: Fold, x: vec4<f32>, counted: vec4<bool>, place: vec4<u32>) -> Fold {
  let large = abs(x) >= vec4<f32>(0x1p14);
  let scaled = x * select(vec4<f32>(0x1p37), vec4<f32>(0x1p-77), large);
  let squares = select(vec4<f32>(), scaled * scaled, counted);
  return Fold(lanes.a + select(squares, vec4<f32>(), large), lanes.b + select(vec4<f32>(), squares, large));
}

fn fold_join(a: Fold, b: Fold) -> Fold { return Fold(a.a + b.a, a.b + b.b); }

fn fold_results(lanes: Fold) -> Results {
  let small = sqrt(lanes.a) * 0x1p-37;
  let large = sqrt(lanes.b) * 0x1p77;
  // Both together as a hypotenuse: factors that bring one sum to the other's scale would be no f32, and Mesa multiplies
  // two that are. A NaN is in `small`, and stays the longer leg.
  let above = large > small;
  let longer = select(small, large, above);
  let ratio = select(large, small, above) / max(longer, vec4<f32>(0x1p-126));
  return longer * sqrt(fma(ratio, ratio, vec4<f32>(1)));
}
