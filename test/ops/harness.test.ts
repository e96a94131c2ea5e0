/** The checks themselves: each must report what it is there for. */
import { afterAll, describe, expect, it } from "vitest";
import { traitsOf } from "../../src/device/traits.ts";
import { constant, operand } from "../../src/kernels/formula.ts";
import type { Kernel } from "../../src/kernels/kernel.ts";
import { specialise } from "../../src/kernels/specialise.ts";
import { add } from "../../src/ops/add.ts";
import { exp } from "../../src/ops/exp.ts";
import { sum } from "../../src/ops/sum.ts";
import type { Case } from "../../src/validation/case.ts";
import { checkVariant } from "../../src/validation/check.ts";
import { need } from "../../src/validation/kit/shapes.ts";
import { command, describeFailure } from "../../src/validation/outcome.ts";
import { forwardCases } from "../../src/validation/sweep.ts";
import type { Variant } from "../../src/validation/variants.ts";
import { variantsOf } from "../../src/validation/variants.ts";
import { openTestDevice } from "../support/open.ts";

const device = await openTestDevice();
afterAll(() => device.dispose());

const addition: Case = {
  name: "sixteen",
  inputs: [{ shape: [16] }, { shape: [16] }],
  build: ([a, b]) => add(need(a), need(b)),
};
const rowSums: Case = {
  name: "rows",
  inputs: [{ shape: [3, 5] }],
  build: ([x]) => sum(need(x), { axes: [1] }),
  tolerance: { kind: "reduction", terms: 5 },
};

function first(op: string, given: Case, name: string): Variant {
  const all = variantsOf({ op, cases: [given] }, given, traitsOf(device));
  const found = all.find(({ kernel }) => kernel.name === name);
  if (!found) throw new Error(`no variant ${name}`);
  return found;
}

/** The variant with its kernel changed. */
function broken(variant: Variant, change: (kernel: Kernel) => Partial<Kernel>): Variant {
  const kernel = { ...variant.kernel, ...change(variant.kernel) };
  return { ...variant, kernel, specialised: specialise(kernel, variant.request) };
}

const failuresOf = async (variant: Variant) => (await checkVariant(device, variant)).failures;

const map = first("add", addition, "elementwise/map[RUN=1]");
const serial = first("sum", rowSums, "reduce/serial");

describe("the forward check", () => {
  it("finds nothing wrong with a kernel that is right", async () => {
    expect(await failuresOf(map)).toEqual([]);
    expect(await failuresOf(serial)).toEqual([]);
  });

  it("reports a wrong value with its place, and the command to run it again", async () => {
    const product = { operands: 2, lines: [{ function: "mul", arguments: [operand(0), operand(1)] }] };
    const wrong = broken(map, () => ({ fused: () => ({ formula: product, operands: ["a", "b"] }) }));
    const failures = await failuresOf(wrong);
    expect(failures).toMatchObject([{ problem: "wrong value", output: "out", index: 0, faults: 16 }]);
    expect(failures.map(describeFailure)[0]).toMatch(/^wrong value: out\[0\]: got .*, 16 elements in all$/);
    const again = "npx wgrad check '^add › sixteen › elementwise/map\\[X=1\\]$'";
    expect(command({ name: "add › sixteen › elementwise/map[X=1]" })).toBe(again);
  });

  it("reports an error just above the tolerance", async () => {
    const nearly = broken(serial, ({ params }) => ({
      params: (request) => ({ ...params(request), length: 4 }),
    }));
    expect(await failuresOf(nearly)).toMatchObject([{ problem: "wrong value" }]);
  });

  it("reports what is wrong at one magnitude only, by the sweep", async () => {
    const list = {
      op: "exp",
      cases: [],
      sweep: { apply: exp, nan: 0, positiveInfinity: 0, negativeInfinity: 0 },
    };
    const [given] = forwardCases(list);
    if (!given) throw new Error("no sweep");
    const variants = variantsOf(list, given, traitsOf(device)).filter(
      ({ kernel }) => kernel.name === map.kernel.name,
    );
    const [right] = variants;
    if (!right) throw new Error("no variant");
    expect(await failuresOf(right)).toEqual([]);
    const capped = { function: "clamp", arguments: [operand(0), ...[-87, 1e4, 1, 1].map(constant)] };
    const lines = [capped, { function: "exp", arguments: [{ kind: "line" as const, index: 0 }] }];
    const early = { ...capped, arguments: [operand(0), ...[-87, 88.7, 1, 1].map(constant)] };
    const formula = (first: typeof capped) => ({ operands: 1, lines: [first, ...lines.slice(1)] });
    const fused = (first: typeof capped) => () => ({
      fused: () => ({ formula: formula(first), operands: ["a"] }),
    });
    expect(await failuresOf(broken(right, fused(capped)))).toEqual([]);
    expect(await failuresOf(broken(right, fused(early)))).toMatchObject([{ problem: "wrong value" }]);
  });

  it("reports an output that nothing wrote", async () => {
    const idle = broken(map, () => ({ workgroups: () => 0 }));
    expect(await failuresOf(idle)).toMatchObject([{ problem: "never written", index: 0 }]);
  });

  it("reports a tail that nothing wrote", async () => {
    const short = broken(map, () => ({ params: () => ({ vectors: 3, row_vectors: 1 }) }));
    expect(await failuresOf(short)).toMatchObject([{ problem: "never written", index: 12 }]);
  });

  it("reports a write past the end", async () => {
    const long = broken(map, () => ({ params: () => ({ vectors: 5, row_vectors: 1 }) }));
    expect(await failuresOf(long)).toMatchObject([{ problem: "written outside", index: 16 }]);
  });

  it("reports a read past the end", async () => {
    const greedy = broken(serial, ({ params }) => ({
      params: (request) => ({ ...params(request), length: 6 }),
    }));
    expect(await failuresOf(greedy)).toMatchObject([{ problem: "wrong value" }]);
  });

  it("reports a parameter that is missing", async () => {
    const unset = broken(map, () => ({ params: () => ({ vectors: 4 }) }));
    await expect(checkVariant(device, unset)).rejects.toThrow("parameter row_vectors is missing");
  });
});
