import type { KernelFile } from "../kernels/shaders.ts";
import { ops } from "../ops/registry.ts";
import type { CheckKind, CheckLabel } from "./outcome.ts";
import type { CheckResult } from "./run_items.ts";
import { hasFailed } from "./run_items.ts";

/** What was checked, in numbers. */
export interface CheckCounts {
  readonly ops: number;
  /** Public functions that are put together from ops, with cases of their own. */
  readonly functions: number;
  /** WGSL files with an entry point. */
  readonly kernels: number;
  /** Kernels with different constants. */
  readonly variants: number;
  /** Runs of a kernel variant on an op's case. */
  readonly cases: number;
  /** Of the first and the second order, in f64. */
  readonly gradchecks: number;
  /** Kernels with workgroup memory that an interpreter ran in search of races. */
  readonly raced: number;
  /** Ops of which cases were drawn at random. */
  readonly drawn: number;
  /** Gradients of whole programs on the GPU. */
  readonly gpuGradients: number;
  /** Elements written where no output lies. */
  readonly writesOutside: number;
  readonly failed: number;
  /** Cases by why they were not checked. */
  readonly skipped: Readonly<Record<string, number>>;
}

/** All that was checked of a kernel file or of a kind of gradients of an op. */
export interface SummaryRow {
  /** `matmul/register_vec4`, or `matmul › gradient`. */
  readonly name: string;
  readonly kind: CheckKind;
  readonly file: KernelFile | null;
  readonly ops: readonly string[];
  readonly variants: number;
  readonly cases: number;
  readonly failed: number;
  /** The largest error as a share of what is allowed, and where; above 1 it fails. */
  readonly worst: number;
  readonly worstName: string;
}

export function countResults(results: readonly CheckResult[]): CheckCounts {
  const done = results.filter(({ skipped }) => skipped === null);
  const items = done.map(({ item }) => item);
  const ofKind = (...kinds: CheckKind[]) => items.filter(({ kind }) => kinds.includes(kind)).length;
  // Races are of shaders, which several ops may share.
  const lists = [...new Set(items.filter(({ kind }) => kind !== "races").map(({ op }) => op))];
  const outside = done.flatMap(({ outcome }) => outcome?.failures ?? []);
  return {
    ops: lists.filter((name) => name in ops).length,
    functions: lists.filter((name) => !(name in ops)).length,
    kernels: distinct(items, ({ file }) => file),
    variants: distinct(items, ({ kernel }) => kernel),
    cases: ofKind("forward"),
    gradchecks: ofKind("gradient", "gradient of the gradient"),
    raced: ofKind("races"),
    drawn: ofKind("random"),
    gpuGradients: ofKind("gradient on the GPU"),
    writesOutside: outside
      .filter(({ problem }) => problem === "written outside")
      .reduce((sum, { faults }) => sum + faults, 0),
    failed: results.filter(hasFailed).length,
    skipped: reasons(results),
  };
}

function reasons(results: readonly CheckResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { skipped } of results) if (skipped !== null) counts[skipped] = (counts[skipped] ?? 0) + 1;
  return counts;
}

function distinct(items: readonly CheckLabel[], key: (item: CheckLabel) => string | null): number {
  return new Set(items.map(key).filter((value) => value !== null)).size;
}

/** A row a kernel file, then one for each op and kind of gradient; by name. */
export function summarise(results: readonly CheckResult[]): SummaryRow[] {
  const groups = new Map<string, CheckResult[]>();
  for (const result of results) {
    if (result.skipped !== null) continue;
    const name = rowName(result.item);
    groups.set(name, [...(groups.get(name) ?? []), result]);
  }
  const rows = [...groups].map(([name, own]) => rowOf(name, own));
  return rows.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

const rowName = ({ file, op, kind, variant }: CheckLabel): string =>
  file ?? `${op} › ${kind === "forward" ? variant : kind}`;

const rank = ({ kind }: SummaryRow): number => (kind === "forward" ? 0 : 1);

function rowOf(name: string, results: readonly CheckResult[]): SummaryRow {
  const [first] = results;
  if (!first) throw new Error("internal: a row of no results");
  const share = ({ outcome }: CheckResult) => outcome?.worst ?? Number.POSITIVE_INFINITY;
  const worst = results.reduce((a, b) => (share(b) > share(a) ? b : a));
  return {
    name,
    kind: first.item.kind,
    file: first.item.file,
    ops: [...new Set(results.map(({ item }) => item.op))].sort(),
    variants: new Set(results.map(({ item }) => item.variant)).size,
    cases: results.length,
    failed: results.filter(hasFailed).length,
    worst: share(worst),
    worstName: worst.item.name,
  };
}
