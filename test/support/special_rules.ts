import { philox, uniform01 } from "../../src/kernels/philox.ts";
import type { Objective, Rule } from "./trajectories.ts";
import type { Problem } from "./trajectory_problems.ts";
import { problems, startOf } from "./trajectory_problems.ts";

/** The problem that θ belongs to: they differ in size. */
function problemOf(theta: readonly number[]): Problem {
  const found = problems.find((problem) => startOf(problem).length === theta.length);
  if (!found) throw new Error("no problem has that many parameters");
  return found;
}

/** For each tensor of θ where it begins and ends. */
function tensorsOf(theta: readonly number[]): [begin: number, end: number][] {
  let end = 0;
  return problemOf(theta).parts.map(({ start }) => {
    const begin = end;
    end += start.length;
    return [begin, end];
  });
}

const at = (values: readonly number[], index: number): number => values[index] ?? Number.NaN;
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((total, value, index) => total + value * at(b, index), 0);
const minus = (a: readonly number[], b: readonly number[]) => a.map((value, index) => value - at(b, index));
/** a + scale · b. */
const plus = (a: readonly number[], scale: number, b: readonly number[]) =>
  a.map((value, index) => value + scale * at(b, index));

/** Zhang et al. 2019, algorithm 1. */
export const lookaheadRule =
  (inner: () => Rule, k: number, alpha: number): (() => Rule) =>
  () => {
    const fast = inner();
    let slow: readonly number[] | undefined;
    return (theta, objective, t, rate) => {
      slow ??= theta;
      const moved = fast(theta, objective, t, rate);
      if (t % k !== 0) return moved;
      slow = plus(slow, alpha, minus(moved, slow));
      return [...slow];
    };
  };

/** You et al. 2020, algorithm 2, with φ the identity and a ratio of 1 where a norm is 0. */
export const lambRule =
  (lambda: number): (() => Rule) =>
  () => {
    let m: number[] = [];
    let v: number[] = [];
    return (theta, { gradient, kinds }, t, rate) => {
      const g = gradient(theta);
      m = g.map((value, index) => 0.9 * (m[index] ?? 0) + 0.1 * value);
      v = g.map((value, index) => 0.999 * (v[index] ?? 0) + (1 - 0.999) * value * value);
      const u = theta.map((value, index) => {
        const ratio = at(m, index) / (1 - 0.9 ** t) / (Math.sqrt(at(v, index) / (1 - 0.999 ** t)) + 1e-6);
        return ratio + (kinds[index] === "weight" ? lambda * value : 0);
      });
      const next = [...theta];
      for (const [begin, end] of tensorsOf(theta)) {
        const [own, moved] = [Math.hypot(...theta.slice(begin, end)), Math.hypot(...u.slice(begin, end))];
        const trust = own > 0 && moved > 0 ? own / moved : 1;
        for (let index = begin; index < end; index++)
          next[index] = at(theta, index) - rate * trust * at(u, index);
      }
      return next;
    };
  };

/** Yao et al. 2021, algorithm 1, none of the problems having windows to average over. */
export const adaHessianRule =
  (power: number, firstStream: number): (() => Rule) =>
  () => {
    let m: number[] = [];
    let v: number[] = [];
    return (theta, { gradient }, t, rate) => {
      const g = gradient(theta);
      const z = tensorsOf(theta).flatMap(([begin, end], tensor) =>
        Array.from({ length: end - begin }, (_, place) => {
          const words = philox([Math.floor(place / 4), t - 1, firstStream + tensor, 2], [0, 0]);
          return uniform01(words[place % 4] ?? 0) < 0.5 ? 1 : -1;
        }),
      );
      const d = hessianTimes(gradient, theta, z).map((value, index) => value * at(z, index));
      m = g.map((value, index) => 0.9 * (m[index] ?? 0) + 0.1 * value);
      v = d.map((value, index) => 0.999 * (v[index] ?? 0) + (1 - 0.999) * value * value);
      return theta.map((value, index) => {
        const mean = at(m, index) / (1 - 0.9 ** t);
        return value - (rate * mean) / (Math.sqrt(at(v, index) / (1 - 0.999 ** t)) ** power + 1e-4);
      });
    };
  };

/** H z by Richardson's extrapolation of central differences of the gradient: some eleven digits. */
function hessianTimes(
  gradient: Objective["gradient"],
  theta: readonly number[],
  z: readonly number[],
): number[] {
  const central = (h: number) =>
    minus(gradient(plus(theta, h, z)), gradient(plus(theta, -h, z))).map((value) => value / (2 * h));
  const [coarse, fine] = [central(2e-3), central(1e-3)];
  return fine.map((value, index) => (4 * value - at(coarse, index)) / 3);
}

/** Liu and Nocedal 1989: the two-loop recursion on vectors, and a line search that halves until Armijo is content. */
export const lbfgsRule =
  (history: number, trials = 8): (() => Rule) =>
  () => {
    let pairs: { s: number[]; y: number[] }[] = [];
    let before: { theta: readonly number[]; g: number[] } | undefined;
    let reach = 1;
    return (theta, { gradient, loss }, _, rate) => {
      const g = gradient(theta);
      if (before) {
        const [s, y] = [minus(theta, before.theta), minus(g, before.g)];
        if (dot(s, y) > 1e-10 * dot(y, y)) pairs = [...pairs, { s, y }].slice(-history);
      }
      before = { theta, g };
      const q = twoLoops(pairs, g);
      const first = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(g, g))) : 1;
      for (let trial = 0; trial < trials; trial++) {
        const length = rate * reach * first * 0.5 ** trial;
        const moved = plus(theta, -length, q);
        if (loss(moved) <= loss(theta) - 1e-4 * length * dot(g, q)) {
          reach = 1;
          return moved;
        }
      }
      reach *= 0.5 ** trials;
      return [...theta];
    };
  };

/** H g. */
function twoLoops(pairs: readonly { s: number[]; y: number[] }[], g: readonly number[]): number[] {
  let q = [...g];
  const shares = new Map<number, number>();
  for (const [index, { s, y }] of [...pairs.entries()].reverse()) {
    const share = dot(s, q) / dot(s, y);
    shares.set(index, share);
    q = plus(q, -share, y);
  }
  const newest = pairs.at(-1);
  if (newest) q = q.map((value) => (value * dot(newest.s, newest.y)) / dot(newest.y, newest.y));
  for (const [index, { s, y }] of pairs.entries()) {
    q = plus(q, (shares.get(index) ?? Number.NaN) - dot(y, q) / dot(s, y), s);
  }
  return q;
}
