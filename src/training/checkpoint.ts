import { CheckpointError } from "../device/errors.ts";
import type { State } from "../graph/leaves.ts";
import type { Shape, TypedArray } from "../kernels/types.ts";
import { elementCount, formatShape, sameShape } from "../kernels/types.ts";
import type { Parameter, ParameterSet } from "../nn/parameters.ts";
import type { PositionFields } from "./position.ts";
import type { SafetensorsFile, SafetensorsTensor } from "./safetensors.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

/** What a checkpoint of a training holds besides tensors. */
export interface TrainingFields extends PositionFields {
  readonly seed: bigint;
  readonly optimizer: string;
  /** JSON of the optimizer's settings; for people. */
  readonly settings: string;
}

/** States of one layout, and the prefix of their tensors' names: none for the parameters themselves. */
export type NamedStates = ReadonlyMap<string, State>;

/** What holds the current values of state. */
export interface StateHolder {
  readState(state: State): Promise<TypedArray>;
  writeState(state: State, values: TypedArray, offset?: number): void;
}

const FORMAT = "wgrad";
const VERSION = "1";

/**
 * A safetensors file: each parameter and buffer under its name, and what the optimizer remembers of it under
 * `optimizer.MOMENT.NAME`. Without training fields, the model alone.
 */
export async function writeCheckpoint(
  holder: StateHolder,
  parameters: ParameterSet,
  inputShape: Shape,
  training?: { readonly fields: TrainingFields; readonly moments: NamedStates },
): Promise<Uint8Array<ArrayBuffer>> {
  const states = statesByPrefix(parameters, training?.moments);
  // All copies are taken before the first is awaited, so that no step gets between them.
  const reads = [...states.map(([, state]) => state), ...parameters.buffers.map(({ state }) => state)];
  const values = await Promise.all(reads.map((state) => holder.readState(state)));
  const trained = states.flatMap(([prefix], index) =>
    parameters.parameters.map((parameter): [string, SafetensorsTensor] => {
      const data = parameter.slice(Float32Array.from(values[index] ?? []));
      return [prefix + parameter.name, { dtype: "F32", shape: parameter.shape, data }];
    }),
  );
  const kept = parameters.buffers.map(({ name, shape }, index): [string, SafetensorsTensor] => {
    const data = Float32Array.from(values[states.length + index] ?? []);
    return [name, { dtype: "F32", shape, data }];
  });
  const tensors = [...trained, ...kept];
  const metadata = { format: FORMAT, version: VERSION, inputShape: JSON.stringify(inputShape) };
  if (!training) return writeSafetensors(tensors, { ...metadata, kind: "model" });
  const { step, epoch, epochStep, source, seed, optimizer, settings } = training.fields;
  const fields = { step, epoch, epochStep, source, seed, optimizer, settings };
  const words = Object.entries(fields).map(([name, value]) => [name, String(value)]);
  return writeSafetensors(tensors, { ...metadata, kind: "training", ...Object.fromEntries(words) });
}

/** A checkpoint as it lies in a file, before it is compared with a model. */
export class Checkpoint {
  readonly file: SafetensorsFile;
  /** Of one example. */
  readonly inputShape: Shape;

  /** @throws CheckpointError where the bytes are no checkpoint of wgrad */
  constructor(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>) {
    this.file = readSafetensors(bytes, "checkpoint");
    const { format, version, inputShape } = this.file.metadata;
    if (format !== FORMAT || version !== VERSION) {
      const got = format === undefined ? "no format" : `format ${format}, version ${version}`;
      const expected = `format ${FORMAT}, version ${VERSION}`;
      throw new CheckpointError({
        where,
        problem: "the file is no checkpoint of this version",
        got,
        expected,
      });
    }
    this.inputShape = parseShape(inputShape);
  }

  /** @throws CheckpointError where the file holds a model alone */
  trainingFields(): TrainingFields {
    const { kind, source, seed, optimizer, settings } = this.file.metadata;
    if (kind !== "training" || seed === undefined || !/^\d+$/.test(seed)) {
      const hint = "load it with loadModel";
      throw new CheckpointError({ where, problem: "the file holds no training", got: `a ${kind}`, hint });
    }
    return {
      step: this.#number("step"),
      epoch: this.#number("epoch"),
      epochStep: this.#number("epochStep"),
      source: source ?? "",
      seed: BigInt(seed),
      optimizer: optimizer ?? "",
      settings: settings ?? "",
    };
  }

  /**
   * Gives a model's state the values of the file. Nothing is written unless everything fits.
   * @param moments what the optimizer remembers; without them, only the parameters are taken
   * @throws CheckpointError where a tensor is missing, of another shape, or unknown
   */
  restore(holder: StateHolder, parameters: ParameterSet, moments?: NamedStates): void {
    const states = statesByPrefix(parameters, moments);
    const trained = states.flatMap(([prefix]) => parameters.parameters.map(({ name }) => prefix + name));
    const expected = [...trained, ...parameters.buffers.map(({ name }) => name)];
    const unknown = [...this.file.tensors.keys()].find(
      (name) => !expected.includes(name) && (moments || !name.startsWith(MOMENTS)),
    );
    if (unknown !== undefined) {
      const problem = "the model has no such parameter";
      throw new CheckpointError({ where: `${where}(${unknown})`, problem, expected: expected.join(", ") });
    }
    const flats = states.map(([prefix]) => {
      const flat = new Float32Array(parameters.length);
      for (const parameter of parameters.parameters)
        parameter.slice(flat).set(this.#values(prefix, parameter));
      return flat;
    });
    const kept = parameters.buffers.map((buffer) => this.#values("", buffer));
    states.forEach(([, state], index) => {
      const flat = flats[index];
      if (flat) holder.writeState(state, flat);
    });
    parameters.buffers.forEach(({ state }, index) => {
      const values = kept[index];
      if (values) holder.writeState(state, values);
    });
  }

  #values(prefix: string, { name, shape }: Pick<Parameter, "name" | "shape">): Float32Array {
    const at = `${where}(${prefix}${name})`;
    const tensor = this.file.tensors.get(prefix + name);
    if (!tensor) {
      const hint = "is it of another model or optimizer?";
      throw new CheckpointError({ where: at, problem: "the file lacks this tensor", hint });
    }
    if (tensor.dtype !== "F32" || !sameShape(tensor.shape, shape)) {
      const got = `${tensor.dtype} ${formatShape(tensor.shape)}`;
      const expected = `F32 ${formatShape(shape)}`;
      throw new CheckpointError({ where: at, problem: "the tensor does not fit the model", got, expected });
    }
    return tensor.data;
  }

  #number(field: "step" | "epoch" | "epochStep"): number {
    const text = this.file.metadata[field] ?? "";
    if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
    const expected = "an integer of at least 0";
    throw new CheckpointError({ where: `${where}(${field})`, problem: "wrong value", got: text, expected });
  }
}

const where = "checkpoint";
const MOMENTS = "optimizer.";

function statesByPrefix(parameters: ParameterSet, moments: NamedStates = new Map()): [string, State][] {
  const named = [...moments].map(([name, state]): [string, State] => [`${MOMENTS}${name}.`, state]);
  return [["", parameters.state], ...named];
}

function parseShape(text = ""): Shape {
  let shape: unknown;
  try {
    shape = JSON.parse(text);
  } catch {
    shape = undefined;
  }
  const isShape = (value: unknown): value is Shape =>
    Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size > 0);
  if (isShape(shape) && elementCount(shape) > 0) return shape;
  throw new CheckpointError({
    where: `${where}(inputShape)`,
    problem: "wrong value",
    got: text,
    expected: "[…]",
  });
}
