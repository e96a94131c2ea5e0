// lib/fold_largest: the largest of each of four lanes, as integers in the order of the numbers: exact, and NaN wins.

//!include lib/order.wgsl

alias Fold = vec4<i32>;
alias Results = vec4<f32>;
alias OutElement = f32;       // storage: f32 or f16
alias OutVector = vec4<f32>;  // storage: f32 or f16

fn swap_halves(lanes: Fold) -> Fold { return lanes.zwxy; }
fn swap_pairs(lanes: Fold) -> Fold { return lanes.yxwz; }

fn fold_start() -> Fold { return vec4<i32>(BELOW_ALL); }

fn take_larger(lanes: Fold, x: vec4<f32>, counted: vec4<bool>) -> Fold {
  return select(lanes, max(lanes, orders_of(x)), counted);
}

fn fold_join(a: Fold, b: Fold) -> Fold { return max(a, b); }
