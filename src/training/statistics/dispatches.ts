/** The dispatches that measure a step: one for parameters, one for each six tensors and each five activations, one row. */
import type { Tensor } from "../../graph/tensor.ts";
import { bindingAlignment, elementCount, roundUp } from "../../kernels/types.ts";
import type { ParameterSet } from "../../nn/parameters.ts";
import type { Activation } from "../../ops/livingUnits.ts";
import { livingUnits, mostActivations } from "../../ops/livingUnits.ts";
import { pack } from "../../ops/pack.ts";
import { parameterStatistics } from "../../ops/parameterStatistics.ts";
import {
  blockParts,
  blocksOf,
  parameterPartWidth,
  piecesOf,
  tensorPartWidth,
  unitsOf,
} from "../../ops/statistics.ts";
import type { StatisticsEntry } from "../../ops/statisticsRow.ts";
import { mostTensors, tensorStatistics } from "../../ops/tensorStatistics.ts";

/** What a dispatch leaves, and the entries of a row that are made of it; `first` counts from the tensor's beginning. */
export interface Measured {
  readonly parts: Tensor;
  readonly entries: readonly StatisticsEntry[];
}

/** @returns beside the parts, the new copy of the parameters */
export function measureParameters(
  { parameters }: ParameterSet,
  gradients: Tensor,
  values: Tensor,
  copy: Tensor,
): Measured & { readonly previous: Tensor } {
  const segments = parameters.map(({ offset, length }) => ({ first: offset, elements: length }));
  const made = parameterStatistics(gradients, values, copy, segments);
  const counts = parameters.map(({ length }) => ({
    elements: length,
    parts: blockParts * blocksOf(length).length,
  }));
  return { ...made, entries: placed("parameter", parameterPartWidth, counts) };
}

export function measureTensors(tensors: readonly Tensor[]): Measured[] {
  return groups(tensors, mostTensors).map((group) => {
    const counts = group.map(({ shape }) => {
      const elements = elementCount(shape);
      return { elements, parts: blockParts * blocksOf(elements).length };
    });
    return { parts: tensorStatistics(group), entries: placed("tensor", tensorPartWidth, counts) };
  });
}

/** @returns beside the parts, all units as they are after the last dispatch */
export function measureUnits(
  activations: readonly Activation[],
  units: Tensor,
): { readonly measured: readonly Measured[]; readonly units: Tensor } {
  let known = units;
  const measured = groups(activations, mostActivations).map((group): Measured => {
    const made = livingUnits(group, known);
    known = made.units;
    let first = 0;
    const entries = group.map(({ tensor, unit }) => {
      const parts = piecesOf(tensor.shape, unit).length;
      first += 2 * parts;
      return { kind: "units", first: first - 2 * parts, parts, unit, units: unitsOf(tensor.shape) } as const;
    });
    return { parts: made.parts, entries };
  });
  return { measured, units: known };
}

/** Parts of several dispatches in one tensor, and where their entries find them there. */
export function packed(measured: readonly Measured[]): Measured {
  let length = 0;
  const offsets = measured.map(({ parts }) => {
    const offset = length;
    length += roundUp(elementCount(parts.shape), bindingAlignment / 4);
    return offset;
  });
  const entries = measured.flatMap((one, index) =>
    one.entries.map((entry) => ({ ...entry, first: entry.first + (offsets[index] ?? 0) })),
  );
  const tensors = measured.map(({ parts }) => parts);
  return { parts: pack(tensors, { offsets, length }), entries };
}

function placed(
  kind: "tensor" | "parameter",
  width: number,
  counts: readonly { readonly elements: number; readonly parts: number }[],
): StatisticsEntry[] {
  let first = 0;
  return counts.map(({ elements, parts }) => {
    first += width * parts;
    return { kind, first: first - width * parts, parts, elements };
  });
}

function groups<Member>(members: readonly Member[], most: number): Member[][] {
  return Array.from({ length: Math.ceil(members.length / most) }, (_, index) =>
    members.slice(index * most, (index + 1) * most),
  );
}
