import type { Shape } from "../kernels/types.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";

/** Elements that are read at once. */
const runElements = 16;
/** Elements of a part: one invocation goes through all of them. */
const partElements = 4096;
/** Parts of a block, which invocations of one workgroup take: each has every eighth run, so that neighbours read neighbours. */
export const blockParts = 8;
/** Beyond as many blocks of one tensor, parts grow: whatever gathers them goes through all. */
const mostBlocks = 128;

/** Numbers that a part of a tensor leaves, as `shaders/lib/tally.wgsl` says. */
export const tensorPartWidth = 8;
/** A parameter's part leaves two more, and two zeros. */
export const parameterPartWidth = 12;

/** Some consecutive elements, from one at a multiple of sixteen on. */
export interface Block {
  readonly first: number;
  readonly elements: number;
}

/** A tensor in as many blocks as its statistics are taken of. */
export function blocksOf(elements: number, first = 0): Block[] {
  const blocks = ceilDivide(elements, blockParts * partElements);
  return evenBlocks(elements, Math.min(mostBlocks, Math.max(1, blocks)), first);
}

/** Blocks of whole runs, as even as can be; the last may end within a run. @param count at most the runs */
export function evenBlocks(elements: number, count: number, first = 0): Block[] {
  const runs = ceilDivide(elements, runElements);
  return Array.from({ length: count }, (_, block) => {
    const start = runElements * Math.floor((block * runs) / count);
    const end = Math.min(elements, runElements * Math.floor(((block + 1) * runs) / count));
    return { first: first + start, elements: end - start };
  });
}

/** A row of the table that statistics' kernels take: what they read is counted in runs. */
export const blockRow = ({ first, elements }: Block): [first: number, runs: number, elements: number] => [
  first / runElements,
  Math.floor(elements / runElements),
  elements,
];

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

/** Rows of a piece. */
const pieceRows = 1024;
/** Of one tensor, unless it has more units than that. */
const mostPieces = 16_384;

/** How many units a tensor has. */
export const unitsOf = (shape: Shape): number => shape.at(-1) ?? 1;

/** @param unit the tensor's first, among all tensors' */
export function piecesOf(shape: Shape, unit: number): Piece[] {
  const units = unitsOf(shape);
  const rows = elementCount(shape) / units;
  const lanes = units % 4 === 0 ? 4 : 1;
  const columns = units / lanes;
  const chunks = Math.min(ceilDivide(rows, pieceRows), Math.max(1, Math.floor(mostPieces / columns)));
  return Array.from({ length: chunks * columns }, (_, index) => {
    const [chunk, column] = [Math.floor(index / columns), index % columns];
    const [start, end] = [chunk, chunk + 1].map((at) => Math.floor((at * rows) / chunks)) as [number, number];
    const lane = column * lanes;
    return { first: start * units + lane, step: units, rows: end - start, unit: unit + lane, lanes };
  });
}

/** The bits of numbers as f32, as tables of u32 hold them. */
export const bitsOf = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
