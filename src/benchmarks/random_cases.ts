import { randomNormalOp } from "../ops/randomNormal.ts";
import { randomPermutationOp } from "../ops/randomPermutation.ts";
import { randomUniformOp } from "../ops/randomUniform.ts";
import type { KernelCase } from "./kernel_case.ts";
import { kernelCase } from "./kernel_case.ts";

const shape = [1 << 20];
const stream = 1;
const options = { case: `${1 << 20} elements`, inputs: [], outputAxes: ["i"] };

/** Draws of a million numbers, which write and read nothing: Philox's arithmetic is what takes the time. */
export const randomCases: readonly KernelCase[] = [
  kernelCase(randomUniformOp, () => ({ shape, stream, low: 0, high: 1 }), options),
  kernelCase(randomNormalOp, () => ({ shape, stream, mean: 0, standardDeviation: 1 }), options),
  kernelCase(randomPermutationOp, () => ({ count: 60_000, stream }), { ...options, case: "60000 places" }),
];
