import { describe, expect, it } from "vitest";
import type { Evaluate, GradientCheck } from "../../src/autograd/gradient_check.ts";
import { checkGradient } from "../../src/autograd/gradient_check.ts";
import { ShapeError } from "../../src/device/errors.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { elementCount } from "../../src/kernels/types.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import type { Case } from "../../src/validation/case.ts";
import { caseLists } from "../../src/validation/cases/index.ts";
import { command } from "../../src/validation/check.ts";
import { typeOf } from "../../src/validation/fill.ts";
import { buildCase, firstOutput } from "../../src/validation/subject.ts";

/** Elements of each input; beyond, a random choice keeps a case below a second. */
const samples = 60;
/** Elements of all inputs up to which the second order is checked as well. */
const smallEnough = 600;

for (const { op, cases } of caseLists) {
  describe(`${op} gradients`, () => {
    for (const given of cases) {
      const { gradient, inputs } = given;
      const size = inputs.reduce((total, { shape }) => total + elementCount(shape), 0);
      it.skipIf(gradient !== undefined)(`${op} › ${given.name} › gradient`, () => expectRight(op, given, 1));
      it.skipIf(gradient !== undefined || size > smallEnough)(
        `${op} › ${given.name} › gradient of the gradient`,
        async ({ skip }) => {
          if (!(await expectRight(op, given, 2))) skip("an op of the gradient has none itself");
        },
      );
    }
  });
}

/** False where the order asked for does not exist. */
async function expectRight(op: string, given: Case, order: 1 | 2): Promise<boolean> {
  const checks = await check(op, given, order).catch((error: unknown) => {
    if (order === 2 && error instanceof ShapeError && error.problem === "this op has no gradient")
      return null;
    throw error;
  });
  const wrong = checks?.filter(({ ok }) => !ok) ?? [];
  const name = `${op} › ${given.name} › gradient`;
  expect.soft(wrong, [...wrong.map(describeCheck), `run it again: ${command(name)}`].join("\n")).toEqual([]);
  return checks !== null;
}

function check(op: string, given: Case, order: 1 | 2): Promise<GradientCheck[]> {
  const { values, step } = buildCase(op, given);
  const inputs = given.inputs.map((input, index) => ({
    type: typeOf(input),
    values: need(values.get(`input${index}`)),
  }));
  const evaluate: Evaluate = (tensors, named) => evaluateOnCpu(tensors, { inputs: named, step });
  const apply = (tensors: readonly Tensor[]) => firstOutput(given.build(tensors));
  return checkGradient(apply, inputs, { evaluate, order, samples });
}

function describeCheck({ input, order, index, analytic, numeric, worst }: GradientCheck): string {
  const share = `${worst.toPrecision(3)} times what is allowed`;
  return `order ${order}, input ${input}[${index}]: gradient ${analytic}, difference ${numeric}: ${share}`;
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the case has fewer tensors than it says");
  return value;
}
