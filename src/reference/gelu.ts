import { scalar as erf } from "./erf.ts";

/** The limit at −∞ is 0. */
export const scalar = (x: number): number => (x < -40 ? -0 : 0.5 * x * (1 + erf(x * Math.SQRT1_2)));
