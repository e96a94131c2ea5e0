import { CheckpointError, UsageError } from "../device/errors.ts";
import type { State } from "../graph/leaves.ts";
import type { Shape, TypedArray } from "../kernels/types.ts";
import { elementCount, formatShape, sameShape } from "../kernels/types.ts";
import type { ParameterSet } from "../nn/parameters.ts";
import type { SafetensorsFile, SafetensorsTensor } from "./safetensors.ts";
import { toFloat32 } from "./safetensors.ts";

/**
 * How a tensor lies in the file:
 * - `same`: as in wgrad. Vectors, embeddings, what wgrad itself wrote.
 * - `linear`: PyTorch's Linear, [out, in]; wgrad's dense has [in, out].
 * - `conv2d`: PyTorch's Conv2d, [out, in / groups, height, width]; wgrad has [height, width, in / groups, out].
 * - `conv1d`: PyTorch's Conv1d, [out, in / groups, length]; wgrad has [length, in / groups, out].
 */
export type WeightLayout = "same" | "linear" | "conv2d" | "conv1d";

/** Where a parameter or buffer of the model comes from. */
export interface WeightSource {
  /** The tensor's name in the file. */
  readonly from: string;
  /**
   * By default `same` for one axis, `linear` for two, `conv1d` for three, `conv2d` for four, which is how PyTorch has dense
   * layers and convolutions.
   */
  readonly layout?: WeightLayout;
  /**
   * For the first dense layer after a flatten: the [channels, height, width] that PyTorch flattened. Its inputs come in that
   * order in the file, and in wgrad, whose images are NHWC, as [height, width, channels].
   */
  readonly flattenedFrom?: readonly [channels: number, height: number, width: number];
}

/** For each parameter and buffer of the model its place in the file; a name alone takes the default layout. */
export type WeightMap = Readonly<Record<string, string | WeightSource>>;

export interface ImportOptions {
  /** Tensors of the file that are not wanted; without it, each has to be used. */
  readonly ignore?: (name: string) => boolean;
}

/** What takes the values: an engine. */
export interface WeightHolder {
  writeState(state: State, values: TypedArray): void;
}

/**
 * Gives a model the weights of a file that PyTorch, or another library with its layouts, wrote. Nothing is written unless
 * everything fits. F16, BF16 and F64 become f32.
 *
 * ```ts
 * importWeights(engine, model.parameterSet, readSafetensors(bytes), {
 *   "layer0.conv2d.weights": "features.0.weight",
 *   "layer0.conv2d.bias": "features.0.bias",
 *   "layer4.dense.weights": { from: "classifier.weight", flattenedFrom: [16, 7, 7] },
 *   "layer4.dense.bias": "classifier.bias",
 * });
 * ```
 *
 * @param map of each parameter and buffer; see `weightsInOrder` for a file in the model's order
 * @throws CheckpointError that lists all tensors that are missing, left over or of another shape; UsageError where the map
 * lacks a parameter or names one that is not there
 */
export function importWeights(
  holder: WeightHolder,
  parameters: ParameterSet,
  file: SafetensorsFile,
  map: WeightMap,
  { ignore = () => false }: ImportOptions = {},
): void {
  const targets = targetsOf(parameters);
  expectComplete(targets, map);
  const faults: string[] = [];
  const used = new Set<string>();
  const flats = new Map<State, Float32Array>();
  for (const { name, shape, state, offset } of targets) {
    const source = sourceOf(map[name] ?? name);
    used.add(source.from);
    const tensor = file.tensors.get(source.from);
    if (!tensor) {
      faults.push(`${source.from}: missing, for ${name}`);
      continue;
    }
    const layout = source.layout ?? layoutOf(shape);
    const wanted = foreignShape(shape, layout, name);
    if (!sameShape(tensor.shape, wanted)) {
      const got = `${tensor.dtype} ${formatShape(tensor.shape)}`;
      faults.push(`${source.from}: the file has ${got}, ${name} takes ${formatShape(wanted)} as ${layout}`);
      continue;
    }
    const flat = flats.get(state) ?? new Float32Array(elementCount(state.type.shape));
    flats.set(state, flat);
    flat.set(converted(tensor, shape, layout, source, name), offset);
  }
  for (const name of file.tensors.keys())
    if (!used.has(name) && !ignore(name)) faults.push(`${name}: in no place of the map`);
  if (faults.length > 0) {
    const shown = faults.slice(0, 12).map((fault) => `\n  ${fault}`);
    const rest = faults.length > shown.length ? `\n  and ${faults.length - shown.length} more` : "";
    throw new CheckpointError({
      where: "importWeights",
      problem: `the file does not fit the map${shown.join("")}${rest}`,
    });
  }
  for (const [state, flat] of flats) holder.writeState(state, flat);
}

