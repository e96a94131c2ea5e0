import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/device/errors.ts";
import { parseKernelSpec } from "../../src/validation/kernel_spec.ts";

const right = {
  inputs: { x: { shape: [3, 20] }, scale: { shape: [3], fill: { kind: "uniform", low: 0, high: 2 } } },
  outputs: { out: { shape: [3, 20], tolerance: { kind: "reduction", terms: 20 } } },
  constants: { WG: 64 },
  params: { rows: 3, columns: 20 },
  step: { index: 3 },
  workgroups: [1, 1, 1],
  inPlace: { out: "x" },
  reference: () => ({ out: [] }),
};

/** The spec with one field changed, given by its path; `undefined` leaves it out. */
function changed(path: string, value: unknown): unknown {
  const spec = structuredClone({ ...right, reference: null }) as Record<string, unknown>;
  spec["reference"] = right.reference;
  const names = path.split(".");
  const last = names.pop() ?? "";
  let place: Record<string, unknown> = spec;
  for (const name of names) {
    place[name] ??= {};
    place = place[name] as Record<string, unknown>;
  }
  if (value === undefined) delete place[last];
  else place[last] = value;
  return spec;
}

function complaint(spec: unknown): string {
  try {
    parseKernelSpec(spec, "my.spec.ts");
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return "nothing";
}

describe("a kernel's spec", () => {
  it("is taken as it is where every field is right", () => {
    expect(parseKernelSpec(right, "my.spec.ts")).toBe(right);
    for (const field of ["constants", "params", "step", "inPlace"])
      expect(complaint(changed(field, undefined))).toBe("nothing");
    expect(complaint(changed("workgroups", 7))).toBe("nothing");
    expect(complaint(changed("inputs", {}))).toContain("inPlace.out");
  });

  it.each([
    ["kernel", 3, "kernel: the name of an entry point is wanted; got 3"],
    ["inputs", [], "inputs: an object of tensors by name is wanted; got []"],
    ["inputs.x", null, "inputs.x: an object with a shape is wanted; got null"],
    ["inputs.x.shape", 20, "inputs.x.shape: an array of sizes is wanted; got 20"],
    ["inputs.x.shape", [3, 0.5], "inputs.x.shape: a size is no positive integer; got 0.5"],
    ["inputs.x.shape", undefined, "inputs.x.shape: an array of sizes is wanted; got undefined"],
    ["inputs.x.dtype", "f64", "inputs.x.dtype: one of f32, u32, i32 is wanted; got f64"],
    ["inputs.x.size", 4, "inputs.x.size: unknown; fields are shape, dtype, fill; got 4"],
    ["inputs.x.fill", "normal", "inputs.x.fill: an object with a kind is wanted; got normal"],
    [
      "inputs.x.fill.kind",
      "gaussian",
      "inputs.x.fill.kind: one of normal, uniform, distinct, indices, values is wanted; got gaussian",
    ],
    [
      "inputs.scale.fill.low",
      undefined,
      "inputs.scale.fill.low: a fill of uniform numbers wants it; got undefined",
    ],
    ["inputs.scale.fill.high", "2", "inputs.scale.fill.high: a finite number is wanted; got 2"],
    ["inputs.scale.fill.gap", 1, "inputs.scale.fill.gap: unknown; fields are kind, low, high; got 1"],
    [
      "inputs.scale.fill",
      { kind: "values", values: [1, 2] },
      "inputs.scale.fill.values: 3 values are wanted, as the shape says; got 2",
    ],
    ["inputs.params", { shape: [1] }, 'inputs.params: `params` is the uniform\'s binding; got {"shape":[1]}'],
    ["outputs", {}, "outputs: at least one output is wanted; got {}"],
    ["outputs.x", { shape: [1] }, "outputs.x: an input has this name; `inPlace` pairs two names; got x"],
    [
      "outputs.out.tolerance.kind",
      "loose",
      "outputs.out.tolerance.kind: one of elementwise, reduction, exact is wanted; got loose",
    ],
    [
      "outputs.out.tolerance.terms",
      undefined,
      "outputs.out.tolerance.terms: the number of terms of a sum is wanted; got undefined",
    ],
    ["constants.WG", -1, "constants.WG: an integer from 0 is wanted; got -1"],
    ["params.rows", Number.NaN, "params.rows: a finite number is wanted; got NaN"],
    ["step.index", "7", "step.index: a finite number is wanted; got 7"],
    ["workgroups", undefined, "workgroups: a positive integer or three of them are wanted; got undefined"],
    ["workgroups", [1, 2], "workgroups: a positive integer or three of them are wanted; got [1,2]"],
    ["inPlace.result", "x", "inPlace.result: there is no such output; got result"],
    ["inPlace.out", "y", "inPlace.out: there is no such input; got y"],
    ["inPlace.out", "scale", "inPlace.out: output and input differ in shape or dtype; got f32[3]"],
    ["reference", 1, "reference: a function of the inputs is wanted; got 1"],
    ["workgroup", 1, "workgroup: unknown; fields are"],
  ])("that is wrong at %s, %j, is refused in one line that names it", (path, value, expected) => {
    const message = complaint(changed(path, value));
    expect(message).toContain(`my.spec.ts: ${expected}`);
    expect(message).not.toContain("\n");
  });

  it.each([null, 3, "spec", [right]])("is no %j", (value) => {
    expect(complaint(value)).toMatch(/^my\.spec\.ts: default export: no spec: an object is wanted; got /);
  });
});

describe("the examples of kernels", () => {
  const folder = new URL("../../docs/examples/kernels/", import.meta.url);
  const names = readdirSync(folder).flatMap((file) => (file.endsWith(".wgsl") ? [file.slice(0, -5)] : []));

  it("are one right kernel and five wrong ones", () => {
    expect(names.length).toBe(6);
  });

  it.each(names)("%s has a spec that names its bindings, parameters and constants", async (name) => {
    const source = readFileSync(new URL(`${name}.wgsl`, folder), "utf8");
    const module: { default: unknown } = await import(new URL(`${name}.spec.ts`, folder).href);
    const spec = parseKernelSpec(module.default, `${name}.spec.ts`);
    expect(source.startsWith(`// ${name}: `)).toBe(true);
    const bound = [...source.matchAll(/@group\(0\) @binding\(\d\) var<[^>]*> (\w+):/g)].map(
      ([, binding]) => binding,
    );
    const taken: string[] = Object.values(spec.inPlace ?? {});
    const inputs = Object.keys(spec.inputs).filter((input) => !taken.includes(input));
    expect(bound).toEqual([...inputs, ...Object.keys(spec.outputs), "params"]);
    const fields = [...(/struct Params \{([^}]*)\}/.exec(source)?.[1] ?? "").matchAll(/(\w+):/g)];
    expect(Object.keys(spec.params ?? {})).toEqual(fields.map(([, field]) => field));
    for (const constant of Object.keys(spec.constants ?? {}))
      expect(source).toMatch(`const ${constant}: u32 = `);
  });
});
