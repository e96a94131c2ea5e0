import type { Rule } from "./trajectories.ts";

/** What an elementwise rule knows of one number. */
export interface Coordinate {
  readonly theta: number;
  readonly gradient: number;
  /** Zero at first; the rule writes into it. */
  readonly memory: number[];
  readonly t: number;
  readonly rate: number;
  readonly isWeight: boolean;
}

/** A rule that treats each number apart. */
export function each(next: (coordinate: Coordinate) => number): () => Rule {
  return () => {
    const memories: number[][] = [];
    return (theta, { gradient, kinds }, t, rate) => {
      const gradients = gradient(theta);
      return theta.map((value, index) => {
        memories[index] ??= Array.from({ length: 4 }, () => 0);
        return next({
          theta: value,
          gradient: gradients[index] ?? Number.NaN,
          memory: memories[index] ?? [],
          t,
          rate,
          isWeight: kinds[index] === "weight",
        });
      });
    };
  };
}

const read = (memory: readonly number[], index: number): number => memory[index] ?? Number.NaN;

/** θ ← θ − η (g + λ θ). */
export const sgdRule = (decay = 0) =>
  each(({ theta, gradient, rate, isWeight }) => theta - rate * (gradient + (isWeight ? decay * theta : 0)));

/** Polyak 1964; `form` as `optim.sgd` names them. */
export const momentumRule = (
  beta: number,
  form: "accumulate" | "average" | "step",
  nesterov = false,
  decay = 0,
) =>
  each(({ theta, gradient, memory, rate, isWeight }) => {
    const g = gradient + (isWeight ? decay * theta : 0);
    const before = read(memory, 0);
    switch (form) {
      case "accumulate": {
        const v = beta * before + g;
        memory[0] = v;
        return theta - rate * (nesterov ? beta * v + g : v);
      }
      case "average": {
        const v = beta * before + (1 - beta) * g;
        memory[0] = v;
        return theta - rate * (nesterov ? beta * v + (1 - beta) * g : v);
      }
      case "step": {
        const v = beta * before - rate * g;
        memory[0] = v;
        return theta + (nesterov ? beta * v - rate * g : v);
      }
      default:
        return form satisfies never;
    }
  });

export interface AdamSettings {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly decay?: number;
  readonly decoupled?: boolean;
}

const filled = ({
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
  decay = 0,
  decoupled = false,
}: AdamSettings) => ({ beta1, beta2, epsilon, decay, decoupled });

/** The frame of Adam's kin: decay in the gradient or beside the direction. */
function adaptive(
  { decay, decoupled }: ReturnType<typeof filled>,
  direction: (g: number, memory: number[], t: number) => number,
) {
  return each(({ theta, gradient, memory, t, rate, isWeight }) => {
    const pull = isWeight ? decay * theta : 0;
    const along = direction(decoupled ? gradient : gradient + pull, memory, t);
    return theta - rate * along - (decoupled ? rate * pull : 0);
  });
}

/** Kingma and Ba 2015, algorithm 1; decoupled: Loshchilov and Hutter 2019, algorithm 2. */
export function adamRule(settings: AdamSettings = {}) {
  const { beta1, beta2, epsilon, ...decay } = filled(settings);
  return adaptive({ beta1, beta2, epsilon, ...decay }, (g, memory, t) => {
    const m = beta1 * read(memory, 0) + (1 - beta1) * g;
    const v = beta2 * read(memory, 1) + (1 - beta2) * g * g;
    memory.splice(0, 2, m, v);
    return m / (1 - beta1 ** t) / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
  });
}

/** Reddi, Kale and Kumar 2018, algorithm 2: the largest second moment, before bias correction, which is optional. */
export function amsgradRule(settings: AdamSettings & { biasCorrection?: boolean } = {}) {
  const given = filled(settings);
  const { beta1, beta2, epsilon } = given;
  const corrected = settings.biasCorrection ?? true;
  return adaptive(given, (g, memory, t) => {
    const m = beta1 * read(memory, 0) + (1 - beta1) * g;
    const v = beta2 * read(memory, 1) + (1 - beta2) * g * g;
    const most = Math.max(read(memory, 2), v);
    memory.splice(0, 3, m, v, most);
    const [first, second] = corrected ? [1 - beta1 ** t, 1 - beta2 ** t] : [1, 1];
    return m / first / (Math.sqrt(most / second) + epsilon);
  });
}

