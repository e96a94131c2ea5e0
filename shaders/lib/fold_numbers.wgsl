// lib/fold_numbers: what a fold keeps where four numbers do: one for each of four lanes.

alias Fold = vec4<f32>;
alias Results = vec4<f32>;
alias OutElement = f32;       // storage: f32 or f16
alias OutVector = vec4<f32>;  // storage: f32 or f16

fn swap_halves(lanes: Fold) -> Fold { return lanes.zwxy; }
fn swap_pairs(lanes: Fold) -> Fold { return lanes.yxwz; }
