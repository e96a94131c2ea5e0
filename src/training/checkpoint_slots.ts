import type { State } from "../graph/leaves.ts";
import type { Shape } from "../kernels/types.ts";
import { elementCount, formatShape, sameShape } from "../kernels/types.ts";
import type { ParameterSet } from "../nn/parameters.ts";
import type { SafetensorsTensor } from "./safetensors.ts";

/** What an optimizer remembers, by name. */
export type NamedStates = ReadonlyMap<string, State>;

/** A tensor of a checkpoint and where its elements lie. */
export interface Slot {
  readonly name: string;
  readonly shape: Shape;
  readonly state: State;
  /** First element in the state. */
  readonly offset: number;
}

const OPTIMIZER = "optimizer.";

export const isOfOptimizer = (name: string): boolean => name.startsWith(OPTIMIZER);

/**
 * The tensors of a model, and of what an optimizer remembers of it: a tensor a parameter where a state is laid out as the
 * parameters are, else the whole state.
 */
export function slotsOf(parameters: ParameterSet, moments: NamedStates = new Map()): Slot[] {
  const views = (state: State, prefix: string): Slot[] =>
    parameters.parameters.map(({ name, shape, offset }) => ({ name: prefix + name, shape, state, offset }));
  const remembered = [...moments].flatMap(([name, state]) =>
    elementCount(state.type.shape) === parameters.length && state.type.dtype === "f32"
      ? views(state, `${OPTIMIZER}${name}.`)
      : [{ name: OPTIMIZER + name, shape: state.type.shape, state, offset: 0 }],
  );
  const buffers = parameters.buffers.map(({ name, shape, state }) => ({ name, shape, state, offset: 0 }));
  return [...views(parameters.state, ""), ...remembered, ...buffers];
}

/** The dtype of a state's tensors in a file; f16, which the host holds as f32, stays exact that way. */
export function storedAs({ type }: State): "F32" | "U32" | "I32" {
  switch (type.dtype) {
    case "f32":
    case "f16":
      return "F32";
    case "u32":
      return "U32";
    case "i32":
      return "I32";
    default:
      return type.dtype satisfies never;
  }
}

/** A tensor that a file and a model do not have alike. */
export interface TensorDifference {
  readonly kind: "missing" | "unknown" | "other";
  readonly name: string;
  /** Dtype and shape in the file; undefined where it is not there. */
  readonly got: string | undefined;
  /** Dtype and shape in the model; undefined where it is not there. */
  readonly expected: string | undefined;
}

/** All tensors in which a file differs from what it should hold: those of the model in its order, then what is unknown. */
export function differencesOf(
  slots: readonly Slot[],
  tensors: ReadonlyMap<string, SafetensorsTensor>,
): TensorDifference[] {
  const differences = slots.flatMap(({ name, shape, state }): TensorDifference[] => {
    const dtype = storedAs(state);
    const expected = `${dtype} ${formatShape(shape)}`;
    const tensor = tensors.get(name);
    if (!tensor) return [{ kind: "missing", name, got: undefined, expected }];
    if (tensor.dtype === dtype && sameShape(tensor.shape, shape)) return [];
    return [{ kind: "other", name, got: `${tensor.dtype} ${formatShape(tensor.shape)}`, expected }];
  });
  const known = new Set(slots.map(({ name }) => name));
  const unknown = [...tensors].flatMap(([name, { dtype, shape }]): TensorDifference[] =>
    known.has(name)
      ? []
      : [{ kind: "unknown", name, got: `${dtype} ${formatShape(shape)}`, expected: undefined }],
  );
  return [...differences, ...unknown];
}

/** Lines of a message; the rest is counted. */
const mostShown = 12;

/** How many tensors differ and how; then a line for each of the first dozen. */
export function differenceText(differences: readonly TensorDifference[]): string {
  const count = (kind: TensorDifference["kind"]): number =>
    differences.filter((difference) => difference.kind === kind).length;
  const counts: readonly [number, string][] = [
    [count("missing"), "missing in the file"],
    [count("unknown"), "unknown to the model"],
    [count("other"), "of another shape or dtype"],
  ];
  const summary = counts.flatMap(([number, what]) => (number > 0 ? [`${number} ${what}`] : [])).join(", ");
  const shown = differences.slice(0, mostShown).map((difference) => `\n  ${line(difference)}`);
  const rest = differences.length - shown.length;
  return `tensors ${summary}${shown.join("")}${rest > 0 ? `\n  and ${rest} more` : ""}`;
}

function line({ kind, name, got, expected }: TensorDifference): string {
  switch (kind) {
    case "missing":
      return `${name}: missing, the model has ${expected}`;
    case "unknown":
      return `${name}: unknown, the file has ${got}`;
    case "other":
      return `${name}: the file has ${got}, the model ${expected}`;
    default:
      return kind satisfies never;
  }
}
