import type { Shape } from "../kernels/types.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";

/** Elements of a part that one invocation, or one workgroup, looks through. */
const partElements = 1024;
/** Beyond as many parts of one tensor, parts grow: whatever gathers them goes through all. */
const mostParts = 1024;

/** Numbers that a part of a tensor leaves, as `shaders/lib/tally.wgsl` says. */
export const tensorPartWidth = 8;
/** A parameter's part leaves two more, and two zeros. */
export const parameterPartWidth = 12;

/** Some elements of a tensor, from one at a multiple of four on. */
export interface Part {
  readonly first: number;
  readonly elements: number;
}

/** A tensor in as many parts as its statistics are taken of. */
export function partsOf(elements: number, first = 0): Part[] {
  return evenParts(elements, Math.min(mostParts, Math.max(1, ceilDivide(elements, partElements))), first);
}

/** Parts of whole vectors, as even as can be; the last may end within a vector. @param count at most the vectors */
export function evenParts(elements: number, count: number, first = 0): Part[] {
  const vectors = ceilDivide(elements, 4);
  return Array.from({ length: count }, (_, part) => {
    const start = 4 * Math.floor((part * vectors) / count);
    const end = Math.min(elements, 4 * Math.floor(((part + 1) * vectors) / count));
    return { first: first + start, elements: end - start };
  });
}

/** Where a bounded activation's values count as saturated. */
export interface Ends {
  readonly low: number;
  readonly high: number;
}

/** Some rows of one unit, or of four neighbours. A unit is an element of the last axis. */
export interface Piece {
  /** Element of the first row. */
  readonly first: number;
  /** Elements from row to row. */
  readonly step: number;
  readonly rows: number;
  /** The first of the units, among all tensors'. */
  readonly unit: number;
  readonly lanes: 1 | 4;
}

/** Rows of a piece: as many elements as a part has. */
const pieceRows = partElements / 4;

/** How many units a tensor has. */
export const unitsOf = (shape: Shape): number => shape.at(-1) ?? 1;

/** @param unit the tensor's first, among all tensors' */
export function piecesOf(shape: Shape, unit: number): Piece[] {
  const units = unitsOf(shape);
  const rows = elementCount(shape) / units;
  const lanes = units % 4 === 0 ? 4 : 1;
  const columns = units / lanes;
  const chunks = Math.min(ceilDivide(rows, pieceRows), Math.max(1, Math.floor((16 * mostParts) / columns)));
  return Array.from({ length: chunks * columns }, (_, index) => {
    const [chunk, column] = [Math.floor(index / columns), index % columns];
    const [start, end] = [chunk, chunk + 1].map((at) => Math.floor((at * rows) / chunks)) as [number, number];
    const lane = column * lanes;
    return { first: start * units + lane, step: units, rows: end - start, unit: unit + lane, lanes };
  });
}

/** The bits of numbers as f32, as tables of u32 hold them. */
export const bitsOf = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
