/** Gradients in f64 on the CPU against central differences: the mathematics of each op, without any kernel. */
import type { Evaluate, GradientCheck } from "../autograd/gradient_check.ts";
import { checkGradient } from "../autograd/gradient_check.ts";
import { ShapeError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { elementCount, formatShape } from "../kernels/types.ts";
import { evaluateOnCpu } from "../reference/executor.ts";
import type { Case, CaseList } from "./case.ts";
import { caseLists } from "./cases/index.ts";
import { typeOf } from "./fill.ts";
import type { CheckItem, Failure, Outcome, Skipped } from "./outcome.ts";
import { itemName } from "./outcome.ts";
import { buildCase, firstOutput } from "./subject.ts";

/** Elements of each input; beyond, a random choice keeps a case below a second. */
const samples = 60;
/** Elements of all inputs up to which the second order is checked as well. */
const smallEnough = 600;

/** The gradient of every case that has one, and where it is small, the gradient's gradient. */
export function* gradientSuite(lists: readonly CaseList[] = caseLists): Generator<CheckItem> {
  for (const list of lists) for (const given of list.cases) yield* gradientItems(list, given);
}

function* gradientItems(list: CaseList, given: Case): Generator<CheckItem> {
  if (given.gradient !== undefined) return;
  yield gradientItem(list, given, 1);
  const size = given.inputs.reduce((total, { shape }) => total + elementCount(shape), 0);
  if (size <= smallEnough) yield gradientItem(list, given, 2);
}

function gradientItem({ op }: CaseList, given: Case, order: 1 | 2): CheckItem {
  const kind = order === 1 ? "gradient" : "gradient of the gradient";
  return {
    kind,
    op,
    case: given.name,
    variant: kind,
    name: itemName(op, given.name, kind),
    subject: `the ${kind} of ${op} of ${shapesOf(given)}`,
    kernel: null,
    file: null,
    prepare: async () => undefined,
    check: () => checkOrder(op, given, order),
  };
}

export const shapesOf = ({ inputs }: Case): string => inputs.map(({ shape }) => formatShape(shape)).join(" ");

async function checkOrder(op: string, given: Case, order: 1 | 2): Promise<Outcome | Skipped> {
  try {
    const checks = await runCheck(op, given, order);
    const worst = Math.max(...checks.map((check) => check.worst));
    return { worst, failures: checks.filter(({ ok }) => !ok).map(failureOf) };
  } catch (error) {
    const none = error instanceof ShapeError && error.problem === "this op has no gradient";
    if (order === 2 && none) return { skipped: "an op of the gradient has none itself" };
    throw error;
  }
}

function runCheck(op: string, given: Case, order: 1 | 2): Promise<GradientCheck[]> {
  const { values, step } = buildCase(op, given);
  const inputs = given.inputs.map((input, index) => {
    const own = values.get(`input${index}`);
    if (!own) throw new Error("the case has fewer tensors than it says");
    return { type: typeOf(input), values: own };
  });
  const evaluate: Evaluate = (tensors, named) => evaluateOnCpu(tensors, { inputs: named, step });
  const apply = (tensors: readonly Tensor[]) => firstOutput(given.build(tensors));
  return checkGradient(apply, inputs, { evaluate, order, samples });
}

function failureOf({ input, order, index, analytic, numeric, worst }: GradientCheck): Failure {
  const error = Math.abs(analytic - numeric);
  const output = `${order === 1 ? "" : "second order, "}input ${input}`;
  return {
    output,
    problem: "wrong gradient",
    index,
    got: analytic,
    expected: numeric,
    error,
    allowed: error / worst,
    faults: 1,
  };
}
