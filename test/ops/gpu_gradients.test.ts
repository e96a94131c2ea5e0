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

/**
 * Through f16, what is handed on from op to op is rounded each time, and sums of it are off by their terms' size: the
 * largest gradient bounds that.
 */
function allowed({ needs }: Case, cpu: TypedArray): (at: number) => number {
  const plain = (at: number) => 1e-4 + 1e-3 * Math.abs(cpu[at] ?? 0);
  if (needs !== "shader-f16") return plain;
  const largest = Float64Array.from(cpu).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return (at) => plain(at) + 4 * 2 ** -11 * largest;
}

/** Gradients of a planned and fused program, compared with those of the same graph on the CPU. */
async function expectAgreement(name: string, op: string, given: Case): Promise<void> {
  const { inputs, values, step } = buildCase(op, given);
  const expected = evaluateOnCpu([...gradients(given, inputs).values()], { inputs: values, step });
  const got = await gradientsOnGpu(given, values, step);
  expect(got.size).toBe(expected.length);
  [...got].forEach(([input, gpu], index) => {
    const cpu = expected[index] ?? new Float64Array();
    const { mismatch } = compareValues(gpu, cpu, allowed(given, cpu));
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
function gradients(given: Case, inputs: readonly Tensor[]): Map<string, Tensor> {
  const output = firstOutput(given.build(inputs));
  const random = new RandomStream(1);
  const cotangent = random.fillNormal(new Float32Array(elementCount(output.shape)));
  const wanted = inputs.filter((input) => isFloat(input.dtype));
  const results = vectorJacobianProduct(output, constantTensor(cotangent, output.type), wanted);
  return new Map(results.map((result, index) => [wanted[index]?.node.label ?? String(index), result]));
}
