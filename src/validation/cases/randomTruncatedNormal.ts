import { randomTruncatedNormal } from "../../ops/randomTruncatedNormal.ts";
import { drawCases } from "../kit/draws.ts";

export const cases = drawCases("randomTruncatedNormal", (shape, stream) =>
  randomTruncatedNormal(shape, { stream, ...(stream === 1 && { mean: -2, standardDeviation: 3 }) }),
);
