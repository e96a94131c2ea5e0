import type { Formula, FormulaArgument } from "../kernels/formula.ts";
import type { Shape } from "../kernels/types.ts";
import type { HostTensor, ScalarReference } from "./reference.ts";
import { at, count } from "./reference.ts";
import { references } from "./registry.ts";

/** Evaluates fused elementwise work number by number; operands broadcast to the shape as NumPy does. */
export function evaluateFormula(
  formula: Formula,
  operands: readonly HostTensor[],
  shape: Shape,
): Float64Array<ArrayBuffer> {
  const places = operands.map((operand) => broadcastPlace(operand.shape, shape));
  const calls = formula.lines.map((line) => ({
    scalar: scalarReference(line.function),
    arguments: line.arguments,
  }));
  const results: number[] = [];
  let element = 0;
  const read = (index: number) => {
    const operand = operands[index];
    const place = places[index];
    if (!operand || !place) throw new Error(`internal: a formula without operand ${index}`);
    return at(operand.data, place(element));
  };
  const value = (argument: FormulaArgument): number => {
    switch (argument.kind) {
      case "operand":
        return read(argument.index);
      case "line":
        return results[argument.index] ?? Number.NaN;
      case "constant":
        return argument.value;
      default:
        return argument satisfies never;
    }
  };
  const out = new Float64Array(count(shape));
  for (; element < out.length; element++) {
    calls.forEach((call, line) => {
      results[line] = call.scalar(...call.arguments.map(value));
    });
    out[element] = results.at(-1) ?? read(0);
  }
  return out;
}

function scalarReference(name: string): ScalarReference {
  const module = references[name];
  if (!module || !("scalar" in module)) throw new Error(`internal: no scalar reference of ${name}`);
  return module.scalar;
}

/** Where an element of the output lies in an operand that repeats along axes of size 1 and missing ones. */
function broadcastPlace(from: Shape, to: Shape): (element: number) => number {
  const own = count(from);
  if (own === count(to)) return (element) => element;
  if (own === 1) return () => 0;
  return (element) => {
    let rest = element;
    let place = 0;
    let stride = 1;
    for (let back = 1; back <= from.length; back++) {
      const size = from.at(-back) ?? 1;
      const across = to.at(-back) ?? 1;
      if (size !== 1) place += (rest % across) * stride;
      rest = Math.floor(rest / across);
      stride *= size;
    }
    return place;
  };
}
