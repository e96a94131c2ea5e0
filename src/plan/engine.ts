import "../kernels/generated/elementwise/broadcastTo.ts";
import type { Device } from "../device/device.ts";
import { ShapeError, UsageError } from "../device/errors.ts";
import type { AdapterTraits } from "../device/traits.ts";
import { traitsOf } from "../device/traits.ts";
import type { Graph, Update } from "../graph/graph.ts";
import { traceGraph } from "../graph/graph.ts";
import type { State } from "../graph/leaves.ts";
import { constantTensor, inputTensor, isState } from "../graph/leaves.ts";
import type { PassName } from "../graph/pass_names.ts";
import type { Executor } from "../graph/tensor.ts";
import { apply, Tensor } from "../graph/tensor.ts";
import { singleFormula } from "../kernels/formula.ts";
import { PipelineCache } from "../kernels/pipelines.ts";
import type { StepValues } from "../kernels/step.ts";
import { firstStep } from "../kernels/step.ts";
import type { DType, Shape, TensorType, TypedArray } from "../kernels/types.ts";
import { elementCount, storedValues, toStorageArray } from "../kernels/types.ts";
import { fusedElementwise } from "../ops/elementwise.ts";
import type { Answers } from "./plan_graph.ts";
import { planGraph } from "./plan_graph.ts";
import type { Around } from "./program.ts";
import { maxRows, Program } from "./program.ts";
import type { ProgramSource } from "./program_source.ts";
import { StateStore } from "./states.ts";

/** What a step function returns: outputs by name, and new values of state under `updates`. */
export interface StepResult {
  readonly updates?: readonly Update[];
  readonly [output: string]: Tensor | readonly Update[] | undefined;
}

export interface CompileOptions {
  /** Passes to leave out, by name: for tests and for finding a pass that errs. */
  readonly without?: readonly PassName[];
  /**
   * Bytes that a tensor which a convolution is rewritten with may take: columns of its windows, Winograd's transforms.
   * Where it would need more, kernels that gather the windows by themselves do it. By default, and at most, the
   * device's limit of a binding.
   */
  readonly workspaceBytes?: number;
}

/** Compiles and runs graphs on one device. `dispose()` is the only thing a user ever frees. */
export class Engine implements Executor {
  #bench: DeviceBench;
  #generation = 0;
  #disposed = false;
  #reopening: Promise<void> | undefined;
  readonly #open: (() => Promise<Device>) | undefined;
  readonly #steps = new Set<Renewable>();
  readonly #writes = new WeakMap<State, number>();

  /** @param open opens another device of the same kind, where `reopen` shall be possible */
  constructor(device: Device, open?: () => Promise<Device>) {
    this.#bench = benchOf(device);
    this.#open = open;
  }

  /** The device that work goes to: another one after `reopen`. */
  get device(): Device {
    return this.#bench.device;
  }

  get traits(): AdapterTraits {
    return this.#bench.traits;
  }

  /** Devices that were lost and replaced. What lies on a device belongs to one generation. */
  get generation(): number {
    return this.#generation;
  }

  /** Whether `reopen` can bring a lost device back. */
  get canReopen(): boolean {
    return this.#open !== undefined && !this.#disposed;
  }

