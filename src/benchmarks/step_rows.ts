import { gradient } from "../autograd/gradient.ts";
import type { Device } from "../device/device.ts";
import { inputTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { StepValues } from "../kernels/step.ts";
import { firstStep } from "../kernels/step.ts";
import type { TuningTable } from "../kernels/tuning_table.ts";
import type { Shape, TypedArray } from "../kernels/types.ts";
import { elementCount } from "../kernels/types.ts";
import { BufferUpdates } from "../nn/buffers.ts";
import { crossEntropy } from "../nn/losses.ts";
import type { Model } from "../nn/module.ts";
import type { ParameterSet } from "../nn/parameters.ts";
import { adam } from "../optim/adam.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import { sgd } from "../optim/sgd.ts";
import type { Step, StepResult } from "../plan/engine.ts";
import { TuningEngine } from "../plan/tuning_engine.ts";
import { evaluateOnCpu } from "../reference/executor.ts";
import type { Candidate, Subject } from "./candidate.ts";
import { differentLosses, tensorOf } from "./comparison.ts";
import type { LayerTask } from "./networks.ts";
import { cnnLayers, mlpLayers, modelOf } from "./networks.ts";
import type { TrainingTask } from "./peer.ts";
import { FastRandom } from "./sample.ts";

/** A training step: forward, loss, gradients, update. Its data are random and stay the same. */
export interface StepCase {
  readonly name: string;
  readonly case: string;
  readonly optimizer: string;
  readonly batch: number;
  /** Of one example. */
  readonly shape: Shape;
  readonly layers: readonly LayerTask[];
  update(): Optimizer;
}

const classes = 10;

export const wide = [300, 100, 100, classes];
const deep = [128, 128, 64, 32, 16, classes];
const narrow = [8, 8, 8, 8, 8, classes];

/** A network of dense layers of the given sizes after 784 inputs. */
export const mlpCase = (
  name: string,
  sizes: readonly number[],
  batch: number,
  optimizer: "sgd" | "adam",
): StepCase => ({
  name: `step/${name}`,
  case: `${[784, ...sizes].join("-")}, batch ${batch}`,
  optimizer,
  batch,
  shape: [784],
  layers: mlpLayers(sizes),
  update: () => (optimizer === "sgd" ? sgd({ learningRate: 0.02 }) : adam({ learningRate: 1e-3 })),
});

export const stepCases: readonly StepCase[] = [
  mlpCase("mlp-sgd", wide, 100, "sgd"),
  mlpCase("mlp-adam", wide, 100, "adam"),
  mlpCase("mlp12", deep, 128, "adam"),
  {
    name: "step/cnn",
    case: "28²-conv32-conv64-128-10, batch 64",
    optimizer: "adam",
    batch: 64,
    shape: [28, 28, 1],
    layers: cnnLayers(classes),
    // At 1e-3 the first steps overshoot, in f64 as well, and the check could not ask for a falling loss.
    update: () => adam({ learningRate: 1e-4 }),
  },
  mlpCase("tiny", narrow, 8, "adam"),
];

export function stepCandidate(given: StepCase): Candidate {
  const { name, optimizer: variant } = given;
  return { name, case: given.case, variant, prepare: (device, tuning) => prepareStep(given, device, tuning) };
}

type Data = Readonly<Record<"x" | "y", TypedArray>>;

function dataOf({ batch, shape }: StepCase): Data {
  const random = new FastRandom(17);
  return {
    x: new Float32Array(batch * elementCount(shape)).map(() => 2 * random.next() - 1),
    y: new Uint32Array(batch).map(() => Math.floor(random.next() * classes)),
  };
}

/** A case's network with fresh parameters, and its step as `engine.compile` takes it. */
export function networkStep(given: StepCase) {
  const model = modelOf(given.layers);
  const parameters = model.build(given.shape, { seed: 1 });
  const optimizer = given.update();
  const inputs = {
    x: { shape: [given.batch, ...given.shape], dtype: "f32" },
    y: { shape: [given.batch], dtype: "u32" },
  } as const;
  const build = ({ x, y }: Readonly<Record<"x" | "y", Tensor>>): StepResult => {
    const buffers = new BufferUpdates();
    const loss = crossEntropy()(model.forward(x, { training: true, buffers }), y);
    const trained = optimizer.update(parameters, gradient(loss, parameters.tensors));
    return { loss, updates: [...trained, ...buffers.updates] };
  };
  return { model, parameters, optimizer, inputs, build };
}

async function prepareStep(given: StepCase, device: Device, tuning?: TuningTable): Promise<Subject> {
  const engine = new TuningEngine(device, tuning);
  const { model, parameters, optimizer, inputs, build } = networkStep(given);
  const begun = performance.now();
  const step = await engine.compile(build, inputs);
  const compileMilliseconds = performance.now() - begun;
  const data = dataOf(given);
  const work = step.program.plan.dispatches.map(({ cost }) => cost);
  const flops = work.reduce((sum, cost) => sum + cost.flops, 0);
  let done = 0;
  let losses: readonly number[] = [];
  const rows = (count: number): StepValues[] =>
    Array.from({ length: count }, (_, row) => {
      const index = done++;
      const own = optimizer.stepValues(index + 1, optimizer.learningRate);
      return { ...firstStep, index, row, ...own };
    });
  return {
    step,
    work,
    compileMilliseconds,
    readout: "loss",
    rows,
    check: async () => {
      const reference = flops <= referenceBelowFlops ? firstLoss(model, inputs, data) : undefined;
      losses = await firstLosses(step, data, rows);
      return wrongLosses(losses, reference);
    },
    comparison: {
      kind: "training",
      task: () => taskOf(given, parameters, optimizer, data),
      check: (theirs) => differentLosses(losses, theirs),
    },
    tune: (options) => engine.tune(step, options),
    release: () => {
      step.dispose();
      for (const state of [parameters.state, ...optimizer.states(parameters).values()])
        engine.releaseState(state);
    },
  };
}

/** Beyond it, the forward pass alone would take the reference seconds. */
const referenceBelowFlops = 4e8;

/** The loss before any update, by the f64 references. */
function firstLoss(
  model: Model,
  types: Readonly<Record<"x" | "y", Parameters<typeof inputTensor>[1]>>,
  data: Data,
): number {
  const [x, y] = [inputTensor("x", types.x), inputTensor("y", types.y)];
  const loss = crossEntropy()(model.forward(x, { training: true }), y);
  const [values] = evaluateOnCpu([loss], { inputs: new Map(Object.entries(data)) });
  return values?.[0] ?? Number.NaN;
}

/** The same step for a peer, from the same parameters. */
function taskOf(
  { layers, batch, shape }: StepCase,
  { parameters, state }: ParameterSet,
  { name, settings }: Optimizer,
  { x, y }: Data,
): TrainingTask {
  return {
    layers,
    parameters: parameters.map((parameter) => tensorOf(parameter.shape, parameter.slice(state.initial))),
    optimizer: { name, settings },
    x: tensorOf([batch, ...shape], x),
    y: Uint32Array.from(y),
    classes,
  };
}

/** Trains five steps on one batch, from the initial parameters. */
async function firstLosses(
  step: Step<"x" | "y">,
  data: Data,
  rows: (count: number) => StepValues[],
): Promise<number[]> {
  step.upload(data);
  const losses: number[] = [];
  for (let index = 0; index < 5; index++) {
    step.replay(rows(1));
    losses.push((await step.read("loss"))[0] ?? Number.NaN);
  }
  return losses;
}

/** What is wrong with the losses of a few steps on one batch, or null: they must be finite and fall. */
export function wrongLosses(losses: readonly number[], expected?: number): string | null {
  const [first = Number.NaN] = losses;
  const last = losses.at(-1) ?? Number.NaN;
  if (!losses.every(Number.isFinite)) return `a loss is not finite: ${losses.join(", ")}`;
  if (!(last < first)) return `the loss does not fall: ${losses.join(", ")}`;
  if (expected === undefined || Math.abs(first - expected) <= 1e-4 * Math.max(1, Math.abs(expected)))
    return null;
  return `the first loss: got ${first}, expected ${expected}`;
}
