import * as v from "valibot";
import { UsageError } from "../../device/errors.ts";
import { elementCount, formatShape } from "../../kernels/types.ts";
import type { KernelSpec } from "./kernel_spec.ts";

const size = v.pipe(v.number(), v.integer(), v.minValue(1));
const shape = v.array(size);
const dtype = v.picklist(["f32", "u32", "i32"]);
const name = v.pipe(v.string(), v.regex(/^[A-Za-z_]\w*$/, "Expected a name of WGSL"));

const fill = v.variant("kind", [
  v.strictObject({ kind: v.literal("normal"), scale: v.exactOptional(v.number()) }),
  v.strictObject({ kind: v.literal("uniform"), low: v.number(), high: v.number() }),
  v.strictObject({ kind: v.literal("distinct"), gap: v.exactOptional(v.number()) }),
  v.strictObject({ kind: v.literal("indices"), below: size }),
  v.strictObject({ kind: v.literal("values"), values: v.array(v.number()) }),
]);

const tolerance = v.variant("kind", [
  v.strictObject({ kind: v.literal("elementwise") }),
  v.strictObject({ kind: v.literal("reduction"), terms: size, magnitude: v.exactOptional(v.number()) }),
  v.strictObject({ kind: v.literal("exact") }),
]);

const groups = v.pipe(v.number(), v.integer(), v.minValue(1));

const schema = v.strictObject({
  inputs: v.record(
    name,
    v.strictObject({ shape, dtype: v.exactOptional(dtype), fill: v.exactOptional(fill) }),
  ),
  outputs: v.pipe(
    v.record(
      name,
      v.strictObject({ shape, dtype: v.exactOptional(dtype), tolerance: v.exactOptional(tolerance) }),
    ),
    v.check((outputs) => Object.keys(outputs).length > 0, "Expected at least one output"),
  ),
  constants: v.exactOptional(v.record(name, v.pipe(v.number(), v.integer(), v.minValue(0)))),
  params: v.exactOptional(v.record(name, v.number())),
  workgroups: v.union(
    [
      groups,
      v.strictTuple([groups]),
      v.strictTuple([groups, groups]),
      v.strictTuple([groups, groups, groups]),
    ],
    "Expected a number of workgroups, or up to three",
  ),
  inPlace: v.exactOptional(v.record(name, name)),
  seed: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  reference: v.function(),
});

/**
 * Makes sure of what a spec file exports by default.
 * @param where the file, for messages
 * @throws UsageError of one line that names the field
 */
export function parseSpec(value: unknown, where: string): KernelSpec {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const field = v.getDotPath(issue) ?? "the default export";
    throw new UsageError({ where, problem: `${field} is wrong`, got: issue.received, expected: told(issue) });
  }
  const { reference, ...fields } = parsed.output;
  const spec = {
    ...fields,
    reference: (inputs: Inputs) => parseResult(reference(inputs), fields.outputs, where),
  };
  expectPlaces(spec, where);
  return spec;
}

type Inputs = Parameters<KernelSpec["reference"]>[0];

/** What the reference returned: an output each, of the length of its shape. */
function parseResult(
  value: unknown,
  outputs: KernelSpec["outputs"],
  where: string,
): ReturnType<KernelSpec["reference"]> {
  const results = Object.entries(outputs).map(([output, type]) => {
    const result: unknown = Reflect.get(Object(value), output);
    const elements = elementCount(type.shape);
    if (!isListOfNumbers(result))
      throw new UsageError({
        where,
        problem: `reference() gives no numbers for ${output}`,
        got: typeof result,
      });
    if (result.length !== elements)
      throw new UsageError({
        where,
        problem: `reference() gives ${output} the wrong length`,
        got: `${result.length} elements`,
        expected: `${elements} for ${formatShape(type.shape)}`,
      });
    return [output, result] as const;
  });
  return Object.fromEntries(results);
}

function isListOfNumbers(value: unknown): value is ArrayLike<number> {
  if (ArrayBuffer.isView(value)) return !(value instanceof DataView);
  return Array.isArray(value) && value.every((element) => typeof element === "number");
}

const told = ({ expected, message }: v.BaseIssue<unknown>): string =>
  expected ?? message.replace(/^Expected /, "");

function expectPlaces({ inputs, outputs, inPlace = {} }: KernelSpec, where: string): void {
  for (const [output, input] of Object.entries(inPlace)) {
    if (!outputs[output]) throw noSuch(where, `inPlace.${output}`, output, "outputs", Object.keys(outputs));
    if (input === undefined || !inputs[input])
      throw noSuch(where, `inPlace.${output}`, String(input), "inputs", Object.keys(inputs));
  }
}

function noSuch(where: string, field: string, got: string, of: string, names: readonly string[]): UsageError {
  return new UsageError({
    where,
    problem: `${field} names none of the ${of}`,
    got,
    expected: names.join(", "),
  });
}
