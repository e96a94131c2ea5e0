import "../kernels/generated/matmul.ts";
import type { AdapterTraits } from "../device/traits.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide } from "../kernels/types.ts";
import { narrowMatmulKernels } from "./matmul_narrow.ts";
import type { MatmulAttributes, MatmulRequest } from "./matmul_request.ts";
import { matmulBindings, matmulSizes, matmulTransposes } from "./matmul_request.ts";

type Request = MatmulRequest;

/** A workgroup of `across` × `down` invocations, each with `rows` × 4·`vectors` results. */
interface Tile {
  readonly rows: number;
  readonly vectors: number;
  readonly across: number;
  readonly down: number;
}

function tiles(request: Request, rows: number, columns: number): number {
  const { batch, m, n } = matmulSizes(request);
  return batch * ceilDivide(m, rows) * ceilDivide(n, columns);
}

/** Whole vectors everywhere: what `matmul/register_vec4` asks of the sizes. */
function wholeVectors(request: Request): boolean {
  const { m, n, k } = matmulSizes(request);
  return n % 4 === 0 && k % 4 === 0 && (!request.attributes.transposeA || m % 4 === 0);
}

type TiledFile = "matmul/register" | "matmul/register_vec4" | "matmul/workgroup" | "matmul/workgroup_vec4";

const needsVectors = (file: TiledFile) => file.endsWith("_vec4");

function tiled(
  file: TiledFile,
  tile: Tile,
  suits: (request: Request, traits: AdapterTraits) => boolean,
): Kernel<MatmulAttributes> {
  return defineKernel<TiledFile, MatmulAttributes>({
    file,
    ...matmulBindings,
    variant: { TM: tile.rows, TN4: tile.vectors, WX: tile.across, WY: tile.down },
    constants: matmulTransposes,
    accepts: (request) => !needsVectors(file) || wholeVectors(request),
    suits,
    workgroups: (request) => tiles(request, tile.rows * tile.down, tile.vectors * 4 * tile.across),
  });
}

const naive = defineKernel<"matmul/naive", MatmulAttributes>({
  file: "matmul/naive",
  ...matmulBindings,
  constants: matmulTransposes,
  workgroups: (request) => {
    const { batch, m, n } = matmulSizes(request);
    return ceilDivide(batch * m * ceilDivide(n, 4), 64);
  },
});

/** A tile, and what it keeps of the best one's speed where all of it is used. */
interface RatedTile {
  readonly tile: Tile;
  readonly worth: number;
  /** The same on software adapters of 8 lanes and more, where it differs. */
  readonly worthWide?: number;
}

/**
 * Without workgroup memory: the tiles that did best on software adapters. With 4 lanes (SwiftShader) 8 × 8 results an
 * invocation are the most that pays, and how invocations are laid out does not show. With 8 (llvmpipe) rows of 8
 * invocations are twice as fast as rows of 2, and 16 × 16 results are 1.4 times as fast as 8 × 8.
 */
const registerTiles: readonly RatedTile[] = [
  { tile: { rows: 16, vectors: 4, across: 8, down: 1 }, worth: 0, worthWide: 1 },
  { tile: { rows: 16, vectors: 2, across: 8, down: 2 }, worth: 0, worthWide: 0.85 },
  { tile: { rows: 8, vectors: 2, across: 8, down: 4 }, worth: 1, worthWide: 0.68 },
  { tile: { rows: 8, vectors: 2, across: 8, down: 1 }, worth: 0.94, worthWide: 0.68 },
  { tile: { rows: 8, vectors: 2, across: 2, down: 4 }, worth: 0.92, worthWide: 0.33 },
];

/** Through workgroup memory: 128 × 128 and 64 × 64 results, as published for large GPUs. */
const workgroupTiles: readonly RatedTile[] = [
  { tile: { rows: 8, vectors: 2, across: 16, down: 16 }, worth: 1 },
  { tile: { rows: 4, vectors: 1, across: 16, down: 16 }, worth: 0.7 },
];

