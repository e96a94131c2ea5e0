/** Subgroup kernels in workgroups that leave lanes of a subgroup without an invocation. */
import { afterAll, describe, expect, it } from "vitest";
import { traitsOf } from "../../src/device/traits.ts";
import type { Kernel } from "../../src/kernels/kernel.ts";
import { specialise } from "../../src/kernels/specialise.ts";
import { ceilDivide } from "../../src/kernels/types.ts";
import { matmul } from "../../src/ops/matmul.ts";
import type { Case } from "../../src/validation/case.ts";
import { checkVariant } from "../../src/validation/check.ts";
import { need } from "../../src/validation/kit/shapes.ts";
import { variantsOf } from "../../src/validation/variants.ts";
import { openTestDevice } from "../support/open.ts";

const device = await openTestDevice();
afterAll(() => device.dispose());

const [m, k, n] = [18, 29, 52];
const product: Case = {
  name: "product",
  inputs: [{ shape: [m, k] }, { shape: [k, n] }],
  build: ([a, b]) => matmul(need(a), need(b)),
  tolerance: { kind: "reduction", terms: k },
};
const variants = variantsOf({ op: "matmul", cases: [product] }, product, traitsOf(device)).filter(
  ({ kernel, subject }) => kernel.file === "matmul/subgroup" && subject.name === "product",
);

describe.skipIf(!device.features.has("subgroups"))("matmul/subgroup", () => {
  it("is among the variants", () => {
    expect(variants.length).toBe(2);
  });

  it.each([1, 3, 6, 7, 100])("is right with %i invocations a workgroup", async (invocations) => {
    for (const variant of variants) {
      const { TM = 1, TN4 = 1 } = variant.kernel.constants(variant.request);
      const kernel: Kernel = {
        ...variant.kernel,
        constants: (request) => ({ ...variant.kernel.constants(request), WG: invocations }),
        workgroups: () => ceilDivide(m, TM) * ceilDivide(n, invocations * 4 * TN4),
      };
      const changed = { ...variant, kernel, specialised: specialise(kernel, variant.request) };
      expect((await checkVariant(device, changed)).failures).toEqual([]);
    }
  });
});