/**
 * A map by order: the names that PyTorch lists, `list(model.state_dict())`, for the model's parameters and then its
 * buffers. A safetensors file by itself does not tell: PyTorch's are sorted by name.
 * @param changes what the defaults do not say, by the model's names: a `flattenedFrom`, a layout
 * @throws UsageError where there are more or fewer names
 */
export function weightsInOrder(
  parameters: ParameterSet,
  names: readonly string[],
  changes: Readonly<Record<string, Omit<WeightSource, "from">>> = {},
): WeightMap {
  const own = targetsOf(parameters).map(({ name }) => name);
  if (names.length !== own.length) {
    throw new UsageError({
      where: "weightsInOrder",
      problem: "there are not as many names as the model has tensors",
      got: `${names.length}: ${names.slice(0, 12).join(", ")}`,
      expected: `${own.length}: ${own.slice(0, 12).join(", ")}`,
    });
  }
  return Object.fromEntries(own.map((name, at) => [name, { from: names[at] ?? "", ...changes[name] }]));
}

interface Target {
  readonly name: string;
  readonly shape: Shape;
  readonly state: State;
  readonly offset: number;
}

function targetsOf({ state, parameters, buffers }: ParameterSet): Target[] {
  return [
    ...parameters.map(({ name, shape, offset }) => ({ name, shape, state, offset })),
    ...buffers.map(({ name, shape, state: own }) => ({ name, shape, state: own, offset: 0 })),
  ];
}

function expectComplete(targets: readonly Target[], map: WeightMap): void {
  const known = new Set(targets.map(({ name }) => name));
  const missing = targets.filter(({ name }) => !Object.hasOwn(map, name)).map(({ name }) => name);
  const unknown = Object.keys(map).filter((name) => !known.has(name));
  if (missing.length === 0 && unknown.length === 0) return;
  const parts = [
    missing.length > 0 ? `it lacks ${missing.join(", ")}` : "",
    unknown.length > 0 ? `the model has no ${unknown.join(", ")}` : "",
  ];
  const problem = `the map is not of this model: ${parts.filter(Boolean).join("; ")}`;
  throw new UsageError({ where: "importWeights(map)", problem });
}

const sourceOf = (place: string | WeightSource): WeightSource =>
  typeof place === "string" ? { from: place } : place;

function layoutOf(shape: Shape): WeightLayout {
  const layouts: readonly WeightLayout[] = ["same", "same", "linear", "conv1d", "conv2d"];
  return layouts[shape.length] ?? "same";
}

/** For each axis of wgrad's tensor, which axis of the file's it is. */
function axesOf(layout: WeightLayout, rank: number, name: string): readonly number[] {
  const axes = { linear: [1, 0], conv1d: [2, 1, 0], conv2d: [2, 3, 1, 0] } as const;
  if (layout === "same") return Array.from({ length: rank }, (_, axis) => axis);
  if (axes[layout].length === rank) return axes[layout];
  const expected = `${axes[layout].length} axes`;
  throw new UsageError({
    where: `importWeights(${name})`,
    problem: `the layout ${layout} is not for this parameter`,
    got: `${rank} axes`,
    expected,
  });
}

function foreignShape(shape: Shape, layout: WeightLayout, name: string): Shape {
  const foreign = Array.from(shape);
  axesOf(layout, shape.length, name).forEach((axis, own) => {
    foreign[axis] = shape[own] ?? 0;
  });
  return foreign;
}

/** The values in wgrad's layout. */
function converted(
  tensor: SafetensorsTensor,
  shape: Shape,
  layout: WeightLayout,
  { flattenedFrom }: WeightSource,
  name: string,
): Float32Array {
  const values = transposed(
    toFloat32(tensor, `importWeights(${name})`),
    tensor.shape,
    axesOf(layout, shape.length, name),
  );
  if (!flattenedFrom) return values;
  const [channels, height, width] = flattenedFrom;
  const [inputs, units] = shape;
  if (shape.length !== 2 || inputs !== channels * height * width || units === undefined) {
    throw new UsageError({
      where: `importWeights(${name}, flattenedFrom)`,
      problem: "the parameter has not so many inputs",
      got: formatShape(flattenedFrom),
      expected: `a product of ${shape[0]}, for weights [inputs, units]`,
    });
  }
  // The inputs [channels, height, width] become [height, width, channels].
  return transposed(values, [channels, height, width, units], [1, 2, 0, 3]);
}

/** @param axes for each axis of the result, which one of the values' it is */
function transposed(values: Float32Array, shape: Shape, axes: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
  const sizes = axes.map((axis) => shape[axis] ?? 1);
  const steps = axes.map((axis) => strides[axis] ?? 1);
  const result = new Float32Array(values.length);
  const place = sizes.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = values[from] ?? 0;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const next = (place[axis] ?? 0) + 1;
      from += steps[axis] ?? 0;
      if (next < (sizes[axis] ?? 1)) {
        place[axis] = next;
        break;
      }
      from -= next * (steps[axis] ?? 0);
      place[axis] = 0;
    }
  }
  return result;
}
