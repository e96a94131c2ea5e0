import { describe, expect, it } from "vitest";
import { inputTensor } from "../../src/graph/leaves.ts";
import type { Op } from "../../src/graph/op.ts";
import type { Node } from "../../src/graph/tensor.ts";
import { Tensor } from "../../src/graph/tensor.ts";
import { ops } from "../../src/ops/registry.ts";
import { references } from "../../src/reference/registry.ts";
import { caseLists } from "../../src/validation/cases/index.ts";
import { subjectsOf } from "../../src/validation/subject.ts";
import { forwardItems, selectionFor } from "../../src/validation/suite.ts";
import { needsKernel } from "../../src/validation/variants.ts";
import { everyTrait } from "../support/traits.ts";

const registered: readonly Op<never>[] = Object.values(ops);

it("has a case list for every op", () => {
  const listed = new Set(caseLists.map((list) => list.op));
  expect(registered.map((op) => op.name).filter((name) => !listed.has(name))).toEqual([]);
});

it("has a reference for every op", () => {
  expect(registered.map((op) => op.name).filter((name) => !references[name])).toEqual([]);
});

it("names each op once, as the registry does", () => {
  expect(registered.map((op) => op.name)).toEqual(Object.keys(ops));
  expect(new Set(caseLists.map((list) => list.op)).size).toBe(caseLists.length);
});

describe.each(caseLists)("$op", ({ op: name, cases }) => {
  it("has cases, each with a name of its own", () => {
    expect(cases.length).toBeGreaterThan(0);
    expect(new Set(cases.map((given) => given.name)).size).toBe(cases.length);
  });

  it("reaches every kernel by some case, with turns as well", () => {
    const op = registered.find((candidate) => candidate.name === name);
    if (!op || !needsKernel(op)) return;
    const list = { op: name, cases };
    const quickly = selectionFor(list, everyTrait, "quick");
    const reached = new Set(
      cases.flatMap((given) => forwardItems(list, given, everyTrait, quickly).map(({ kernel }) => kernel)),
    );
    expect(op.kernels.length).toBeGreaterThan(0);
    expect(op.kernels.map((kernel) => kernel.name).filter((kernel) => !reached.has(kernel))).toEqual([]);
  });

  it("checks the gradient where there is one", () => {
    const [given] = cases;
    const node = given && subjectsOf({ op: name, cases }, given)[0]?.node;
    if (node && hasGradient(node)) expect(cases.some((one) => one.gradient === undefined)).toBe(true);
  });
});

/** Whether the op gives any input a cotangent: that of a step function gives none. */
function hasGradient(node: Node): boolean {
  const { vjp, inputs, outputs } = node.op;
  const saved = (name: string) =>
    node.inputs[inputs.indexOf(name)] ?? new Tensor(node, outputs.indexOf(name));
  const [type] = node.types;
  if (!vjp || !type) return false;
  return vjp(inputTensor("cotangent", type), saved, node.attributes).some((cotangent) => cotangent !== null);
}
