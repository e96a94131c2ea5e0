// squaredDeviations/fold: Σ (x − mean)² in one pass, after B. P. Welford, Note on a method for calculating corrected sums
// of squares and products, 1962; lanes are joined as Chan, Golub and LeVeque do (Algorithms for computing the sample
// variance, 1983). A lane's mean is kept as its distance from the lane's first element, so that it has digits left where
// all elements are large and near each other.

struct Fold { count: vec4<f32>, first: vec4<f32>, mean: vec4<f32>, squares: vec4<f32> }
alias Results = vec4<f32>;
alias OutElement = f32;       // storage: f32 or f16
alias OutVector = vec4<f32>;  // storage: f32 or f16

fn swap_halves(lanes: Fold) -> Fold {
  return Fold(lanes.count.zwxy, lanes.first.zwxy, lanes.mean.zwxy, lanes.squares.zwxy);
}
fn swap_pairs(lanes: Fold) -> Fold {
  return Fold(lanes.count.yxwz, lanes.first.yxwz, lanes.mean.yxwz, lanes.squares.yxwz);
}

fn fold_start() -> Fold { return Fold(vec4<f32>(), vec4<f32>(), vec4<f32>(), vec4<f32>()); }

fn fold_take(lanes: Fold, x: vec4<f32>, counted: vec4<bool>, place: vec4<u32>) -> Fold {
  let first = select(lanes.first, x, lanes.count == vec4<f32>());
  let count = lanes.count + 1;
  let deviation = x - first - lanes.mean;
  let mean = lanes.mean + deviation / count;
  let squares = fma(deviation, x - first - mean, lanes.squares);
  return Fold(
    select(lanes.count, count, counted), select(lanes.first, first, counted),
    select(lanes.mean, mean, counted), select(lanes.squares, squares, counted),
  );
}

fn fold_join(a: Fold, b: Fold) -> Fold {
  let count = a.count + b.count;
  let share = b.count / max(count, vec4<f32>(1));
  let apart = b.first - a.first + (b.mean - a.mean);
  let alone = a.count == vec4<f32>();
  return Fold(
    count, select(a.first, b.first, alone), select(fma(apart, share, a.mean), b.mean, alone),
    a.squares + b.squares + apart * apart * a.count * share,
  );
}

fn fold_results(lanes: Fold) -> Results { return lanes.squares; }
