import type { ConstantAttributes, InputAttributes, State, StateAttributes } from "../graph/leaves.ts";
import type { Epilogue, EpilogueAttributes } from "../graph/op.ts";
import type { Executor, Node, Tensor } from "../graph/tensor.ts";
import type { StepValues } from "../kernels/step.ts";
import { firstStep } from "../kernels/step.ts";
import type { DType, TensorType, TypedArray } from "../kernels/types.ts";
import { formatType } from "../kernels/types.ts";
import { evaluateFormula } from "./formula.ts";
import type { HostTensor, Reference } from "./reference.ts";
import { count, input } from "./reference.ts";
import { references } from "./registry.ts";

/** What a graph reads beside its constants. */
export interface CpuOptions {
  /** What kernels read from the step uniform; the first step by default. */
  readonly step?: StepValues;
  /** Values of the inputs by name; those of f32 inputs are taken in full f64 precision. */
  readonly inputs?: ReadonlyMap<string, TypedArray>;
  /** Current values of state; its initial ones by default. */
  readonly states?: ReadonlyMap<State, TypedArray>;
}

/**
 * Runs a graph with the f64 references: slow, plain, and independent of every kernel. Nothing given is changed: an op
 * that updates state on the GPU returns new arrays here.
 * @returns for each tensor, row-major, f32 as Float64Array and integers as they are
 */
export function evaluateOnCpu(tensors: readonly Tensor[], options: CpuOptions = {}): TypedArray[] {
  const values = new Map<Node, readonly HostTensor[]>();
  const lookup = ({ node, index }: Tensor) => input(values.get(node) ?? [], index);
  for (const node of inputsFirst(tensors))
    values.set(node, evaluateNode(node, node.inputs.map(lookup), options));
  return tensors.map((tensor) => lookup(tensor).data);
}

/** Gives tensors that depend on it their `data()`, computed on the CPU. */
export class CpuExecutor implements Executor {
  readonly #options: CpuOptions;

  constructor(options: CpuOptions = {}) {
    this.#options = options;
  }

  async evaluate(tensors: readonly Tensor[]): Promise<readonly TypedArray[]> {
    return evaluateOnCpu(tensors, this.#options);
  }
}

/** Evaluates a single node, given the values of its inputs. */
export function evaluateNode(
  node: Node,
  inputs: readonly HostTensor[],
  options: CpuOptions = {},
): readonly HostTensor[] {
  const results = node.op.kind === "leaf" ? [leafValues(node, options)] : compute(node, inputs, options);
  return node.types.map((type, index) => {
    const data = results[index];
    if (data?.length !== count(type.shape)) {
      throw new Error(
        `internal: ${where(node)}: ${data?.length} values for output ${index}, ${formatType(type)}`,
      );
    }
    return hostTensor(type, data);
  });
}

/** Host values as references take them: floats as f64, which nothing rounds on the way. Copies. */
export function hostTensor(type: TensorType, values: ArrayLike<number>): HostTensor {
  return { ...type, data: hostArray(type.dtype, values) };
}

/** f32 and f16 in f64, integers as they are. Copies. */
export function hostArray(dtype: DType, values: ArrayLike<number>): TypedArray {
  switch (dtype) {
    case "f32":
    case "f16":
      return Float64Array.from(values);
    case "u32":
      return Uint32Array.from(values);
    case "i32":
      return Int32Array.from(values);
    default:
      return dtype satisfies never;
  }
}

function inputsFirst(tensors: readonly Tensor[]): Node[] {
  const seen = new Set<Node>();
  const pending = tensors.map((tensor) => tensor.node);
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const { node: producer } of node.inputs) pending.push(producer);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

function leafValues(node: Node, options: CpuOptions): ArrayLike<number> {
  switch (node.op.name) {
    case "constant":
      return (node.attributes as ConstantAttributes).values;
    case "input": {
      const values = options.inputs?.get((node.attributes as InputAttributes).name);
      if (!values) throw new Error(`${where(node)}: the input has no value; pass one by its name`);
      return values;
    }
    case "state": {
      const { state, offset, type } = node.attributes as StateAttributes;
      const values = options.states?.get(state) ?? state.initial;
      return values.subarray(offset, offset + count(type.shape));
    }
    default:
      throw new Error(`internal: the CPU knows no leaf ${where(node)}`);
  }
}

function compute(node: Node, inputs: readonly HostTensor[], options: CpuOptions): readonly TypedArray[] {
  const { op, attributes, types } = node;
  const module = references[op.name];
  const epilogue = op.acceptsEpilogue ? (attributes as EpilogueAttributes | null)?.epilogue : undefined;
  const own = epilogue ? inputs.slice(0, inputs.length - extraOperands(epilogue)) : inputs;
  if (module && "reference" in module) {
    // The registry pairs references with their ops by name; the attributes are the op's own.
    const reference = module.reference as Reference;
    const step = options.step ?? firstStep;
    const results = reference(own.map(copyOf), attributes, { step, outputs: types });
    return epilogue ? [applyEpilogue(node, epilogue, results[0], inputs.slice(own.length))] : results;
  }
  if (!op.formula) throw new Error(`internal: ${where(node)} has no reference`);
  return [evaluateFormula(op.formula(attributes), own, types[0]?.shape ?? [])];
}

/** A reference may work in place on what it is given. */
const copyOf = (tensor: HostTensor): HostTensor => ({ ...tensor, data: tensor.data.slice() });

const extraOperands = ({ operands }: Epilogue) => operands.filter((operand) => operand !== "value").length;

/** The formula's operands: the op's own result, and the tensors that follow its inputs. */
function applyEpilogue(
  node: Node,
  { formula, operands }: Epilogue,
  result: TypedArray | undefined,
  extra: readonly HostTensor[],
): Float64Array<ArrayBuffer> {
  const type = node.types[0];
  if (!type || !result) throw new Error(`internal: ${where(node)}: an epilogue without a result`);
  let next = 0;
  const tensors = operands.map((operand): HostTensor => {
    if (operand === "value") return hostTensor(type, result);
    const tensor = input(extra, next++);
    return operand === "bias" ? tensor : { ...tensor, shape: type.shape };
  });
  return evaluateFormula(formula, tensors, type.shape);
}

function where({ op, label }: Node): string {
  return label ? `${op.name}(${label})` : op.name;
}
