import type { AdapterTraits } from "../device/traits.ts";
import { segmentLength } from "../ops/optimizer.ts";
import type { Candidate } from "./candidate.ts";
import type { KernelCase } from "./kernel_case.ts";
import { adamCase, matmulCase } from "./kernel_cases.ts";
import { kernelCandidates } from "./kernel_rows.ts";
import { mlpCase, stepCandidate, wide } from "./step_rows.ts";

/** What a size asks of the device and of the host. */
export interface Needs {
  /** Of the largest tensor, in bytes. */
  readonly tensor: number;
  /** Of everything at once, on the device and for its data and its check on the host, in bytes. */
  readonly memory: number;
}

/** The same work at growing sizes. */
export interface ScalingSeries {
  readonly name: string;
  /** What grows, and the rest. */
  readonly title: string;
  /** What a size counts. */
  readonly size: string;
  readonly sizes: readonly number[];
  /** Work grows as size to this power. */
  readonly order: number;
  candidate(size: number, traits: AdapterTraits): Candidate;
  needs(size: number): Needs;
}

/** 2^from to 2^to. */
const powersOfTwo = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => 2 ** (from + index));

function ofProgram(given: KernelCase, traits: AdapterTraits): Candidate {
  const [candidate] = kernelCandidates(given, traits, false);
  if (!candidate) throw new Error(`internal: nothing runs ${given.case}`);
  return candidate;
}

/** Tensors of one size, `count` of them on the device; the host draws them and keeps what it reads back. */
const tensors = (elements: number, count: number): Needs => ({
  tensor: 4 * elements,
  memory: 4 * elements * (2 * count + 2),
});

/** Checked at some parameters, with as many segments as so many have: all segments are alike. */
export const sampledAdam = (parameters: number, count = 4096): KernelCase => ({
  ...adamCase(parameters),
  sample: { i: count, s: segmentLength(count) },
});

const hidden = 128;
const depthBatch = 128;
/** Of the batch series' widest layer, its input. */
const inputs = 784;
/** Activations and gradients of a dense layer that a step keeps at once, at most. */
const kept = 4;

/** All series of `wgrad bench --scaling`, the quick ones first. */
export const scalingSeries: readonly ScalingSeries[] = [
  {
    name: "matmul",
    title: "a product of n × n matrices",
    size: "n",
    sizes: powersOfTwo(6, 12),
    order: 3,
    candidate: (n, traits) => ofProgram(matmulCase(n, n, n), traits),
    needs: (n) => tensors(n * n, 3),
  },
  {
    name: "batch",
    title: `a training step of ${[inputs, ...wide].join("-")}, SGD`,
    size: "images a batch",
    sizes: powersOfTwo(0, 10),
    order: 1,
    candidate: (batch) => stepCandidate(mlpCase("mlp-sgd", wide, batch, "sgd")),
    needs: (batch) => tensors(batch * inputs, kept),
  },
  {
    name: "depth",
    title: `a training step of ${inputs}, n × ${hidden}, 10, batch ${depthBatch}, Adam`,
    size: `layers of ${hidden}`,
    sizes: powersOfTwo(0, 6),
    order: 1,
    candidate: (depth) => {
      const sizes = [...Array.from({ length: depth }, () => hidden), 10];
      return stepCandidate(mlpCase("depth", sizes, depthBatch, "adam"));
    },
    needs: (depth) => tensors((depth + inputs / hidden) * hidden * hidden, kept),
  },
  {
    name: "parameters",
    title: "an update by Adam",
    size: "parameters",
    sizes: Array.from({ length: 6 }, (_, index) => 10 ** (3 + index)),
    order: 1,
    candidate: (parameters, traits) => ofProgram(sampledAdam(parameters), traits),
    needs: (parameters) => tensors(parameters, 4),
  },
];
