import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/device/errors.ts";
import type { KernelSpec } from "../../src/validation/index.ts";
import { parseSpec } from "../../src/validation/spec/parse_spec.ts";

const right: KernelSpec<"x" | "scale"> = {
  inputs: { x: { shape: [3, 20] }, scale: { shape: [3], fill: { kind: "uniform", low: 0, high: 2 } } },
  outputs: { out: { shape: [3, 20], tolerance: { kind: "reduction", terms: 20 } } },
  constants: { WG: 64 },
  params: { rows: 3, columns: 20 },
  workgroups: [1, 1, 1],
  inPlace: { out: "x" },
  reference: ({ x }) => ({ out: x }),
};

function complaint(spec: unknown): string {
  try {
    parseSpec(spec, "my.spec.ts");
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return "nothing";
}

describe("a kernel's spec", () => {
  it("is taken where every field is right", () => {
    const { reference, ...fields } = right;
    expect(parseSpec(right, "my.spec.ts")).toMatchObject(fields);
    expect(parseSpec({ ...right, workgroups: 7 }, "my.spec.ts").workgroups).toBe(7);
    expect(reference).toBe(right.reference);
  });

  it.each([
    [{ ...right, inputs: { x: { shape: [3, 0.5] } } }, "inputs.x.shape.1"],
    [{ ...right, inputs: { x: {} } }, "inputs.x.shape"],
    [{ ...right, inputs: { x: { shape: [3], dtype: "f64" } } }, "inputs.x.dtype"],
    [{ ...right, inputs: { x: { shape: [3], size: 4 } } }, "inputs.x.size"],
    [{ ...right, inputs: { x: { shape: [3], fill: { kind: "gaussian" } } } }, "inputs.x.fill.kind"],
    [{ ...right, inputs: { x: { shape: [3], fill: { kind: "uniform", low: 0 } } } }, "inputs.x.fill.high"],
    [{ ...right, outputs: {} }, "outputs"],
    [{ ...right, constants: { WG: -1 } }, "constants.WG"],
    [{ ...right, params: { rows: "3" } }, "params.rows"],
    [{ ...right, workgroups: [] }, "workgroups"],
    [{ ...right, workgroups: 0 }, "workgroups"],
    [{ ...right, inPlace: { out: "y" } }, "inPlace.out"],
    [{ ...right, inPlace: { result: "x" } }, "inPlace.result"],
    [{ ...right, reference: 1 }, "reference"],
    [{ ...right, workgroup: 1 }, "workgroup"],
    [null, "the default export"],
  ])("that is wrong is refused in one line that names the field, %#", (spec, field) => {
    const message = complaint(spec);
    expect(message).toContain(`my.spec.ts: ${field} `);
    expect(message).not.toContain("\n");
  });

  it("says so where the reference gives other numbers than its shapes promise", () => {
    const short = parseSpec({ ...right, reference: () => ({ out: [1, 2] }) }, "my.spec.ts");
    const none = parseSpec({ ...right, reference: () => ({}) }, "my.spec.ts");
    const inputs = { x: new Float64Array(60), scale: new Float64Array(3) };
    expect(() => short.reference(inputs)).toThrow("reference() gives out the wrong length; got 2 elements");
    expect(() => none.reference(inputs)).toThrow("reference() gives no numbers for out");
  });
});
