import type { LbfgsCoefficientsAttributes } from "../ops/lbfgsCoefficients.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<LbfgsCoefficientsAttributes> = (inputs, attributes) => {
  const { slots, curvature, retreat } = attributes;
  const products = input(inputs, 0).data;
  const outcome = input(inputs, 1).data;
  const gram = Float64Array.from(input(inputs, 2).data);
  const [began = 0, heldBefore = 0, current = 0, reachBefore = 0] = input(inputs, 3).data;
  const size = 2 * slots;
  let held = heldBefore;
  let reach = began > 0 && at(outcome, 0) === 0 ? reachBefore * retreat : 1;
  if (reach < 1e-6) [reach, held] = [1, 0];
  let next = current;
  const newest = 3 * (slots + current);
  if (began > 0 && at(products, newest) > curvature * at(products, newest + 1)) {
    for (const [row, which] of [
      [current, 0],
      [slots + current, 1],
    ] as const) {
      for (let column = 0; column < size; column++) {
        gram[row * size + column] = at(products, 3 * column + which);
        gram[column * size + row] = at(products, 3 * column + which);
      }
    }
    held = Math.min(held + 1, slots - 1);
    next = (current + 1) % slots;
  }
  const product = (row: number, column: number) => at(gram, row * size + column);
  const slopeOf = (row: number) => at(products, 3 * row + 2);
  let direction = steepest(size);
  const along = (row: number) =>
    direction.reduce(
      (sum, weight, column) => sum + weight * (column === size ? slopeOf(row) : product(row, column)),
      0,
    );
  // Newest first.
  const pairs = Array.from({ length: held }, (_, age) => (next + 2 * slots - 1 - age) % slots);
  const taken = pairs.map((pair) => {
    const share = along(pair) / product(pair, slots + pair);
    direction[slots + pair] = at(direction, slots + pair) - share;
    return share;
  });
  const [first] = pairs;
  if (first !== undefined) {
    const scale = product(first, slots + first) / product(slots + first, slots + first);
    direction = direction.map((weight) => scale * weight);
  }
  for (const [age, pair] of [...pairs.entries()].reverse()) {
    const back = along(slots + pair) / product(pair, slots + pair);
    direction[pair] = at(direction, pair) + (taken[age] ?? 0) - back;
  }
  const slopeAlong = () => direction.reduce((sum, weight, row) => sum + weight * slopeOf(row), 0);
  if (held > 0 && !(slopeAlong() < 0)) {
    held = 0;
    direction = steepest(size);
  }
  const length = held === 0 ? reach * Math.min(1, 1 / Math.sqrt(slopeOf(size))) : reach;
  const coefficients = Float64Array.from([...direction, slopeAlong(), length, current, next]);
  return [gram, Float64Array.of(1, held, next, reach), coefficients];
};

/** −g. */
function steepest(size: number): Float64Array {
  const direction = new Float64Array(size + 1);
  direction[size] = -1;
  return direction;
}
