import { afterAll, describe, expect, it } from "vitest";
import { vectorJacobianProduct } from "../../src/autograd/gradient.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import type { TypedArray } from "../../src/kernels/types.ts";
import { elementCount, isFloat } from "../../src/kernels/types.ts";
import { Engine } from "../../src/plan/engine.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import type { Case } from "../../src/validation/case.ts";
import { caseLists } from "../../src/validation/cases/index.ts";
import { command } from "../../src/validation/check.ts";
import { compareValues } from "../../src/validation/compare.ts";
import { typeOf } from "../../src/validation/fill.ts";
import { buildCase, firstOutput } from "../../src/validation/subject.ts";
import { reasonToLeaveOut } from "../../src/validation/variants.ts";
import { openTestDevice } from "../support/open.ts";

const engine = new Engine(await openTestDevice());
afterAll(() => engine.dispose());

for (const { op, cases } of caseLists) {
  const differentiable = cases.filter(({ gradient }) => gradient === undefined || gradient === "skip: large");
  describe.skipIf(differentiable.length === 0)(`${op} gradients on the GPU`, () => {
    for (const given of differentiable) {
      const name = `${op} › ${given.name} › gradient on the GPU`;
      it(name, ({ skip }) => {
        const reason = reasonToLeaveOut(given, engine.traits);
        if (reason !== null) skip(reason);
        return expectAgreement(name, op, given);
      });
    }
  });
}

/** How often a term of a gradient is rounded to f16 on its way: the cotangent, a product or two, their sum. */
const roundings = 4;

/**
 * Through f16, each term of a sum is off by as much as it was rounded, whatever the sum: of absolute values, the gradient
 * is the sum of its terms' magnitudes.
 */
function allowances(
  given: Case,
  inputs: readonly Tensor[],
  values: ReadonlyMap<string, TypedArray>,
): (index: number, size: number, at: number) => number {
  const plain = (size: number) => 1e-4 + 1e-3 * size;
  if (given.needs !== "shader-f16") return (_, size) => plain(size);
  const absolute = new Map([...values].map(([name, own]) => [name, own.map(Math.abs)]));
  const magnitudes = evaluateOnCpu([...gradients(given, inputs, Math.abs).values()], { inputs: absolute });
  return (index, size, at) => plain(size) + roundings * 2 ** -11 * (magnitudes[index]?.[at] ?? 0);
}

/** Gradients of a planned and fused program, compared with those of the same graph on the CPU. */
async function expectAgreement(name: string, op: string, given: Case): Promise<void> {
  const { inputs, values, step } = buildCase(op, given);
  const expected = evaluateOnCpu([...gradients(given, inputs).values()], { inputs: values, step });
  const got = await gradientsOnGpu(given, values, step);
  const allowed = allowances(given, inputs, values);
  expect(got.size).toBe(expected.length);
  [...got].forEach(([input, gpu], index) => {
    const cpu = expected[index] ?? new Float64Array();
    const { mismatch } = compareValues(gpu, cpu, (at) => allowed(index, Math.abs(cpu[at] ?? 0), at));
    expect.soft(mismatch, `the gradient of ${input} is wrong; run it again: ${command(name)}`).toBeNull();
  });
}

async function gradientsOnGpu(
  given: Case,
  values: ReadonlyMap<string, TypedArray>,
  step: Parameters<Awaited<ReturnType<typeof engine.compile>>["run"]>[1],
): Promise<Map<string, TypedArray>> {
  const types = Object.fromEntries(given.inputs.map((input, index) => [`input${index}`, typeOf(input)]));
  const compiled = await engine.compile((inputs) => {
    const tensors = Object.keys(types).map((name) => inputs[name] as Tensor);
    return Object.fromEntries(gradients(given, tensors));
  }, types);
  try {
    return new Map(Object.entries(await compiled.run(Object.fromEntries(values), step)));
  } finally {
    compiled.dispose();
  }
}

/** By the input's name, for each that has one. */
function gradients(
  given: Case,
  inputs: readonly Tensor[],
  weight: (value: number) => number = (value) => value,
): Map<string, Tensor> {
  const output = firstOutput(given.build(inputs));
  const random = new RandomStream(1);
  const cotangent = random.fillNormal(new Float32Array(elementCount(output.shape))).map(weight);
  const wanted = inputs.filter((input) => isFloat(input.dtype));
  const results = vectorJacobianProduct(output, constantTensor(cotangent, output.type), wanted);
  return new Map(results.map((result, index) => [wanted[index]?.node.label ?? String(index), result]));
}
