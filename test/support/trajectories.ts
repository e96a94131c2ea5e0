import { gradient } from "../../src/autograd/gradient.ts";
import type { Update } from "../../src/graph/graph.ts";
import type { State } from "../../src/graph/leaves.ts";
import { firstStep } from "../../src/kernels/step.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import type { ParameterKind, ParameterSet } from "../../src/nn/parameters.ts";
import type { Optimizer } from "../../src/optim/index.ts";
import type { Engine } from "../../src/plan/engine.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import type { Problem } from "./trajectory_problems.ts";
import { kindsOf, parametersOf, startOf } from "./trajectory_problems.ts";

/** What a rule may ask of the problem that it is used on. */
export interface Objective {
  /** For each number of θ what it is part of: weights are decayed. */
  readonly kinds: readonly ParameterKind[];
  loss(theta: readonly number[]): number;
  gradient(theta: readonly number[]): number[];
}

/** One training by an optimizer over plain numbers, with a memory of its own. `t` counts from 1. */
export type Rule = (theta: readonly number[], objective: Objective, t: number, rate: number) => number[];

/** An optimizer and what it should do. */
export interface TrajectoryCase {
  readonly name: string;
  /** For each problem's name the learning rate it is tried with. */
  readonly learningRates: Readonly<Record<string, number>>;
  optimizer(learningRate: number): Optimizer;
  /** Written from the paper: f64, sharing nothing with the optimizer. Called once a training. */
  rule(): Rule;
  /** Multiplies the learning rate at step t, from 1 on; 1 throughout by default. */
  schedule?(t: number): number;
}

/** θ after each step, without padding. */
export type Trajectory = readonly (readonly number[])[];

export const trajectorySteps = 100;

/** The way of the rule with gradients by hand. */
export function expectedTrajectory(given: TrajectoryCase, problem: Problem): Trajectory {
  const { loss, gradient: gradientOf } = problem;
  const objective: Objective = { kinds: kindsOf(problem), loss, gradient: gradientOf };
  const rule = given.rule();
  let theta = startOf(problem);
  return Array.from({ length: trajectorySteps }, (_, index) => {
    theta = rule(theta, objective, index + 1, rateAt(given, problem, index + 1));
    return theta;
  });
}

/** The optimizer's way on the CPU executor: gradients by autograd, states in f64 from step to step. */
export function cpuTrajectory(given: TrajectoryCase, problem: Problem): Trajectory {
  const { set, optimizer, updates } = training(given, problem);
  const made = updates();
  const states = new Map<State, TypedArray>();
  return Array.from({ length: trajectorySteps }, (_, index) => {
    const own = optimizer.stepValues(index + 1, rateAt(given, problem, index + 1));
    const results = evaluateOnCpu(
      made.map(({ value }) => value),
      { states, step: { ...firstStep, index, ...own } },
    );
    made.forEach(({ state }, which) => {
      states.set(state, results[which] ?? new Float64Array());
    });
    return meaningful(set, states.get(set.state) ?? new Float64Array());
  });
}

/** The optimizer's way on a device: one compiled step, replayed, its parameters read after each. */
export async function gpuTrajectory(
  engine: Engine,
  given: TrajectoryCase,
  problem: Problem,
): Promise<Trajectory> {
  const { set, optimizer, updates } = training(given, problem);
  const step = await engine.compile<never>(() => ({ updates: updates() }), {});
  try {
    const read: Promise<TypedArray>[] = [];
    for (let index = 0; index < trajectorySteps; index++) {
      const own = optimizer.stepValues(index + 1, rateAt(given, problem, index + 1));
      step.replay([{ ...firstStep, index, ...own }]);
      read.push(engine.readState(set.state));
    }
    return (await Promise.all(read)).map((flat) => meaningful(set, flat));
  } finally {
    step.dispose();
    for (const state of [set.state, ...optimizer.states(set).values()]) engine.releaseState(state);
  }
}

/** ‖got − wanted‖ / ‖wanted‖ in Euclid's norm over all parameters at all steps together. */
export function relativeDifference(got: Trajectory, wanted: Trajectory): number {
  const square = (values: readonly number[]) => values.reduce((total, value) => total + value * value, 0);
  const flat = wanted.flat();
  const seen = got.flat();
  if (seen.length !== flat.length) return Number.POSITIVE_INFINITY;
  return Math.sqrt(square(flat.map((value, index) => value - (seen[index] ?? Number.NaN))) / square(flat));
}

const rateAt = ({ learningRates, schedule }: TrajectoryCase, { name }: Problem, t: number): number =>
  (learningRates[name] ?? Number.NaN) * (schedule?.(t) ?? 1);

function training(
  given: TrajectoryCase,
  problem: Problem,
): { set: ParameterSet; optimizer: Optimizer; updates: () => Update[] } {
  const set = parametersOf(problem);
  const optimizer = given.optimizer(given.learningRates[problem.name] ?? Number.NaN);
  const updates = () => {
    const loss = problem.build(set.tensors);
    return optimizer.update(set, gradient(loss, set.tensors), { loss });
  };
  return { set, optimizer, updates };
}

const meaningful = (set: ParameterSet, flat: TypedArray): number[] =>
  set.parameters.flatMap((parameter) => [...parameter.slice(flat)]);
