// lib/fold_powers: sums of powers of e: a is the largest x so far, b the sum of eˣ⁻ᵃ. One exponential an element: either
// the sum is made smaller by it, or it is the term.

//!include lib/exp.wgsl
//!include lib/fold_pairs.wgsl

const LOWEST: f32 = -0x1.fffffep127;

fn fold_start() -> Fold { return Fold(vec4<f32>(LOWEST), vec4<f32>()); }

// e to the power of −|a − b|, where equal infinities have no distance.
fn nearness(a: vec4<f32>, b: vec4<f32>) -> vec4<f32> {
  return select(finite_exp(-abs(a - b)), vec4<f32>(1), a == b);
}

fn fold_take(lanes: Fold, x: vec4<f32>, counted: vec4<bool>, place: vec4<u32>) -> Fold {
  let power = nearness(lanes.a, x);
  let above = x > lanes.a;
  let total = select(lanes.b + power, fma(lanes.b, power, vec4<f32>(1)), above);
  return Fold(select(lanes.a, x, counted & above), select(lanes.b, total, counted));
}

fn fold_join(a: Fold, b: Fold) -> Fold {
  let power = nearness(a.a, b.a);
  let above = b.a > a.a;
  return Fold(select(a.a, b.a, above), select(fma(b.b, power, a.b), fma(a.b, power, b.b), above));
}
