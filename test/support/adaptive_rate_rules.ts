import { each } from "./optimizer_rules.ts";

export interface RmspropSettings {
  readonly smoothing?: number;
  readonly epsilon?: number;
  readonly epsilonInside?: boolean;
  readonly momentum?: number;
  readonly centred?: boolean;
  readonly decay?: number;
}

const read = (memory: readonly number[], index: number): number => memory[index] ?? Number.NaN;

/** Tieleman and Hinton 2012; centred and with momentum: Graves 2013, equations 38 to 41, v without the rate. */
export function rmspropRule(settings: RmspropSettings = {}) {
  const { smoothing = 0.9, epsilon = 1e-8, epsilonInside = false } = settings;
  const { momentum = 0, centred = false, decay = 0 } = settings;
  return each(({ theta, gradient, memory, rate, isWeight }) => {
    const g = gradient + (isWeight ? decay * theta : 0);
    const square = smoothing * read(memory, 0) + (1 - smoothing) * g * g;
    const mean = smoothing * read(memory, 1) + (1 - smoothing) * g;
    const spread = centred ? square - mean * mean : square;
    const root = epsilonInside ? Math.sqrt(spread + epsilon) : Math.sqrt(spread) + epsilon;
    const velocity = momentum * read(memory, 2) + g / root;
    memory.splice(0, 3, square, mean, velocity);
    return theta - rate * velocity;
  });
}

/** Duchi, Hazan and Singer 2011, figure 1 with a diagonal: H = δ I + diag(s). */
export function adagradRule(epsilon = 1e-10, decay = 0) {
  return each(({ theta, gradient, memory, rate, isWeight }) => {
    const g = gradient + (isWeight ? decay * theta : 0);
    memory[0] = read(memory, 0) + g * g;
    return theta - (rate * g) / (Math.sqrt(read(memory, 0)) + epsilon);
  });
}

/** Zeiler 2012, algorithm 1; η, 1 there, scales the step. */
export function adadeltaRule(rho = 0.95, epsilon = 1e-6, decay = 0) {
  return each(({ theta, gradient, memory, rate, isWeight }) => {
    const g = gradient + (isWeight ? decay * theta : 0);
    const square = rho * read(memory, 0) + (1 - rho) * g * g;
    const step = (Math.sqrt(read(memory, 1) + epsilon) / Math.sqrt(square + epsilon)) * g;
    memory.splice(0, 2, square, rho * read(memory, 1) + (1 - rho) * step * step);
    return theta - rate * step;
  });
}
