import { randomNormal } from "../../ops/randomNormal.ts";
import { drawCases } from "../kit/draws.ts";

export const cases = drawCases("randomNormal", (shape, stream) =>
  randomNormal(shape, { stream, ...(stream === 1 && { mean: -2, standardDeviation: 3 }) }),
);
