// lib/reduce: what kernels that fold an axis share. A fold, which an op chooses by the file that it puts in the place of
// sum/fold, has a state `Fold` of four lanes and the functions fold_start, fold_take, fold_join and fold_results; it
// names what comes out (Results) and what that is stored as (OutElement, OutVector).

//!include sum/fold.wgsl

// Every lane of the result holds all four.
fn join_lanes(lanes: Fold) -> Fold {
  let halves = fold_join(lanes, swap_halves(lanes));
  return fold_join(halves, swap_pairs(halves));
}
