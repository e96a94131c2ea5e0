// lbfgsCoefficients/lbfgsCoefficients: the two-loop recursion of L-BFGS (Nocedal 1980) on coefficients: which combination of
//   s₀ … s_{n−1}, y₀ … y_{n−1} and g its direction is, from the products of these vectors alone.
//   products: [3 · (2 · SLOTS + 1)], each basis vector with the newest s, the newest y and g
//   outcome: [4], first whether the line search before succeeded
//   gram: [4 · SLOTS² + 4], the products of s and y among each other
//   control: [4], whether there was a step before, pairs held, place of the newest, length of the first trial step
//   coefficients: [2 · SLOTS + 5], one for each basis vector, then g · d, the first trial's length, the place
//   of this step's y and that of the next s
// Grid: one invocation; all is small.
const WG: u32 = 1;           // variant: invocations a workgroup
const SLOTS: u32 = 11;       // variant: pairs in the history and one in the making

struct Params { curvature: f32, retreat: f32 }

@group(0) @binding(0) var<storage, read> products: array<f32>;
@group(0) @binding(1) var<storage, read> outcome: array<f32>;
@group(0) @binding(2) var<storage, read_write> gram: array<f32>;
@group(0) @binding(3) var<storage, read_write> control: array<f32>;
@group(0) @binding(4) var<storage, read_write> coefficients: array<f32>;
@group(0) @binding(5) var<uniform> params: Params;

const GRADIENT: u32 = 2 * SLOTS;
// Trials shorter than that of the first start anew along the steepest descent.
const SHORTEST: f32 = 1e-6;

var<private> delta: array<f32, 2 * SLOTS + 1>;
var<private> steps: array<f32, SLOTS>;

// The product of s or y number `row` with the combination so far.
fn product_with(row: u32) -> f32 {
  var sum = delta[GRADIENT] * products[3 * row + 2];
  for (var column = 0u; column < GRADIENT; column++) { sum += delta[column] * gram[row * GRADIENT + column]; }
  return sum;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>) {
  if (group.x + group.y > 0) { return; }
  let current = u32(control[2]);
  var next = current;
  var held = u32(control[1]);
  var reach = 1.0;
  let began = control[0] > 0;
  if (began && outcome[0] == 0) { reach = control[3] * params.retreat; }
  if (reach < SHORTEST) {
    reach = 1.0;
    held = 0;
  }
  let own = 3 * (SLOTS + current);
  if (began && products[own] > params.curvature * products[own + 1]) {
    for (var column = 0u; column < GRADIENT; column++) {
      gram[current * GRADIENT + column] = products[3 * column];
      gram[column * GRADIENT + current] = products[3 * column];
    }
    for (var column = 0u; column < GRADIENT; column++) {
      gram[(SLOTS + current) * GRADIENT + column] = products[3 * column + 1];
      gram[column * GRADIENT + SLOTS + current] = products[3 * column + 1];
    }
    held = min(held + 1, SLOTS - 1);
    next = (current + 1) % SLOTS;
  }
  delta[GRADIENT] = -1;
  for (var age = 1u; age <= held; age++) {
    let s = (next + SLOTS - age) % SLOTS;
    steps[age] = product_with(s) / gram[s * GRADIENT + SLOTS + s];
    delta[SLOTS + s] -= steps[age];
  }
  if (held > 0) {
    let s = (next + SLOTS - 1) % SLOTS;
    let y = SLOTS + s;
    let scale = gram[s * GRADIENT + y] / gram[y * GRADIENT + y];
    for (var at = 0u; at <= GRADIENT; at++) { delta[at] *= scale; }
  }
  for (var age = held; age > 0; age--) {
    let s = (next + SLOTS - age) % SLOTS;
    let back = product_with(SLOTS + s) / gram[s * GRADIENT + SLOTS + s];
    delta[s] += steps[age] - back;
  }
  let square = products[3 * GRADIENT + 2];
  var slope = 0.0;
  for (var at = 0u; at <= GRADIENT; at++) { slope += delta[at] * products[3 * at + 2]; }
  if (held > 0 && !(slope < 0)) {
    // Rounding left no descent: forget the pairs.
    held = 0;
    for (var at = 0u; at < GRADIENT; at++) { delta[at] = 0; }
    delta[GRADIENT] = -1;
    slope = -square;
  }
  var first = reach;
  if (held == 0 && square > 1) { first = reach / sqrt(square); }
  for (var at = 0u; at <= GRADIENT; at++) { coefficients[at] = delta[at]; }
  coefficients[GRADIENT + 1] = slope;
  coefficients[GRADIENT + 2] = first;
  coefficients[GRADIENT + 3] = f32(current);
  coefficients[GRADIENT + 4] = f32(next);
  control[0] = 1;
  control[1] = f32(held);
  control[2] = f32(next);
  control[3] = reach;
}
