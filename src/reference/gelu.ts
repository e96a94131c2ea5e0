import { scalar as erf } from "./erf.ts";

export const scalar = (x: number): number => 0.5 * x * (1 + erf(x * Math.SQRT1_2));
