import type { Device } from "../device/device.ts";
import type { AdapterTraits } from "../device/traits.ts";
import { inputTensor, State, stateTensor } from "../graph/leaves.ts";
import { passNames } from "../graph/pass_names.ts";
import type { Node, Tensor } from "../graph/tensor.ts";
import type { Cost, Kernel, KernelRequest } from "../kernels/kernel.ts";
import type { StepValues } from "../kernels/step.ts";
import { firstStep } from "../kernels/step.ts";
import type { TuningTable } from "../kernels/tuning_table.ts";
import type { TensorType, TypedArray } from "../kernels/types.ts";
import type { Step, StepResult } from "../plan/engine.ts";
import { traceStep } from "../plan/engine.ts";
import { planGraph } from "../plan/plan_graph.ts";
import { TuningEngine } from "../plan/tuning_engine.ts";
import type { Candidate, Subject } from "./candidate.ts";
import { kernelComparison } from "./comparison.ts";
import type { KernelCase } from "./kernel_case.ts";
import { caseValues, dtypeOf } from "./kernel_case.ts";
import { expectedOf, firstWrong } from "./verify.ts";

/** Optimizers move by it: a run that did nothing would show. */
const step: StepValues = { ...firstStep, learningRate: 1e-3, coefficient1: 10, coefficient2: 1000 };

/**
 * What can be timed of a case: the kernels that a compiled program runs, which for convolutions are several; with `all`
 * also each kernel of the op that accepts the case. Nothing, where the case is in f16 and the adapter has none.
 * @param tuning what names the kernels of the program; the same has to be there when it is prepared
 */
export function kernelCandidates(
  given: KernelCase,
  traits: AdapterTraits,
  all: boolean,
  tuning?: TuningTable,
): Candidate[] {
  const half = given.inputs.some((input) => dtypeOf(input) === "f16");
  if (half && !traits.features.has("shader-f16")) return [];
  const variant = programVariant(given, traits, tuning);
  const candidate = (name: string, kernel?: Kernel): Candidate => ({
    name: given.name,
    case: given.case,
    variant: name,
    prepare: (device, table) => prepareKernel(given, device, kernel, table),
  });
  const { node, request } = nodeOf(given);
  const others = node.op.kernels.filter(
    (kernel) => kernel.name !== variant && kernel.accepts(request, traits),
  );
  return [candidate(variant), ...(all ? others.map((kernel) => candidate(kernel.name, kernel)) : [])];
}

/** The kernels that a program with the case in it runs, without compiling it. */
function programVariant(given: KernelCase, traits: AdapterTraits, tuning?: TuningTable): string {
  const types = caseTypes(given);
  const { build, inputTypes } = bind(given, types, () => new Float32Array());
  const { dispatches } = planGraph(traceStep(build, inputTypes), traits, { tuning });
  return dispatches.map(({ kernel }) => kernel.name).join(" + ");
}

/** Compiles a case and has its result ready to be checked; with `kernel`, that one and no rewriting. */
async function prepareKernel(
  given: KernelCase,
  device: Device,
  kernel?: Kernel,
  tuning?: TuningTable,
): Promise<Subject> {
  const engine = new TuningEngine(device, tuning);
  const values = caseValues(given);
  const types = caseTypes(given);
  const bound = bind(given, types, (index) => values[index] ?? new Float32Array(), kernel);
  const begun = performance.now();
  // Dead code goes in any case: it is no rewriting of what is timed.
  const without = kernel ? passNames.filter((name) => name !== "deadCode") : [];
  const compiled = await engine.compile(bound.build, bound.inputTypes, { without });
  const compileMilliseconds = performance.now() - begun;
  const { node, cost } = nodeOf(given);
  const op = kernel ? undefined : given.peerOp;
  return {
    ...(op && { comparison: kernelComparison({ op, given, values, node, cost, step }) }),
    step: compiled,
    work: [cost],
    compileMilliseconds,
    rows: (count) => Array.from({ length: count }, (_, row) => ({ ...step, row })),
    check: () => checkKernel({ given, engine, step: compiled, bound, values, node, cost }),
    tune: (options) => engine.tune(compiled, options),
    release: () => {
      compiled.dispose();
      for (const state of bound.states.values()) engine.releaseState(state);
    },
  };
}

interface Checked {
  readonly given: KernelCase;
  readonly engine: TuningEngine;
  readonly step: Step;
  readonly bound: Bound;
  readonly values: readonly TypedArray[];
  readonly node: Node;
  readonly cost: Cost;
}

async function checkKernel({ given, engine, step: compiled, bound, values, node, cost }: Checked) {
  compiled.upload(bound.inputValues(values));
  compiled.replay([step]);
  const shapes = node.types.map(({ shape }) => shape);
  const expected = expectedOf(given, values, shapes, cost, step);
  for (const [index, wanted] of expected.entries()) {
    const state = bound.states.get(node.op.updates?.[index] ?? -1);
    const got = state ? await engine.readState(state) : await compiled.read(`out${index}`);
    const wrong = firstWrong(node.op.outputs[index] ?? `output ${index}`, got, wanted);
    if (wrong) return wrong;
  }
  return null;
}

const caseTypes = (given: KernelCase): TensorType[] =>
  given.inputs.map((input) => ({ shape: input.shape, dtype: dtypeOf(input) }));

/** The case's node, for its types, and what its kernels are asked. */
function nodeOf(given: KernelCase): { node: Node; request: KernelRequest; cost: Cost } {
  const types = caseTypes(given);
  const [output] = given.apply(types.map((type, index) => inputTensor(`in${index}`, type)));
  if (!output) throw new Error(`internal: ${given.name} has no output`);
  const { node } = output;
  const request = { inputs: types, outputs: node.types, attributes: node.attributes };
  return { node, request, cost: node.op.cost(request) };
}

/** A case as a step function: what the op overwrites is state, everything else an input. */
interface Bound {
  /** By the input's number. */
  readonly states: ReadonlyMap<number, State>;
  readonly inputTypes: Readonly<Record<string, TensorType>>;
  build(inputs: Readonly<Record<string, Tensor>>): StepResult;
  inputValues(values: readonly TypedArray[]): Readonly<Record<string, TypedArray>>;
}

function bind(
  given: KernelCase,
  types: readonly TensorType[],
  initial: (index: number) => TypedArray,
  kernel?: Kernel,
): Bound {
  const updates = nodeOf(given).node.op.updates ?? [];
  const states = new Map<number, State>();
  const inputs: [name: string, type: TensorType, index: number][] = [];
  types.forEach((type, index) => {
    if (updates.includes(index)) states.set(index, new State(`in${index}`, type, initial(index)));
    else inputs.push([`in${index}`, type, index]);
  });
  return {
    states,
    inputTypes: Object.fromEntries(inputs),
    inputValues: (values) =>
      Object.fromEntries(inputs.map(([name, , index]) => [name, values[index] ?? new Float32Array()])),
    build: (placeholders) => {
      const tensors = types.map((_, index) => {
        const state = states.get(index);
        const tensor = state ? stateTensor(state) : placeholders[`in${index}`];
        if (!tensor) throw new Error(`internal: ${given.name} has no input ${index}`);
        return tensor;
      });
      const results = given.apply(tensors, kernel);
      const overwritten = updates.flatMap((input, output) => {
        const [state, value] = [states.get(input), results[output]];
        return state && value ? [{ state, value }] : [];
      });
      if (overwritten.length > 0) return { updates: overwritten };
      return Object.fromEntries(results.map((tensor, index) => [`out${index}`, tensor]));
    },
  };
}
