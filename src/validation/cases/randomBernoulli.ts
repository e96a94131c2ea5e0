import { randomBernoulli } from "../../ops/randomBernoulli.ts";
import { drawCases } from "../kit/draws.ts";

const probabilities = [0.5, 0.1, 0.9, 0, 1];

export const cases = drawCases("randomBernoulli", (shape, stream) =>
  randomBernoulli(shape, { stream, probability: probabilities[stream % 5] ?? 0.5 }),
);
