import * as ops from "../../src/functions.ts";
import { scalar } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";

/** What an update starts from: all of one shape. */
export interface Operands {
  readonly g: Tensor;
  readonly theta: Tensor;
  /** In the order of the optimizer's states. */
  readonly memory: readonly Tensor[];
}

/** The new parameters and memory, each operation a plain op of its own. */
export type UnfusedUpdate = (operands: Operands, rate: number, t: number) => readonly Tensor[];

const times = (x: Tensor, by: number): Tensor => ops.mul(x, scalar(by));
const plus = (x: Tensor, value: number): Tensor => ops.add(x, scalar(value));
const mix = (share: number, past: Tensor, now: Tensor): Tensor =>
  ops.add(times(past, share), times(now, 1 - share));

const entry = (memory: readonly Tensor[], index: number): Tensor => {
  const tensor = memory[index];
  if (!tensor) throw new Error(`internal: no memory ${index}`);
  return tensor;
};

const [b1, b2, epsilon] = [0.9, 0.999, 1e-8];
const move = (theta: Tensor, rate: number, direction: Tensor): Tensor =>
  ops.sub(theta, times(direction, rate));

/** m and v of Adam's kin. */
function moments({ g, memory }: Operands): [Tensor, Tensor] {
  return [mix(b1, entry(memory, 0), g), mix(b2, entry(memory, 1), ops.square(g))];
}

const adamStep = (m: Tensor, v: Tensor, t: number): Tensor =>
  ops.div(times(m, 1 / (1 - b1 ** t)), plus(ops.sqrt(times(v, 1 / (1 - b2 ** t))), epsilon));

/** By the name of a function of `optim`, at its defaults. */
export const unfusedUpdates: Readonly<Record<string, UnfusedUpdate>> = {
  sgd: ({ g, theta }, rate) => [move(theta, rate, g)],
  momentum: ({ g, theta, memory }, rate) => {
    const v = ops.add(times(entry(memory, 0), 0.9), g);
    return [move(theta, rate, v), v];
  },
  adam: (given, rate, t) => {
    const [m, v] = moments(given);
    return [move(given.theta, rate, adamStep(m, v, t)), m, v];
  },
  adamW: (given, rate, t) => {
    const [m, v] = moments(given);
    return [move(given.theta, rate, ops.add(adamStep(m, v, t), times(given.theta, 0.01))), m, v];
  },
  amsgrad: (given, rate, t) => {
    const [m, v] = moments(given);
    const most = ops.maximum(entry(given.memory, 2), v);
    return [move(given.theta, rate, adamStep(m, most, t)), m, v, most];
  },
  nadam: (given, rate, t) => {
    const [m, v] = moments(given);
    const mu = (at: number) => b1 * (1 - 0.5 * 0.96 ** (0.004 * at));
    let product = 1;
    for (let at = 1; at <= t; at++) product *= mu(at);
    const ahead = ops.add(
      times(m, mu(t + 1) / (1 - product * mu(t + 1))),
      times(given.g, (1 - mu(t)) / (1 - product)),
    );
    const root = plus(ops.sqrt(times(v, 1 / (1 - b2 ** t))), epsilon);
    return [move(given.theta, rate, ops.div(ahead, root)), m, v];
  },
  radam: (given, rate, t) => {
    const [m, v] = moments(given);
    const limit = 2 / (1 - b2) - 1;
    const length = limit - (2 * t * b2 ** t) / (1 - b2 ** t);
    const r2 = ((length - 4) * (length - 2) * limit) / ((limit - 4) * (limit - 2) * length);
    const factor = Math.sqrt(r2 * (1 - b2 ** t));
    const adapted = ops.div(scalar(factor), plus(ops.sqrt(v), epsilon));
    return [move(given.theta, rate, ops.mul(times(m, 1 / (1 - b1 ** t)), adapted)), m, v];
  },
  adamax: (given, rate, t) => {
    const m = mix(b1, entry(given.memory, 0), given.g);
    const u = ops.maximum(times(entry(given.memory, 1), b2), plus(ops.abs(given.g), epsilon));
    return [move(given.theta, rate, ops.div(times(m, 1 / (1 - b1 ** t)), u)), m, u];
  },
  adabelief: (given, rate, t) => {
    const m = mix(b1, entry(given.memory, 0), given.g);
    const s = plus(mix(b2, entry(given.memory, 1), ops.square(ops.sub(given.g, m))), epsilon);
    return [move(given.theta, rate, adamStep(m, s, t)), m, s];
  },
  adabound: (given, rate, t) => {
    const [m, v] = moments(given);
    const size = ops.div(scalar(Math.sqrt(1 - b2 ** t) / (1 - b1 ** t)), plus(ops.sqrt(v), epsilon));
    const low = (0.1 / rate) * (1 - 1 / (1e-3 * t + 1));
    const high = (0.1 / rate) * (1 + 1 / (1e-3 * t));
    const clipped = ops.minimum(ops.maximum(size, scalar(low)), scalar(high));
    return [move(given.theta, rate, ops.mul(clipped, m)), m, v];
  },
  lion: ({ g, theta, memory }, rate) => {
    const m = entry(memory, 0);
    return [move(theta, rate, ops.sign(mix(0.9, m, g))), mix(0.99, m, g)];
  },
  rmsprop: ({ g, theta, memory }, rate) => {
    const n = mix(0.9, entry(memory, 0), ops.square(g));
    return [move(theta, rate, ops.div(g, plus(ops.sqrt(n), epsilon))), n];
  },
  adagrad: ({ g, theta, memory }, rate) => {
    const s = ops.add(entry(memory, 0), ops.square(g));
    return [move(theta, rate, ops.div(g, plus(ops.sqrt(s), 1e-10))), s];
  },
  adadelta: ({ g, theta, memory }, rate) => {
    const n = mix(0.95, entry(memory, 0), ops.square(g));
    const before = ops.sqrt(plus(entry(memory, 1), 1e-6));
    const delta = ops.mul(ops.div(before, ops.sqrt(plus(n, 1e-6))), g);
    return [move(theta, rate, delta), n, mix(0.95, entry(memory, 1), ops.square(delta))];
  },
};
