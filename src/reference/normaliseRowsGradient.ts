import type { NormaliseRowsGradientAttributes } from "../ops/normaliseRowsGradient.ts";
import { average, elementOr, rowMeanAt } from "./normalisation.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";
import { concatenate, rowsOf } from "./rows.ts";

export const reference: Reference<NormaliseRowsGradientAttributes> = (inputs, { centred }) => {
  const cotangents = rowsOf(input(inputs, 0));
  const [mean, inverse] = [input(inputs, 2), input(inputs, 3)];
  const out = rowsOf(input(inputs, 1)).map((row, index) => {
    const factor = at(inverse.data, index);
    const values = [...row].map((value) => (value - rowMeanAt(mean, index)) * factor);
    const scaled = [...(cotangents[index] ?? [])].map(
      (value, column) => value * elementOr(inputs[4]?.data, column, 1),
    );
    const level = centred ? average(scaled) : 0;
    const slope = average(scaled.map((value, column) => value * (values[column] ?? Number.NaN)));
    return Float64Array.from(
      scaled,
      (value, column) => factor * (value - level - (values[column] ?? Number.NaN) * slope),
    );
  });
  return [concatenate(out)];
};
