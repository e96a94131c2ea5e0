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

/** A tile, and what it keeps of the largest one's speed: smaller ones load more for each product. */
interface RatedTile {
  readonly tile: Tile;
  readonly worth: number;
}

/** Without workgroup memory: the tiles that did best on software adapters. */
const registerTiles: readonly RatedTile[] = [
  { tile: { rows: 8, vectors: 2, across: 8, down: 4 }, worth: 1 },
  { tile: { rows: 8, vectors: 2, across: 4, down: 8 }, worth: 0.97 },
  { tile: { rows: 8, vectors: 2, across: 2, down: 2 }, worth: 0.85 },
];

/** Through workgroup memory: 128 × 128 and 64 × 64 results, as published for large GPUs. */
const workgroupTiles: readonly RatedTile[] = [
  { tile: { rows: 8, vectors: 2, across: 16, down: 16 }, worth: 1 },
  { tile: { rows: 4, vectors: 1, across: 16, down: 16 }, worth: 0.7 },
];

/** Fewer workgroups than this leave a core of a software adapter, or most of a GPU, without work. */
const busyWorkgroups = { software: 8, gpu: 128 };

/** The tile that loses least: to columns and rows past the edge, to idle cores, to its size. */
function bestTile(request: Request, rated: readonly RatedTile[], busy: number): Tile | undefined {
  const { batch, m, n } = matmulSizes(request);
  const scores = rated.map(({ tile, worth }) => {
    const [rows, columns] = [tile.rows * tile.down, 4 * tile.vectors * tile.across];
    const groups = tiles(request, rows, columns);
    const filled = (batch * m * n) / (groups * rows * columns);
    return worth * filled * Math.min(1, groups / busy);
  });
  return rated[scores.indexOf(Math.max(...scores))]?.tile;
}

function registerCandidates(file: TiledFile): Kernel<MatmulAttributes>[] {
  return registerTiles.map(({ tile }) =>
    tiled(file, tile, (request) => bestTile(request, registerTiles, busyWorkgroups.software) === tile),
  );
}

/** Below this many results of a batch item, a tile through workgroup memory would be mostly empty. */
const smallestForWorkgroups = 32 * 32;

function workgroupCandidates(file: TiledFile): Kernel<MatmulAttributes>[] {
  return workgroupTiles.map(({ tile }) =>
    tiled(file, tile, (request, traits) => {
      const { m, n } = matmulSizes(request);
      if (traits.barriersAreDear || m * n < smallestForWorkgroups) return false;
      return bestTile(request, workgroupTiles, busyWorkgroups.gpu) === tile;
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
  ...registerCandidates("matmul/register"),
  subgroupCandidate(16, 1),
  subgroupCandidate(8, 2),
  naive,
];
