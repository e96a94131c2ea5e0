/** Gradients of planned and fused programs on the GPU, against those of the same graph in f64 on the CPU. */
import { vectorJacobianProduct } from "../autograd/gradient.ts";
import { constantTensor } from "../graph/leaves.ts";
import type { Tensor } from "../graph/tensor.ts";
import { RandomStream } from "../kernels/philox.ts";
import type { StepValues } from "../kernels/step.ts";
import type { TypedArray } from "../kernels/types.ts";
import { elementCount, isFloat, storedValues } from "../kernels/types.ts";
import type { Engine } from "../plan/engine.ts";
import { evaluateOnCpu } from "../reference/executor.ts";
import type { Case, CaseList } from "./case.ts";
import { caseLists } from "./cases/index.ts";
import { compareValues } from "./compare.ts";
import { typeOf } from "./fill.ts";
import { shapesOf } from "./gradients.ts";
import { reasonToLeaveOut } from "./needs.ts";
import type { CheckItem, Failure, Outcome } from "./outcome.ts";
import { itemName } from "./outcome.ts";
import { buildCase, firstOutput } from "./subject.ts";

/** Every case that has a gradient, the large ones too. */
export function* gpuGradientSuite(lists: readonly CaseList[] = caseLists): Generator<CheckItem> {
  for (const list of lists) {
    for (const given of list.cases) {
      const { gradient } = given;
      if (gradient === undefined || gradient === "skip: large") yield gpuGradientItem(list, given);
    }
  }
}

function gpuGradientItem({ op }: CaseList, given: Case): CheckItem {
  const kind = "gradient on the GPU";
  return {
    kind,
    op,
    case: given.name,
    variant: kind,
    name: itemName(op, given.name, kind),
    subject: `the gradient of ${op} of ${shapesOf(given)}`,
    kernel: null,
    file: null,
    prepare: async () => undefined,
    async check({ engine }) {
      const skipped = reasonToLeaveOut(given, engine.traits);
      return skipped === null ? checkOnGpu(engine, op, given) : { skipped };
    },
  };
}

async function checkOnGpu(engine: Engine, op: string, given: Case): Promise<Outcome> {
  const { inputs, values, step } = buildCase(op, given);
  const expected = evaluateOnCpu([...gradients(given, inputs).values()], { inputs: values, step });
  const got = await gradientsOnGpu(engine, given, values, step);
  if (got.size !== expected.length)
    throw new Error(`${got.size} gradients on the GPU, ${expected.length} on the CPU`);
  const roundings = halfRoundings(given, inputs, values);
  let worst = 0;
  const failures = [...got].flatMap(([input, gpu], index): Failure[] => {
    const cpu = expected[index] ?? new Float64Array();
    const allowed = (at: number) => 1e-4 + 1e-3 * Math.abs(cpu[at] ?? 0) + (roundings[index]?.[at] ?? 0);
    const { worst: own, mismatch, faults } = compareValues(gpu, cpu, allowed);
    worst = Math.max(worst, own);
    return mismatch ? [{ output: input, problem: "wrong gradient", ...mismatch, faults }] : [];
  });
  return { worst, failures };
}

/** How often a term of a gradient is rounded to f16 on its way: a cotangent between, a product or two, their sum. */
const timesRounded = 4;

/**
 * Through f16, each term of a sum is off by as much as it was rounded, whatever the sum: of absolute values, the gradient
 * is the sum of its terms' magnitudes.
 */
function halfRoundings(
  given: Case,
  inputs: readonly Tensor[],
  values: ReadonlyMap<string, TypedArray>,
): readonly TypedArray[] {
  if (given.needs !== "shader-f16") return [];
  const absolute = new Map([...values].map(([name, own]) => [name, own.map(Math.abs)]));
  const magnitudes = evaluateOnCpu([...gradients(given, inputs, Math.abs).values()], { inputs: absolute });
  return magnitudes.map((own) => own.map((magnitude) => timesRounded * 2 ** -11 * Math.abs(magnitude)));
}

async function gradientsOnGpu(
  engine: Engine,
  given: Case,
  values: ReadonlyMap<string, TypedArray>,
  step: StepValues,
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
  const drawn = random.fillNormal(new Float32Array(elementCount(output.shape))).map(weight);
  // Rounded for both: what f16 makes of a cotangent is no error of the gradient.
  const cotangent = storedValues(output.dtype, drawn);
  const wanted = inputs.filter((input) => isFloat(input.dtype));
  const results = vectorJacobianProduct(output, constantTensor(cotangent, output.type), wanted);
  return new Map(results.map((result, index) => [wanted[index]?.node.label ?? String(index), result]));
}
