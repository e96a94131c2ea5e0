import { UsageError } from "../device/errors.ts";
import type { StepValues } from "../kernels/step.ts";
import { firstStep } from "../kernels/step.ts";
import type { DType, Shape } from "../kernels/types.ts";
import { elementCount } from "../kernels/types.ts";
import type { CaseInput, Fill, Tolerance } from "./case.ts";

/**
 * What `wgrad check my.wgsl --spec my.spec.ts` needs to know of a kernel: what it reads, what it writes, and what must
 * come out. The file's default export. The kernel follows the conventions of `shaders/README.md`: its bindings bear the names
 * of inputs and outputs, then `params`.
 *
 *     export default {
 *       inputs: { x: { shape: [3, 20] }, scale: { shape: [3] } },
 *       outputs: { out: { shape: [3, 20] } },
 *       params: { rows: 3, columns: 20 },
 *       workgroups: 1,
 *       reference: ({ x, scale }) => ({ out: x.map((value, i) => value * (scale[Math.floor(i / 20)] ?? 0)) }),
 *     } satisfies KernelSpec<"x" | "scale">;
 */
export interface KernelSpec<Inputs extends string = string> {
  /** The entry point; the file's only one by default. */
  readonly kernel?: string;
  /** By the names of their bindings. `{}` for a kernel that reads nothing. */
  readonly inputs: Readonly<Record<Inputs, SpecInput>>;
  /** By the names of their bindings; at least one. */
  readonly outputs: Readonly<Record<string, SpecOutput>>;
  /** Values of the file's leading `const NAME: u32`; what the file says by default. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Every field of the file's `struct Params`. */
  readonly params?: Readonly<Record<string, number>>;
  /** Fields of the step uniform of `lib/step.wgsl`, for a kernel that includes it. */
  readonly step?: Partial<StepValues>;
  /**
   * How many workgroups: a number is folded below the limit of one dimension, as `flat_workgroup` of `lib/grid.wgsl`
   * expects it; three numbers are dispatched as they are.
   */
  readonly workgroups: number | readonly [x: number, y: number, z: number];
  /**
   * Outputs that take over the storage of an input of the same shape and dtype: output's name to input's. The output's
   * binding holds the input's values when the kernel begins, and the input has no binding of its own.
   */
  readonly inPlace?: Readonly<Record<string, Inputs>>;
  /**
   * The elements that must come out, row-major, computed plainly from the inputs, which come as `Float64Array` whatever their
   * dtype, with values that the dtype holds.
   */
  reference(inputs: Readonly<Record<Inputs, Float64Array>>): Readonly<Record<string, ArrayLike<number>>>;
}

/** `fill` says how elements are drawn: standard normal numbers by default. */
export type SpecInput = CaseInput;

export interface SpecOutput {
  readonly shape: Shape;
  /** f32 by default. */
  readonly dtype?: DType;
  /** Error allowed in its elements; `elementwise`, 1e-5 + 1.3e-6 · |reference|, by default. */
  readonly tolerance?: Tolerance;
}

/**
 * Makes sure that a value is a spec.
 * @param where the file it comes from, for errors
 * @throws UsageError that names the first field that is wrong, in one line
 */
export function parseKernelSpec(value: unknown, where: string): KernelSpec {
  const faults = faultsOf(value);
  const first = faults.next();
  if (!first.done) {
    const { field, problem, got } = first.value;
    throw new UsageError({ where: `${where}: ${field}`, problem, got: written(got) });
  }
  // Every field has been looked at.
  return value as KernelSpec;
}

interface Fault {
  readonly field: string;
  readonly problem: string;
  readonly got: unknown;
}

type Faults = Generator<Fault, void>;
type Fields = Readonly<Record<string, unknown>>;

const known = [
  "kernel",
  "inputs",
  "outputs",
  "constants",
  "params",
  "step",
  "workgroups",
  "inPlace",
  "reference",
];