/** Dozat 2016, algorithm 2, with the schedule μₜ = β₁ (1 − ½ · 0.96^(t · decay)). */
export function nadamRule(settings: AdamSettings & { momentumDecay?: number } = {}) {
  const given = filled(settings);
  const { beta1, beta2, epsilon } = given;
  const { momentumDecay = 0.004 } = settings;
  const mu = (t: number) => beta1 * (1 - 0.5 * 0.96 ** (t * momentumDecay));
  const product = (t: number): number => (t === 0 ? 1 : mu(t) * product(t - 1));
  return adaptive(given, (g, memory, t) => {
    const m = beta1 * read(memory, 0) + (1 - beta1) * g;
    const v = beta2 * read(memory, 1) + (1 - beta2) * g * g;
    memory.splice(0, 2, m, v);
    const ahead = (mu(t + 1) * m) / (1 - product(t + 1)) + ((1 - mu(t)) * g) / (1 - product(t));
    return ahead / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
  });
}

/** Liu et al. 2020, algorithm 2; ε beside the root of the uncorrected second moment, as in the authors' program. */
export function radamRule(settings: AdamSettings = {}) {
  const given = filled(settings);
  const { beta1, beta2, epsilon } = given;
  const longest = 2 / (1 - beta2) - 1;
  return adaptive(given, (g, memory, t) => {
    const m = beta1 * read(memory, 0) + (1 - beta1) * g;
    const v = beta2 * read(memory, 1) + (1 - beta2) * g * g;
    memory.splice(0, 2, m, v);
    const mean = m / (1 - beta1 ** t);
    const length = longest - (2 * t * beta2 ** t) / (1 - beta2 ** t);
    if (length <= 4) return mean;
    const above = (length - 4) * (length - 2) * longest;
    const below = (longest - 4) * (longest - 2) * length;
    return (Math.sqrt(above / below) * mean * Math.sqrt(1 - beta2 ** t)) / (Math.sqrt(v) + epsilon);
  });
}

/** Kingma and Ba 2015, algorithm 2; ε added to |g| keeps 0 / 0 away. */
export function adamaxRule(settings: AdamSettings = {}) {
  const given = filled(settings);
  const { beta1, beta2, epsilon } = given;
  return adaptive(given, (g, memory, t) => {
    const m = beta1 * read(memory, 0) + (1 - beta1) * g;
    const u = Math.max(beta2 * read(memory, 1), Math.abs(g) + epsilon);
    memory.splice(0, 2, m, u);
    return m / (1 - beta1 ** t) / u;
  });
}

/** Zhuang et al. 2020, algorithm 2. */
export function adabeliefRule(settings: AdamSettings & { epsilonInside?: boolean } = {}) {
  const given = filled(settings);
  const { beta1, beta2, epsilon } = given;
  const inside = settings.epsilonInside ?? true;
  return adaptive(given, (g, memory, t) => {
    const m = beta1 * read(memory, 0) + (1 - beta1) * g;
    const s = beta2 * read(memory, 1) + (1 - beta2) * (g - m) ** 2 + (inside ? epsilon : 0);
    memory.splice(0, 2, m, s);
    return m / (1 - beta1 ** t) / (Math.sqrt(s / (1 - beta2 ** t)) + epsilon);
  });
}

interface BoundSettings extends AdamSettings {
  readonly finalLearningRate?: number;
  readonly gamma?: number;
  readonly amsbound?: boolean;
  /** η before the schedule: the bounds are for it. */
  readonly learningRate: number;
}

/** Luo et al. 2019, algorithms 2 and 3 as the authors' program has them: bias-corrected, and no further 1 / √t. */
export function adaboundRule(settings: BoundSettings) {
  const given = filled(settings);
  const { beta1, beta2, epsilon } = given;
  const { finalLearningRate = 0.1, gamma = 1e-3, amsbound = false, learningRate } = settings;
  return each(({ theta, gradient, memory, t, rate, isWeight }) => {
    const g = gradient + (isWeight ? given.decay * theta : 0);
    const m = beta1 * read(memory, 0) + (1 - beta1) * g;
    const v = beta2 * read(memory, 1) + (1 - beta2) * g * g;
    const most = Math.max(read(memory, 2), v);
    memory.splice(0, 3, m, v, most);
    const final = (finalLearningRate * rate) / learningRate;
    const [low, high] = [final * (1 - 1 / (gamma * t + 1)), final * (1 + 1 / (gamma * t))];
    const size = (rate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
    const own = size / (Math.sqrt(amsbound ? most : v) + epsilon);
    return theta - Math.min(high, Math.max(low, own)) * m;
  });
}

/** Chen et al. 2023, algorithm 2. */
export function lionRule({ beta1 = 0.9, beta2 = 0.99, decay = 0, decoupled = true }: AdamSettings = {}) {
  const given = { ...filled({}), beta1, beta2, decay, decoupled };
  return adaptive(given, (g, memory) => {
    const before = read(memory, 0);
    memory[0] = beta2 * before + (1 - beta2) * g;
    return Math.sign(beta1 * before + (1 - beta1) * g);
  });
}
