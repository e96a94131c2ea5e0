// lib/fold_pairs: what a fold keeps where four lanes need two numbers each.

struct Fold { a: vec4<f32>, b: vec4<f32> }
alias Results = vec4<f32>;
alias OutElement = f32;       // storage: f32 or f16
alias OutVector = vec4<f32>;  // storage: f32 or f16

fn swap_halves(lanes: Fold) -> Fold { return Fold(lanes.a.zwxy, lanes.b.zwxy); }
fn swap_pairs(lanes: Fold) -> Fold { return Fold(lanes.a.yxwz, lanes.b.yxwz); }
