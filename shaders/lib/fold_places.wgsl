// lib/fold_places: the largest of each of four lanes and the first place where it lies; NaN counts as the largest.

//!include lib/order.wgsl

struct Fold { order: vec4<i32>, place: vec4<u32> }
alias Results = vec4<u32>;
alias OutElement = u32;
alias OutVector = vec4<u32>;

fn swap_halves(lanes: Fold) -> Fold { return Fold(lanes.order.zwxy, lanes.place.zwxy); }
fn swap_pairs(lanes: Fold) -> Fold { return Fold(lanes.order.yxwz, lanes.place.yxwz); }

fn fold_start() -> Fold { return Fold(vec4<i32>(BELOW_ALL), vec4<u32>()); }

// Places rise within a lane, so that the first of equals stays.
fn take_larger(lanes: Fold, x: vec4<f32>, counted: vec4<bool>, place: vec4<u32>) -> Fold {
  let order = orders_of(x);
  let better = counted & (order > lanes.order);
  return Fold(select(lanes.order, order, better), select(lanes.place, place, better));
}

fn fold_join(a: Fold, b: Fold) -> Fold {
  let better = (b.order > a.order) | ((b.order == a.order) & (b.place < a.place));
  return Fold(select(a.order, b.order, better), select(a.place, b.place, better));
}

fn fold_results(lanes: Fold) -> Results { return lanes.place; }
