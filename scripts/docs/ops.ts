/** docs/ops.md: what the catalogue has, from the registry of ops, the cases, and the docstrings of public functions. */
import type { Op } from "../../src/graph/op.ts";
import type { Node } from "../../src/graph/tensor.ts";
import { ops } from "../../src/ops/registry.ts";
import type { CaseList } from "../../src/validation/case.ts";
import { caseLists } from "../../src/validation/cases/index.ts";
import { buildCase } from "../../src/validation/subject.ts";
import type { PublicFunction } from "./functions.ts";
import { publicFunctions } from "./functions.ts";
import type { Page } from "./markdown.ts";
import { paragraphs, section } from "./markdown.ts";
import { families } from "./op_families.ts";

const path = "docs/ops.md";

/** @throws Error where a public function belongs to no family, or a family names one that does not exist */
export function opsPage(): Page {
  const functions = new Map(publicFunctions().map((one) => [one.name, one]));
  const placed = families.flatMap(({ names }) => names);
  const lost = [...functions.keys()].filter((name) => !placed.includes(name));
  const unknown = placed.filter((name) => !functions.has(name));
  if (lost.length > 0 || unknown.length > 0)
    throw new Error(
      `scripts/docs/op_families.ts lacks ${lost.join(", ")} and has ${unknown.join(", ")} too many`,
    );
  const parts = families.map(({ title, text, names }) =>
    section(`## ${title}`, text ?? "", ...names.map((name) => entry(functions.get(name)))),
  );
  const internal = Object.values<Op<never>>(ops).filter(({ name }) => !functions.has(name));
  const text = paragraphs(
    "# Ops",
    "<!-- Written by `npm run docs` from the registry of ops, their cases and docstrings. -->",
    `${functions.size} public functions over ${Object.keys(ops).length} ops. Tensors are row-major; images are NHWC, filters HWIO.`,
    "Tolerances: *elementwise* is 1e-5 + 1.3e-6 · |reference|; *reduction* is 2 · √K · 2⁻²³ · Σ|terms| for K terms; *exact* " +
      "compares bits. Gradients are checked in f64 against central differences and on the GPU against those of the CPU: " +
      "`npx wgrad check NAME`.",
    ...parts,
    section(
      "## Ops behind them",
      "Ops without a public function: what gradients and passes put in their place.",
      internalTable(internal),
    ),
  );
  return { path, text: `${text}\n` };
}

function entry(one: PublicFunction | undefined): string {
  if (!one) return "";
  const facts = factsOf(one.name).map(([name, value]) => `- ${name}: ${value}`);
  return paragraphs(`### ${one.name}`, `\`\`\`ts\n${one.signature}\n\`\`\``, one.text, facts.join("\n"));
}

type Fact = readonly [name: string, value: string];

function factsOf(name: string): Fact[] {
  const list = caseLists.find(({ op }) => op === name);
  const op = Object.values<Op<never>>(ops).find((own) => own.name === name);
  const nodes = op ? [] : madeOf(list);
  return [
    ...(nodes.length > 0 ? [["made of", nodes.map((own) => `\`${own}\``).join(", ")] as const] : []),
    ...(list ? [["gradient", gradientOf(list, op)] as const] : []),
    ...(list ? [["tolerance", tolerancesOf(list)] as const] : []),
    ...(op ? [["kernels", kernelsOf(op)] as const] : []),
  ];
}

/** The ops that the function's first case records. */
function madeOf(list: CaseList | undefined): string[] {
  const [first] = list?.cases ?? [];
  if (!list || !first) return [];
  const names = new Set<string>();
  const visit = ({ op, inputs }: Node) => {
    if (op.kind !== "leaf") names.add(op.name);
    for (const input of inputs) visit(input.node);
  };
  for (const { node } of buildCase(list.op, first).outputs) visit(node);
  return [...names].sort();
}

function gradientOf({ cases }: CaseList, op: Op<never> | undefined): string {
  const checked = cases.filter(({ gradient }) => gradient === undefined).length;
  if (checked > 0) return `yes, ${checked} checked`;
  return op?.vjp ? "yes, on the GPU alone" : "none";
}

function tolerancesOf({ cases }: CaseList): string {
  return [...new Set(cases.map(({ tolerance }) => tolerance?.kind ?? "elementwise"))].sort().join(", ");
}

function kernelsOf({ kind, kernels, formula, acceptsEpilogue }: Op<never>): string {
  if (kind === "view") return "none: a view";
  if (kind === "pack") return "none: producers write their part";
  const files = [...new Set(kernels.map(({ file }) => file))];
  const links = files.map((file) => `[${file}](../shaders/${file}.wgsl)`).join(", ");
  if (formula) return `${links}; fuses with its neighbours and as an epilogue`;
  return acceptsEpilogue ? `${links}; takes an epilogue` : links;
}

function internalTable(internal: readonly Op<never>[]): string {
  return internal.map((op) => `- \`${op.name}\`: ${kernelsOf(op)}`).join("\n");
}
