import { randomUniform } from "../../ops/randomUniform.ts";
import { drawCases } from "../kit/draws.ts";

export const cases = drawCases("randomUniform", (shape, stream) =>
  randomUniform(shape, { stream, ...(stream > 0 && { low: -0.5, high: 3 }) }),
);
