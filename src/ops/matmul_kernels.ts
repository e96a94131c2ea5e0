import type { AdapterTraits } from "../device/traits.ts";
import type { EpilogueAttributes } from "../graph/op.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide } from "../kernels/types.ts";
import { sizeAt } from "./checks.ts";
import { epilogueBindings } from "./epilogue.ts";

export interface MatmulOptions {
  /** a is stored as [k, m]. */
  readonly transposeA?: boolean;
  /** b is stored as [n, k]. */
  readonly transposeB?: boolean;
}

export type MatmulAttributes = Required<MatmulOptions> & EpilogueAttributes;

type Request = KernelRequest<MatmulAttributes>;

/** The sizes of c[batch, m, n] = op(a) · op(b), with k terms each. */
export interface MatmulSizes {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

export function matmulSizes({ inputs, outputs, attributes }: Request): MatmulSizes {
  const a = inputs[0]?.shape ?? [];
  const c = outputs[0]?.shape ?? [];
  return {
    batch: c.length === 3 ? sizeAt(c, 0) : 1,
    m: sizeAt(c, -2),
    n: sizeAt(c, -1),
    k: sizeAt(a, attributes.transposeA ? -2 : -1),
  };
}

/** A workgroup of `across` × `down` invocations, each with `rows` × 4·`vectors` results. */
interface Tile {
  readonly rows: number;
  readonly vectors: number;
  readonly across: number;
  readonly down: number;
}

const shared = {
  ...epilogueBindings<MatmulAttributes>(["a", "b"], "c"),
  params: (request: Request) => ({ ...matmulSizes(request) }),
};

const transposes = ({ attributes }: Request) => ({
  TRANSPOSE_A: Number(attributes.transposeA),
  TRANSPOSE_B: Number(attributes.transposeB),
});

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
    ...shared,
    variant: { TM: tile.rows, TN4: tile.vectors, WX: tile.across, WY: tile.down },
    constants: transposes,
    accepts: (request) => !needsVectors(file) || wholeVectors(request),
    suits,
    workgroups: (request) => tiles(request, tile.rows * tile.down, tile.vectors * 4 * tile.across),
  });
}

const naive = defineKernel<"matmul/naive", MatmulAttributes>({
  file: "matmul/naive",
  ...shared,
  constants: transposes,
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
      return bestTile(request, workgroupTiles, busyWorkgroups.gpu) === tile;
    }),
  );
}

export const matmulKernels: readonly Kernel<MatmulAttributes>[] = [
  ...workgroupCandidates("matmul/workgroup_vec4"),
  ...workgroupCandidates("matmul/workgroup"),
  ...registerCandidates("matmul/register_vec4"),
  ...measuredCandidates("matmul/register_vec4"),
  ...registerCandidates("matmul/register"),
  naive,
];
