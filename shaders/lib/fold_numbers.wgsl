// lib/fold_numbers: what a fold keeps where four numbers do: one for each of four lanes.

alias Fold = vec4<f32>;
alias Result = f32;
alias Results = vec4<f32>;

fn swap_halves(lanes: Fold) -> Fold { return lanes.zwxy; }
fn swap_pairs(lanes: Fold) -> Fold { return lanes.yxwz; }
