import { CheckpointError } from "../device/errors.ts";
import type { State } from "../graph/leaves.ts";
import type { Shape, TypedArray } from "../kernels/types.ts";
import { elementCount } from "../kernels/types.ts";
import type { ParameterSet } from "../nn/parameters.ts";
import type { NamedStates, Slot } from "./checkpoint_slots.ts";
import { differencesOf, differenceText, isOfOptimizer, slotsOf, storedAs } from "./checkpoint_slots.ts";
import type { PositionFields } from "./position.ts";
import type { SafetensorsFile, SafetensorsTensor } from "./safetensors.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

export type { NamedStates } from "./checkpoint_slots.ts";

/** What a schedule is and what it remembers: numbers, by name. */
export interface ScheduleFields {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly state: Readonly<Record<string, number>>;
}

/** What a checkpoint of a training holds besides tensors. The order of the data follows from seed, epoch and source. */
export interface TrainingFields extends PositionFields {
  readonly seed: bigint;
  readonly optimizer: string;
  /** JSON of the optimizer's settings; for people. */
  readonly settings: string;
  /** Undefined in files of version 1, which kept none. */
  readonly schedule?: ScheduleFields | undefined;
}

/** What holds the current values of state. */
export interface StateHolder {
  readState(state: State): Promise<TypedArray>;
  writeState(state: State, values: TypedArray, offset?: number): void;
}

const FORMAT = "wgrad";
/** 2: the schedule's state and the generator of random numbers came to it. */
const VERSION = "2";
const READABLE: readonly (string | undefined)[] = ["1", VERSION];
/**
 * All random numbers are a function of seed, stream and counter: initial values by parameter, dropout by layer and step,
 * the order of an epoch by epoch. So step and epoch are the counters, and a file needs no others.
 */
const GENERATOR = "philox4x32-10";

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
  const slots = slotsOf(parameters, training?.moments);
  const states = [...new Set(slots.map(({ state }) => state))];
  // All copies are taken before the first is awaited, so that no step gets between them.
  const reads = await Promise.all(states.map((state) => holder.readState(state)));
  const values = new Map(states.map((state, index) => [state, reads[index] ?? new Float32Array()]));
  const tensors = slots.map((slot): [string, SafetensorsTensor] => [slot.name, tensorOf(slot, values)]);
  const metadata = { format: FORMAT, version: VERSION, inputShape: JSON.stringify(inputShape) };
  if (!training) return writeSafetensors(tensors, { ...metadata, kind: "model" });
  const { schedule, ...fields } = training.fields;
  const { step, epoch, epochStep, source, seed, optimizer, settings } = fields;
  const words = Object.entries({ step, epoch, epochStep, source, seed, optimizer, settings });
  return writeSafetensors(tensors, {
    ...metadata,
    kind: "training",
    generator: GENERATOR,
    ...Object.fromEntries(words.map(([name, value]) => [name, String(value)])),
    ...(schedule && { schedule: JSON.stringify(schedule) }),
  });
}

function tensorOf({ state, shape, offset }: Slot, values: ReadonlyMap<State, TypedArray>): SafetensorsTensor {
  const all = values.get(state) ?? new Float32Array();
  const own = all.subarray(offset, offset + elementCount(shape));
  const dtype = storedAs(state);
  switch (dtype) {
    case "F32":
      return { dtype, shape, data: Float32Array.from(own) };
    case "U32":
      return { dtype, shape, data: Uint32Array.from(own) };
    case "I32":
      return { dtype, shape, data: Int32Array.from(own) };
    default:
      return dtype satisfies never;
  }
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
    if (format !== FORMAT || !READABLE.includes(version)) {
      const got = format === undefined ? "no format" : `format ${format}, version ${version}`;
      const expected = `format ${FORMAT}, version 1 or ${VERSION}`;
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
    const { kind, source, seed, optimizer, settings, generator = GENERATOR } = this.file.metadata;
    if (kind !== "training" || seed === undefined || !/^\d+$/.test(seed)) {
      const hint = "load it with loadModel";
      throw new CheckpointError({ where, problem: "the file holds no training", got: `a ${kind}`, hint });
    }
    if (generator !== GENERATOR) {
      const problem = "random numbers of another generator";
      throw new CheckpointError({ where, problem, got: generator, expected: GENERATOR });
    }
    return {
      step: this.#number("step"),
      epoch: this.#number("epoch"),
      epochStep: this.#number("epochStep"),
      source: source ?? "",
      seed: BigInt(seed),
      optimizer: optimizer ?? "",
      settings: settings ?? "",
      schedule: parseSchedule(this.file.metadata["schedule"]),
    };
  }

  /**
   * Gives a model's state the values of the file. Nothing is written unless everything fits.
   * @param moments what the optimizer remembers; without them, only the model's tensors are taken
   * @returns the flat parameters
   * @throws CheckpointError that lists what differs: tensors that are missing, unknown, or of another shape or dtype
   */
  restore(holder: StateHolder, parameters: ParameterSet, moments?: NamedStates): TypedArray {
    const slots = slotsOf(parameters, moments);
    const tensors = new Map([...this.file.tensors].filter(([name]) => moments || !isOfOptimizer(name)));
    const differences = differencesOf(slots, tensors);
    if (differences.length > 0) {
      const problem = `the file does not fit the model: ${differenceText(differences)}`;
      throw new CheckpointError({ where, problem });
    }
    const flats = new Map<State, TypedArray>();
    for (const { name, state, offset } of slots) {
      const { data } = tensors.get(name) ?? { data: undefined };
      const flat = flats.get(state) ?? state.initial.slice().fill(0);
      if (data instanceof Float32Array || data instanceof Uint32Array || data instanceof Int32Array)
        flat.set(data, offset);
      flats.set(state, flat);
    }
    for (const [state, flat] of flats) holder.writeState(state, flat);
    return flats.get(parameters.state) ?? new Float32Array(parameters.length);
  }

  #number(field: "step" | "epoch" | "epochStep"): number {
    const text = this.file.metadata[field] ?? "";
    if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
    const expected = "an integer of at least 0";
    throw new CheckpointError({ where: `${where}(${field})`, problem: "wrong value", got: text, expected });
  }
}

const where = "checkpoint";
function parseShape(text = ""): Shape {
  const shape = parseJson(text);
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

function parseSchedule(text: string | undefined): ScheduleFields | undefined {
  if (text === undefined) return undefined;
  const schedule = parseJson(text);
  if (isSchedule(schedule)) return schedule;
  throw new CheckpointError({ where: `${where}(schedule)`, problem: "wrong value", got: text });
}

function isSchedule(value: unknown): value is ScheduleFields {
  if (!isRecord(value) || typeof value["name"] !== "string") return false;
  const { settings, state } = value;
  return isRecord(settings) && isRecord(state) && Object.values(state).every(Number.isFinite);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