function* faultsOf(spec: unknown): Faults {
  if (!isObject(spec)) return yield fault("default export", "no spec: an object is wanted", spec);
  yield* unknownFields("", spec, known);
  const { kernel, inputs, outputs, constants, params, step, workgroups, inPlace, reference } = spec;
  if (kernel !== undefined && typeof kernel !== "string")
    yield fault("kernel", "the name of an entry point is wanted", kernel);
  yield* tensorFaults("inputs", inputs, inputFaults);
  yield* tensorFaults("outputs", outputs, outputFaults);
  if (isObject(inputs) && isObject(outputs)) yield* nameFaults(inputs, outputs);
  if (constants !== undefined)
    yield* numberFaults("constants", constants, isCount, "an integer from 0 is wanted");
  if (params !== undefined)
    yield* numberFaults("params", params, Number.isFinite, "a finite number is wanted");
  if (step !== undefined) yield* stepFaults(step);
  yield* workgroupFaults(workgroups);
  if (inPlace !== undefined) yield* inPlaceFaults(inPlace, inputs, outputs);
  if (typeof reference !== "function")
    yield fault("reference", "a function of the inputs is wanted", reference);
}

function* tensorFaults(
  field: string,
  tensors: unknown,
  each: (field: string, tensor: Fields) => Faults,
): Faults {
  if (!isObject(tensors)) return yield fault(field, "an object of tensors by name is wanted", tensors);
  if (field === "outputs" && Object.keys(tensors).length === 0)
    yield fault(field, "at least one output is wanted", tensors);
  for (const [name, tensor] of Object.entries(tensors)) {
    const own = `${field}.${name}`;
    if (name === "params") yield fault(own, "`params` is the uniform's binding", tensor);
    if (!isObject(tensor)) return yield fault(own, "an object with a shape is wanted", tensor);
    yield* shapeFaults(`${own}.shape`, tensor["shape"]);
    if (tensor["dtype"] !== undefined && !isOneOf(tensor["dtype"], dtypes))
      yield fault(`${own}.dtype`, `one of ${dtypes.join(", ")} is wanted`, tensor["dtype"]);
    yield* each(own, tensor);
  }
}

const dtypes: readonly DType[] = ["f32", "u32", "i32"];

function* shapeFaults(field: string, shape: unknown): Faults {
  if (!Array.isArray(shape)) return yield fault(field, "an array of sizes is wanted", shape);
  for (const size of shape)
    if (!isCount(size) || size === 0) yield fault(field, "a size is no positive integer", size);
}

function* inputFaults(field: string, input: Fields): Faults {
  yield* unknownFields(`${field}.`, input, ["shape", "dtype", "fill"]);
  const { fill, shape } = input;
  if (fill === undefined) return;
  if (!isObject(fill)) return yield fault(`${field}.fill`, "an object with a kind is wanted", fill);
  const kind = fill["kind"];
  if (!isOneOf(kind, fillKinds)) {
    return yield fault(`${field}.fill.kind`, `one of ${fillKinds.join(", ")} is wanted`, kind);
  }
  const { fields, needed } = fillFields[kind];
  yield* unknownFields(`${field}.fill.`, fill, ["kind", ...fields]);
  for (const name of needed)
    if (fill[name] === undefined)
      yield fault(`${field}.fill.${name}`, `a fill of ${kind} numbers wants it`, undefined);
  for (const name of fields) {
    const own = fill[name];
    if (own === undefined) continue;
    if (name === "values") yield* listFaults(`${field}.fill.values`, own, shape);
    else if (!Number.isFinite(own)) yield fault(`${field}.fill.${name}`, "a finite number is wanted", own);
  }
}

const fillKinds: readonly Fill["kind"][] = ["normal", "uniform", "distinct", "indices", "values"];

const fillFields: Readonly<Record<Fill["kind"], { fields: readonly string[]; needed: readonly string[] }>> = {
  normal: { fields: ["scale"], needed: [] },
  uniform: { fields: ["low", "high"], needed: ["low", "high"] },
  distinct: { fields: ["gap"], needed: [] },
  indices: { fields: ["below"], needed: ["below"] },
  values: { fields: ["values"], needed: ["values"] },
};

/** NaN and infinities may be given on purpose. */
function* listFaults(field: string, values: unknown, shape: unknown): Faults {
  if (!Array.isArray(values)) return yield fault(field, "an array of numbers is wanted", values);
  const wrong = values.findIndex((value) => typeof value !== "number");
  if (wrong >= 0) yield fault(`${field}[${wrong}]`, "a number is wanted", values[wrong]);
  const count = elementCount(Array.isArray(shape) ? shape : []);
  if (values.length !== count)
    yield fault(field, `${count} values are wanted, as the shape says`, values.length);
}

