/** The checks themselves: each must report what it is there for. */
import { afterAll, describe, expect, it } from "vitest";
import { traitsOf } from "../../src/device/traits.ts";
import { operand } from "../../src/kernels/formula.ts";
import type { Kernel } from "../../src/kernels/kernel.ts";
import { specialise } from "../../src/kernels/specialise.ts";
import { add } from "../../src/ops/add.ts";
import { sum } from "../../src/ops/sum.ts";
import type { Case } from "../../src/validation/case.ts";
import { checkVariant, describeFailures } from "../../src/validation/check.ts";
import { need } from "../../src/validation/kit/shapes.ts";
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

const map = first("add", addition, "elementwise/map[RUN=1]");
const serial = first("sum", rowSums, "reduce/serial");

describe("the forward check", () => {
  it("finds nothing wrong with a kernel that is right", async () => {
    expect(await checkVariant(device, map)).toEqual([]);
    expect(await checkVariant(device, serial)).toEqual([]);
  });

  it("reports a wrong value with its place, and the command to run it again", async () => {
    const product = { operands: 2, lines: [{ function: "mul", arguments: [operand(0), operand(1)] }] };
    const wrong = broken(map, () => ({ fused: () => ({ formula: product, operands: ["a", "b"] }) }));
    const failures = await checkVariant(device, wrong);
    expect(failures).toMatchObject([{ problem: "wrong value", output: "out", index: 0 }]);
    const text = describeFailures("add › sixteen › elementwise/map[X=1]", wrong, failures);
    expect(text).toContain('npx vitest run test/ops -t "add › sixteen › elementwise/map\\[X=1\\]"');
  });

  it("reports an error just above the tolerance", async () => {
    const nearly = broken(serial, ({ params }) => ({
      params: (request) => ({ ...params(request), length: 4 }),
    }));
    expect(await checkVariant(device, nearly)).toMatchObject([{ problem: "wrong value" }]);
  });

  it("reports an output that nothing wrote", async () => {
    const idle = broken(map, () => ({ workgroups: () => 0 }));
    expect(await checkVariant(device, idle)).toMatchObject([{ problem: "never written", index: 0 }]);
  });

  it("reports a tail that nothing wrote", async () => {
    const short = broken(map, () => ({ params: () => ({ vectors: 3, row_vectors: 1 }) }));
    expect(await checkVariant(device, short)).toMatchObject([{ problem: "never written", index: 12 }]);
  });

  it("reports a write past the end", async () => {
    const long = broken(map, () => ({ params: () => ({ vectors: 5, row_vectors: 1 }) }));
    expect(await checkVariant(device, long)).toMatchObject([{ problem: "written outside", index: 16 }]);
  });

  it("reports a read past the end", async () => {
    const greedy = broken(serial, ({ params }) => ({
      params: (request) => ({ ...params(request), length: 6 }),
    }));
    expect(await checkVariant(device, greedy)).toMatchObject([{ problem: "wrong value" }]);
  });

  it("reports a parameter that is missing", async () => {
    const unset = broken(map, () => ({ params: () => ({ vectors: 4 }) }));
    await expect(checkVariant(device, unset)).rejects.toThrow("parameter row_vectors is missing");
  });
});
