import type { AdapterSummary } from "../device/adapter.ts";
import type { Failure } from "../validation/outcome.ts";
import { command, describeFailure } from "../validation/outcome.ts";
import type { CheckResult } from "../validation/run_items.ts";
import { hasFailed } from "../validation/run_items.ts";
import type { SummaryRow } from "../validation/summary.ts";
import { countResults, summarise } from "../validation/summary.ts";
import { adapterDocument } from "./adapter.ts";
import { formatCount, formatDuration, formatSignificant } from "./format.ts";
import { formatTable } from "./table.ts";

/** The JSON document: its fields are part of the public interface, see docs/cli.md. */
export function checkDocument(adapter: AdapterSummary, results: readonly CheckResult[], seconds: number) {
  const failed = results.filter(hasFailed);
  return {
    adapter: adapterDocument(adapter),
    seconds,
    ...countResults(results),
    failures: failed.flatMap(failureDocuments),
    rows: summarise(results),
  };
}

export type CheckDocument = ReturnType<typeof checkDocument>;

function failureDocuments({ item, outcome, error }: CheckResult) {
  const { op, case: given, variant, subject } = item;
  const place = { op, case: given, variant, subject };
  const again = command(item);
  if (error !== null) return [{ ...place, problem: "cannot be checked", message: error, command: again }];
  return (outcome?.failures ?? []).map((failure: Failure) => ({
    ...place,
    ...failure,
    message: describeFailure(failure),
    command: again,
  }));
}

/** Failures shown in full; the rest is counted. */
const mostShown = 20;

/** The same for people: what is wrong, a table of kernels, gradients by kind, and the counts. */
export function checkText(results: readonly CheckResult[], seconds: number): string {
  const rows = summarise(results);
  const kernels = rows.filter(({ kind }) => kind === "forward");
  const gradients = rows.filter(({ kind }) => kind !== "forward");
  return [
    ...(kernels.length > 0 ? [kernelTable(kernels)] : []),
    ...(gradients.length > 0 ? [gradientTable(gradients)] : []),
    ...failureLines(results),
    countsLine(results, seconds),
  ].join("\n");
}

const shareOf = (worst: number): string =>
  Number.isFinite(worst) ? `${formatSignificant(100 * worst)} %` : "beyond";

const tableHead = ["cases", "failed", "worst error"] as const;

const cells = ({ cases, failed, worst }: SummaryRow): string[] => [
  formatCount(cases),
  failed === 0 ? "" : formatCount(failed),
  shareOf(worst),
];

function kernelTable(rows: readonly SummaryRow[]): string {
  const body = rows.map((row) => [row.name, formatCount(row.variants), ...cells(row)]);
  return formatTable(["kernel", "variants", ...tableHead], body);
}

/** A line for each op and kind would be hundreds: the worst op stands for its kind. */
function gradientTable(rows: readonly SummaryRow[]): string {
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const body = kinds.map((kind) => {
    const own = rows.filter((row) => row.kind === kind);
    const worst = own.reduce((a, b) => (b.worst > a.worst ? b : a));
    const sum = (of: (row: SummaryRow) => number) => own.reduce((total, row) => total + of(row), 0);
    const total = { ...worst, cases: sum(({ cases }) => cases), failed: sum(({ failed }) => failed) };
    return [kind, ...cells(total), worst.worstName.replace(/ › [^›]*$/, "")];
  });
  return formatTable(["gradients", ...tableHead, "where"], body);
}

function failureLines(results: readonly CheckResult[]): string[] {
  const failed = results.filter(hasFailed);
  const shown = failed
    .slice(0, mostShown)
    .flatMap(({ item, outcome, error }) => [
      `FAILED ${item.name}`,
      `  ${item.subject}`,
      ...(error === null ? [] : [`  ${error}`]),
      ...(outcome?.failures ?? []).map((failure) => `  ${describeFailure(failure)}`),
      `  ${command(item)}`,
    ]);
  const rest = failed.length - mostShown;
  return rest > 0 ? [...shown, `and ${formatCount(rest)} more; all are in --json`] : shown;
}

function countsLine(results: readonly CheckResult[], seconds: number): string {
  const {
    ops,
    functions,
    kernels,
    variants,
    cases,
    gradchecks,
    gpuGradients,
    writesOutside,
    failed,
    skipped,
  } = countResults(results);
  const parts = [
    `${formatCount(ops)} ops and ${formatCount(functions)} functions of them`,
    `${formatCount(kernels)} kernels in ${formatCount(variants)} variants`,
    `${formatCount(cases)} cases`,
    `${formatCount(gradchecks)} gradchecks`,
    `${formatCount(gpuGradients)} gradients on the GPU`,
    `${formatCount(writesOutside)} writes outside outputs`,
  ];
  const left = Object.entries(skipped).map(
    ([reason, count]) => `${formatCount(count)} not checked: ${reason}`,
  );
  const verdict = failed === 0 ? "all right" : `${formatCount(failed)} FAILED`;
  return [...left, `${parts.join(", ")} in ${formatDuration(seconds)}: ${verdict}`].join("\n");
}