function* outputFaults(field: string, output: Fields): Faults {
  yield* unknownFields(`${field}.`, output, ["shape", "dtype", "tolerance"]);
  const { tolerance } = output;
  if (tolerance === undefined) return;
  const own = `${field}.tolerance`;
  if (!isObject(tolerance)) return yield fault(own, "an object with a kind is wanted", tolerance);
  const { kind, terms, magnitude } = tolerance;
  if (!isOneOf(kind, toleranceKinds))
    return yield fault(`${own}.kind`, `one of ${toleranceKinds.join(", ")} is wanted`, kind);
  if (kind !== "reduction") return yield* unknownFields(`${own}.`, tolerance, ["kind"]);
  yield* unknownFields(`${own}.`, tolerance, ["kind", "terms", "magnitude"]);
  if (!isCount(terms) || terms === 0)
    yield fault(`${own}.terms`, "the number of terms of a sum is wanted", terms);
  if (magnitude !== undefined && !Number.isFinite(magnitude))
    yield fault(`${own}.magnitude`, "a finite number is wanted", magnitude);
}

const toleranceKinds: readonly Tolerance["kind"][] = ["elementwise", "reduction", "exact"];

function* nameFaults(inputs: Fields, outputs: Fields): Faults {
  for (const name of Object.keys(outputs))
    if (name in inputs)
      yield fault(`outputs.${name}`, "an input has this name; `inPlace` pairs two names", name);
}

function* numberFaults(
  field: string,
  numbers: unknown,
  fits: (value: unknown) => boolean,
  problem: string,
): Faults {
  if (!isObject(numbers)) return yield fault(field, "an object of numbers by name is wanted", numbers);
  for (const [name, value] of Object.entries(numbers))
    if (!fits(value)) yield fault(`${field}.${name}`, problem, value);
}

function* stepFaults(step: unknown): Faults {
  yield* numberFaults("step", step, Number.isFinite, "a finite number is wanted");
  if (isObject(step)) yield* unknownFields("step.", step, Object.keys(firstStep));
}

function* workgroupFaults(workgroups: unknown): Faults {
  const counts = Array.isArray(workgroups) ? workgroups : [workgroups];
  const sized = !Array.isArray(workgroups) || workgroups.length === 3;
  if (!sized || !counts.every((count) => isCount(count) && count > 0))
    yield fault("workgroups", "a positive integer or three of them are wanted", workgroups);
}

function* inPlaceFaults(inPlace: unknown, inputs: unknown, outputs: unknown): Faults {
  if (!isObject(inPlace))
    return yield fault("inPlace", "an object of inputs' names by output is wanted", inPlace);
  const taken = new Set<unknown>();
  for (const [output, input] of Object.entries(inPlace)) {
    const field = `inPlace.${output}`;
    const to = isObject(outputs) ? outputs[output] : undefined;
    const from = isObject(inputs) && typeof input === "string" ? inputs[input] : undefined;
    if (!isObject(to)) return yield fault(field, "there is no such output", output);
    if (!isObject(from)) return yield fault(field, "there is no such input", input);
    if (taken.has(input)) yield fault(field, "another output takes this input over", input);
    taken.add(input);
    if (typeOf(to) !== typeOf(from))
      yield fault(field, "output and input differ in shape or dtype", typeOf(from));
  }
}

/** As `fill.ts` has it: indices are u32 where nothing is said. */
function typeOf({ shape, dtype, fill }: Fields): string {
  const indices = isObject(fill) && fill["kind"] === "indices";
  return `${String(dtype ?? (indices ? "u32" : "f32"))}[${String(shape)}]`;
}

function* unknownFields(prefix: string, value: Fields, names: readonly string[]): Faults {
  for (const name of Object.keys(value))
    if (!names.includes(name))
      yield fault(`${prefix}${name}`, `unknown; fields are ${names.join(", ")}`, value[name]);
}

const fault = (field: string, problem: string, got: unknown): Fault => ({ field, problem, got });

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function isOneOf<Choice>(value: unknown, choices: readonly Choice[]): value is Choice {
  return choices.some((choice) => choice === value);
}

/** Short, and on one line. */
function written(value: unknown): string {
  if (typeof value === "function") return "a function";
  const text = (typeof value === "object" ? JSON.stringify(value) : String(value)) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