  /**
   * Opens another device in place of a lost one and compiles every step for it. State has its initial values then, as if
   * nothing had been written yet, and inputs are to be uploaded again; trainers bring theirs back by themselves. Does
   * nothing while the device is usable.
   * @throws UsageError where the engine was made around a device of somebody else's or is disposed, NoAdapterError,
   *   DeviceLostError where the new device is lost too
   */
  reopen(): Promise<void> {
    this.#reopening ??= this.#reopen().finally(() => {
      this.#reopening = undefined;
    });
    return this.#reopening;
  }

  async #reopen(): Promise<void> {
    const old = this.device;
    if (old.usable && !this.#disposed) return;
    if (!this.#open || this.#disposed) {
      const problem = this.#disposed
        ? "the engine was disposed"
        : "the engine does not know how to open a device";
      throw new UsageError({ where: "reopen", problem, hint: "make an engine with createEngine" });
    }
    const device = await this.#open();
    if (this.#disposed) {
      device.dispose();
      throw new UsageError({ where: "reopen", problem: "the engine was disposed" });
    }
    this.moved(old, device);
    this.#bench = benchOf(device);
    this.#generation++;
    old.dispose();
    await Promise.all([...this.#steps].map((step) => this.#renew(step)));
  }

  async #renew(step: Renewable): Promise<void> {
    const program = await this.#program(step.source);
    if (this.#steps.has(step)) step.renew(program);
    else program.dispose();
  }

  /**
   * A tensor of values, row-major. For f16, numbers are rounded to the nearest, and a Uint16Array is taken as the bits.
   * @param shape one axis by default
   * @throws ShapeError where the values do not fill the shape
   */
  tensor(values: ArrayLike<number>, shape: Shape = [values.length], dtype: DType = "f32"): Tensor {
    return constantTensor(storedValues(dtype, values), { shape, dtype }, this);
  }

  /**
   * Traces a function once, differentiates and fuses as it says, and compiles it to a step that can be replayed.
   * @param build called with a placeholder for each input
   * @param inputs types of the inputs by name
   * @throws ShapeError while tracing, OutOfMemoryError before anything runs, ShaderError
   */
  async compile<Inputs extends string>(
    build: (inputs: Readonly<Record<Inputs, Tensor>>) => StepResult,
    inputs: Readonly<Record<Inputs, TensorType>>,
    options: CompileOptions = {},
  ): Promise<Step<Inputs>> {
    const graph = traceStep(build, inputs);
    const { without = [], workspaceBytes } = options;
    const source = { graph, without, workspaceBytes };
    const program = await this.#program(source);
    const step = new Step(program, { inputs, source, forget: (own) => this.#steps.delete(own) });
    this.#steps.add(step);
    return step;
  }

  /** What kernels and ways to do things are chosen by, where something was measured. */
  protected get answers(): Answers | undefined {
    return undefined;
  }

  /** Told that another device takes a lost one's place, before anything is compiled for it. */
  protected moved(_from: Device, _to: Device): void {}

  /** What programs are made and run with. */
  protected get bench(): DeviceBench {
    return this.#bench;
  }

  /** Compiles a step anew, by the answers that there are now. Its inputs keep their values. */
  protected async recompile(step: Step): Promise<void> {
    step.exchange(await this.#program(step.source));
  }

  async #program({ graph, without, workspaceBytes }: ProgramSource): Promise<Program> {
    const { device, traits, pipelines, states } = this.#bench;
    const plan = planGraph(graph, traits, { without, workspaceBytes, tuning: this.answers });
    return Program.create(device, plan, pipelines, states);
  }

  /** Runs the graph behind tensors once and reads them. `tensor.data()` comes here. */
  async evaluate(tensors: readonly Tensor[]): Promise<readonly TypedArray[]> {
    const named = Object.fromEntries(tensors.map((tensor, index) => [`${index}`, tensor]));
    const step = await this.compile<never>(() => named, {});
    try {
      const results = await step.run({});
      return tensors.map((_, index) => results[`${index}`] ?? new Float32Array());
    } finally {
      step.dispose();
    }
  }

  /** The current values of state. */
  readState(state: State): Promise<TypedArray> {
    return this.#bench.states.read(state);
  }

  /** Overwrites state from element `offset` on; steps submitted before still see the old values. */
  writeState(state: State, values: TypedArray | Uint16Array, offset = 0): void {
    this.#bench.states.write(state, values, offset);
    this.#writes.set(state, this.writesOf(state) + 1);
  }

  /** How often the host has written to state. */
  writesOf(state: State): number {
    return this.#writes.get(state) ?? 0;
  }

  /** Frees the memory of state ahead of `dispose()`; it starts anew if it is used again. */
  releaseState(state: State): void {
    this.#bench.states.release(state);
    this.#writes.set(state, this.writesOf(state) + 1);
  }

  /** Frees everything and closes the device. */
  dispose(): void {
    this.#disposed = true;
    for (const step of [...this.#steps]) step.dispose();
    this.#bench.states.dispose();
    this.device.dispose();
  }
}

/** A device and what is kept on it. */
export interface DeviceBench {
  readonly device: Device;
  readonly traits: AdapterTraits;
  readonly pipelines: PipelineCache;
  readonly states: StateStore;
}

function benchOf(device: Device): DeviceBench {
  const [pipelines, states] = [new PipelineCache(device), new StateStore(device)];
  return { device, traits: traitsOf(device), pipelines, states };
}

/** A step, whatever its inputs. */
interface Renewable {
  readonly source: ProgramSource;
  renew(program: Program): void;
  dispose(): void;
}

/** The graph of a step function, as an engine compiles it: no device takes part. @throws ShapeError */
export function traceStep<Inputs extends string>(
  build: (inputs: Readonly<Record<Inputs, Tensor>>) => StepResult,
  inputs: Readonly<Record<Inputs, TensorType>>,
): Graph {
  return traceGraph(() => {
    const names = Object.keys(inputs) as Inputs[];
    const placeholders = names.map((name) => [name, inputTensor(name, inputs[name])]);
    const { updates = [], ...rest } = build(Object.fromEntries(placeholders));
    const outputs = Object.entries(rest).filter(
      (entry): entry is [string, Tensor] => entry[1] instanceof Tensor,
    );
    return { outputs: new Map(outputs.map(([name, tensor]) => [name, before(updates, tensor)])), updates };
  });
}

interface StepParts<Inputs extends string> {
  readonly inputs: Readonly<Record<Inputs, TensorType>>;
  readonly source: ProgramSource;
  /** Told of a step that is no longer in use. */
  forget(step: Renewable): void;
}

/** A compiled function: one step, replayed as often as wanted. */
export class Step<Inputs extends string = string> {
  /** Most steps of one `replay`. */
  readonly maxRows = maxRows;
  /** What it was compiled from. */
  readonly source: ProgramSource;
  readonly #inputs: Readonly<Record<Inputs, TensorType>>;
  readonly #forget: (step: Renewable) => void;
  #program: Program;

  constructor(program: Program, { inputs, source, forget }: StepParts<Inputs>) {
    this.#program = program;
    this.source = source;
    this.#inputs = inputs;
    this.#forget = forget;
  }

  get program(): Program {
    return this.#program;
  }

  /** Goes on with another program of the same graph: `tune` found a faster one. Inputs keep their values. */
  exchange(program: Program): void {
    program.takeInputs(this.#program);
    this.renew(program);
  }

  /** Goes on with another program of the same graph, its inputs unset: the device was lost. */
  renew(program: Program): void {
    this.#program.dispose();
    this.#program = program;
  }

  /**
   * Uploads inputs, runs one step, and reads every output back: for inspection and prediction. Training replays.
   * @throws UsageError where an input is missing, ShapeError where its length differs
   */
  async run(
    inputs: Readonly<Record<Inputs, TypedArray | Uint16Array>>,
    values: Partial<StepValues> = {},
  ): Promise<Readonly<Record<string, TypedArray>>> {
    this.upload(inputs);
    this.replay([{ ...firstStep, ...values }]);
    const names = [...this.program.plan.outputs.keys()];
    const read = await Promise.all(names.map((name) => this.program.read(name)));
    return Object.fromEntries(names.map((name, index) => [name, read[index] ?? new Float32Array()]));
  }

  /** Gives the inputs their values for the steps that follow. */
  upload(inputs: Readonly<Record<Inputs, TypedArray | Uint16Array>>): void {
    for (const name of Object.keys(this.#inputs) as Inputs[]) {
      const type = this.#inputs[name];
      const given = inputs[name];
      if (!given) throw new UsageError({ where: "step", problem: `the input ${name} is missing` });
      if (given.length !== elementCount(type.shape)) {
        throw new ShapeError({
          where: `step(${name})`,
          problem: "the values do not fill the input",
          got: `${given.length} values`,
          expected: `${elementCount(type.shape)} for [${type.shape.join(", ")}]`,
        });
      }
      this.program.upload(name, toStorageArray(type.dtype, given));
    }
  }

  /** Runs steps in one submit, reading nothing back. */
  replay(rows: readonly StepValues[], around?: Around): void {
    this.program.replay(rows, around);
  }

  /** Reads an output of the last step. */
  read(name: string): Promise<TypedArray> {
    return this.program.read(name);
  }

  /** Frees the step's memory ahead of the engine's end. */
  dispose(): void {
    this.program.dispose();
    this.#forget(this);
  }
}

/** An output that is a piece of state which the step overwrites: a copy of what it was before. */
function before(updates: readonly Update[], output: Tensor): Tensor {
  const state = stateBehind(output);
  if (!state || !updates.some((update) => update.state === state)) return output;
  const copy = { formula: singleFormula("broadcastTo", 1), shape: output.shape };
  return apply(fusedElementwise, [output], output.dtype === "f16" ? { ...copy, dtype: "f16" } : copy);
}

function stateBehind({ node }: Tensor): State | null {
  const [inner] = node.inputs;
  if (isState(node)) return node.attributes.state;
  return node.op.kind === "view" && inner ? stateBehind(inner) : null;
}
