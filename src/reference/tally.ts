import type { HostTensor } from "./reference.ts";
import { at } from "./reference.ts";

/** Thresholds as the kernels have them. */
const [thousandth, hundredThousandth] = [Math.fround(1e-3), Math.fround(1e-5)];

export const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length));

/** What a part of a tensor leaves. */
export function tallyOf(values: readonly number[]): number[] {
  const finite = values.map((value) => (Number.isFinite(value) ? value : 0));
  const magnitudes = finite.map(Math.abs);
  const meanOf = (list: readonly number[]) =>
    list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);
  const below = (threshold: number) => values.filter((value) => Math.abs(value) < threshold).length;
  return [
    values.length,
    meanOf(finite),
    meanOf(magnitudes),
    rootMeanSquare(finite),
    Math.max(0, ...magnitudes),
    below(thousandth),
    below(hundredThousandth),
    values.filter((value) => !Number.isFinite(value)).length,
  ];
}

/** Consecutive elements of a tensor. */
export const elementsOf = (tensor: HostTensor, first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => at(tensor.data, first + index));

/** A block's parts, each every eighth run of sixteen; where there are fewer runs, some are empty. */
export function partsOfBlock(tensor: HostTensor, first: number, count: number): number[][] {
  const elements = elementsOf(tensor, first, count);
  return Array.from({ length: 8 }, (_, part) =>
    elements.filter((_value, index) => Math.floor(index / 16) % 8 === part),
  );
}

/** The rows of a table of u32. */
export const rowsOf = ({ data, shape: [rows = 0, width = 0] }: HostTensor): number[][] =>
  Array.from({ length: rows }, (_, row) => Array.from(data.subarray(row * width, (row + 1) * width)));

/** The f32 that bits in a table stand for. */
export const numberOf = (bits: number): number => new Float32Array(Uint32Array.of(bits).buffer)[0] ?? 0;