/** Fewer workgroups than this leave a core of a software adapter, or most of a GPU, without work. */
const busyWorkgroups = { software: 4, gpu: 128 };

/** The tile that loses least: to columns and rows past the edge, to idle cores, to its size. */
function bestTile(request: Request, traits: AdapterTraits, rated: readonly RatedTile[]): Tile | undefined {
  const { batch, m, n } = matmulSizes(request);
  const busy = rated === workgroupTiles ? busyWorkgroups.gpu : busyWorkgroups.software;
  const wide = traits.software && traits.lanes >= 8;
  const scores = rated.map(({ tile, worth: narrow, worthWide = narrow }) => {
    const worth = wide ? worthWide : narrow;
    const [rows, columns] = [tile.rows * tile.down, 4 * tile.vectors * tile.across];
    const groups = tiles(request, rows, columns);
    const filled = (batch * m * n) / (groups * rows * columns);
    return worth * filled * Math.min(1, groups / busy);
  });
  return rated[scores.indexOf(Math.max(...scores))]?.tile;
}

function registerCandidates(file: TiledFile): Kernel<MatmulAttributes>[] {
  return registerTiles.map(({ tile }) =>
    tiled(file, tile, (request, traits) => bestTile(request, traits, registerTiles) === tile),
  );
}

/** Where a tuner measures them only: best at some shapes of some adapters, by no rule that holds for others. */
const measuredTiles: readonly Tile[] = [
  { rows: 16, vectors: 4, across: 8, down: 4 },
  { rows: 16, vectors: 4, across: 4, down: 2 },
  { rows: 8, vectors: 2, across: 8, down: 8 },
  { rows: 8, vectors: 4, across: 4, down: 4 },
  { rows: 4, vectors: 4, across: 4, down: 8 },
  { rows: 4, vectors: 1, across: 4, down: 8 },
];

const measuredCandidates = (file: TiledFile): Kernel<MatmulAttributes>[] =>
  measuredTiles.map((tile) => tiled(file, tile, () => false));

/** Below this many results of a batch item, a tile through workgroup memory would be mostly empty. */
const smallestForWorkgroups = 32 * 32;

function workgroupCandidates(file: TiledFile): Kernel<MatmulAttributes>[] {
  return workgroupTiles.map(({ tile }) =>
    tiled(file, tile, (request, traits) => {
      const { m, n } = matmulSizes(request);
      if (traits.barriersAreDear || m * n < smallestForWorkgroups) return false;
      return bestTile(request, traits, workgroupTiles) === tile;
    }),
  );
}

/** Rows of a that the lanes of a subgroup hand on to each other. Measured on no GPU yet, so only tuning chooses it. */
function subgroupCandidate(rows: number, vectors: number): Kernel<MatmulAttributes> {
  return defineKernel<"matmul/subgroup", MatmulAttributes>({
    file: "matmul/subgroup",
    ...matmulBindings,
    variant: { TM: rows, TN4: vectors },
    constants: ({ attributes }) => ({ TRANSPOSE_A: Number(attributes.transposeA) }),
    accepts: (request, traits) =>
      traits.features.has("subgroups") && !request.attributes.transposeB && matmulSizes(request).n % 4 === 0,
    suits: () => false,
    workgroups: (request) => tiles(request, rows, 64 * 4 * vectors),
  });
}

export const matmulKernels: readonly Kernel<MatmulAttributes>[] = [
  ...narrowMatmulKernels,
  ...workgroupCandidates("matmul/workgroup_vec4"),
  ...workgroupCandidates("matmul/workgroup"),
  ...registerCandidates("matmul/register_vec4"),
  ...measuredCandidates("matmul/register_vec4"),
  ...registerCandidates("matmul/register"),
  subgroupCandidate(16, 1),
  subgroupCandidate(8, 2),
  naive,
];
