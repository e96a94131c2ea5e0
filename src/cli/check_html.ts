import { axisLabels, bar, shareAxis } from "../benchmarks/charts/bars.ts";
import { element, escapeText, percent } from "../benchmarks/charts/svg.ts";
import { shaderSource } from "../kernels/every_shader.ts";
import type { SummaryRow } from "../validation/summary.ts";
import type { CheckDocument } from "./check_report.ts";
import { formatCount, formatDuration } from "./format.ts";
import { division, heading, htmlPage } from "./html_page.ts";
import type { runContext } from "./run_context.ts";

const style = `
.rows{display:grid;gap:.35rem}
.row{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,5fr) minmax(0,6fr);gap:.15rem 1.25rem;align-items:center}
.row>div{min-width:0;overflow-wrap:anywhere}.name{font-weight:600}.failed .bar rect:last-of-type{fill:var(--wrong)!important}
a{color:inherit;text-underline-offset:.25em}summary{cursor:pointer}pre{overflow-x:auto;font-size:.8em;background:var(--track);padding:.75em}
@media (max-width:44rem){.row{grid-template-columns:minmax(0,1fr)}.head.row>:first-child{display:none}}`;

/** A run of checks as a page of its own: a row a kernel with its worst error as a bar, and every kernel's source. */
export function checkPage(document: CheckDocument & ReturnType<typeof runContext>): string {
  const { adapter, rows, failures } = document;
  const kernels = rows.filter(({ kind }) => kind === "forward");
  const gradients = rows.filter(({ kind }) => kind !== "forward");
  const about = adapter.description || adapter.architecture;
  return htmlPage({
    title: "wgrad check",
    about,
    style,
    content: [
      element(
        "p",
        {},
        escapeText(`${about}${adapter.software ? " (software adapter, on the processor)" : ""}`),
      ),
      element("p", { class: "muted" }, escapeText(facts(document))),
      element("p", { class: failures.length > 0 ? "wrong" : undefined }, escapeText(verdict(document))),
      ...(failures.length > 0 ? [heading("Failures"), ...failures.map(failureBlock)] : []),
      ...(kernels.length > 0 ? [heading("Kernels"), note, bars(kernels)] : []),
      ...(gradients.length > 0 ? [heading("Gradients"), bars(gradients)] : []),
      ...(kernels.length > 0 ? [heading("Sources"), ...kernels.flatMap(source)] : []),
    ],
  });
}

const note = element(
  "p",
  { class: "muted" },
  "The worst error of each, as a share of what is allowed: at 100 % it fails. Names lead to the shader.",
);

function facts({ date, versions, cpus, seconds }: CheckDocument & ReturnType<typeof runContext>): string {
  return [
    `${date.slice(0, 16).replace("T", " ")} UTC`,
    ...Object.entries(versions).map(([name, version]) => `${name} ${version}`),
    `${cpus} processors`,
    formatDuration(seconds),
  ].join(" · ");
}

function verdict({
  ops,
  functions,
  kernels,
  variants,
  cases,
  gradchecks,
  gpuGradients,
  failed,
  writesOutside,
}: CheckDocument) {
  const parts = [
    `${formatCount(ops)} ops and ${formatCount(functions)} functions of them`,
    `${formatCount(kernels)} kernels in ${formatCount(variants)} variants`,
    `${formatCount(cases)} cases`,
    `${formatCount(gradchecks)} gradchecks`,
    `${formatCount(gpuGradients)} gradients on the GPU`,
    `${formatCount(writesOutside)} writes outside outputs`,
    failed === 0 ? "all right" : `${formatCount(failed)} failed`,
  ];
  return parts.join(", ");
}

function failureBlock({
  op,
  case: given,
  variant,
  subject,
  message,
  command,
}: CheckDocument["failures"][number]) {
  return element(
    "div",
    { class: "wrong" },
    element("h3", {}, escapeText(`${op} › ${given} › ${variant}`)),
    element("p", {}, escapeText(`${subject}: ${message}`)),
    element("pre", {}, escapeText(command)),
  );
}

function bars(rows: readonly SummaryRow[]): string {
  const cell = (drawn: string, value: string): string =>
    division("cell", element("div", {}, drawn), division("value", escapeText(value)));
  const head = division(
    "head row small",
    element("div", {}, ""),
    element("div", {}, "Cases"),
    element("div", {}, "Worst error, share of the tolerance", cell(axisLabels(shareAxis), "")),
  );
  return division(
    "rows",
    head,
    ...rows.map((row) => {
      const { worst, failed, worstName } = row;
      const value = Number.isFinite(worst) ? percent(worst) : "beyond";
      return division(
        failed > 0 ? "row failed" : "row",
        element("div", {}, rowName(row)),
        element("div", { class: "small muted" }, escapeText(casesOf(row))),
        element("div", { title: worstName }, cell(bar(shareAxis, shareAxis.place(worst)), value)),
      );
    }),
  );
}

function rowName({ name, file }: SummaryRow): string {
  const text = element("span", { class: "name" }, escapeText(name));
  return file === null ? text : element("a", { href: `#${file}` }, text);
}

function casesOf({ ops, cases, variants, failed, kind }: SummaryRow): string {
  const times =
    kind === "forward" && variants > 1 ? `${formatCount(cases)} in ${variants} variants` : formatCount(cases);
  const shown = ops.length > 4 ? `${ops.length} ops` : ops.join(", ");
  return `${times} · ${shown}${failed > 0 ? ` · ${formatCount(failed)} failed` : ""}`;
}

function source({ file }: SummaryRow): string[] {
  if (file === null) return [];
  const title = element("summary", {}, escapeText(`shaders/${file}.wgsl`));
  const code = element("pre", {}, element("code", {}, escapeText(shaderSource(file))));
  return [element("details", { id: file }, title, code)];
}
