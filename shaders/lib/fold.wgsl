// lib/fold: folds one value an invocation over a workgroup of 64, in a fixed order; every invocation gets the result.
// Control flow must be uniform at the call.

var<workgroup> folded: array<f32, 64>;

// The largest; a NaN may be left out.
fn fold_max(local: u32, value: f32) -> f32 {
  folded[local] = value;
  for (var half = 32u; half > 0; half /= 2) {
    workgroupBarrier();
    if (local < half) { folded[local] = max(folded[local], folded[local + half]); }
  }
  workgroupBarrier();
  let result = folded[0];
  workgroupBarrier();
  return result;
}

fn fold_sum(local: u32, value: f32) -> f32 {
  folded[local] = value;
  for (var half = 32u; half > 0; half /= 2) {
    workgroupBarrier();
    if (local < half) { folded[local] += folded[local + half]; }
  }
  workgroupBarrier();
  let result = folded[0];
  workgroupBarrier();
  return result;
}
