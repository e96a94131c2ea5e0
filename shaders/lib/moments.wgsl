// lib/moments: means and sums of squared deviations, in each lane of its own. Values come in blocks, whose own moments are
// merged (Chan, Golub and LeVeque 1983), so that no difference of large sums is ever taken. Callers subtract one of the
// values from all of them beforehand: then a mean far above the deviation costs no digits either.

struct Moments { count: f32, mean: vec4<f32>, squares: vec4<f32> }

fn with_block(known: Moments, count: f32, mean: vec4<f32>, squares: vec4<f32>) -> Moments {
  let total = known.count + count;
  let share = count / total;
  let delta = mean - known.mean;
  return Moments(total, known.mean + delta * share,
                 known.squares + squares + delta * delta * (known.count * share));
}

fn with_four(known: Moments, a: vec4<f32>, b: vec4<f32>, c: vec4<f32>, d: vec4<f32>) -> Moments {
  let mean = ((a + b) + (c + d)) * 0.25;
  let e = a - mean; let f = b - mean; let g = c - mean; let h = d - mean;
  return with_block(known, 4, mean, (e * e + f * f) + (g * g + h * h));
}

fn total_of(values: vec4<f32>) -> f32 {
  return (values.x + values.y) + (values.z + values.w);
}

// The mean and the sum of squares of all four lanes together.
fn all_lanes(found: Moments) -> vec2<f32> {
  let mean = total_of(found.mean) * 0.25;
  let delta = found.mean - mean;
  return vec2(mean, total_of(found.squares) + found.count * total_of(delta * delta));
}
