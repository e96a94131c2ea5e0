import { inputTensor } from "../graph/leaves.ts";
import type { Epilogue, EpilogueAttributes } from "../graph/op.ts";
import type { Node } from "../graph/tensor.ts";
import { record, Tensor } from "../graph/tensor.ts";
import { constant, operand } from "../kernels/formula.ts";
import type { StepValues } from "../kernels/step.ts";
import { firstStep } from "../kernels/step.ts";
import type { TensorType, TypedArray } from "../kernels/types.ts";
import { storedValues } from "../kernels/types.ts";
import { ops } from "../ops/registry.ts";
import { evaluateNode, evaluateOnCpu, hostTensor } from "../reference/executor.ts";
import type { Case, CaseList, Tolerance } from "./case.ts";
import type { Allowance } from "./compare.ts";
import { allowanceOf } from "./compare.ts";
import { fillInput, typeOf } from "./fill.ts";

/** A node under test with the values it reads and what must come out. */
export interface Subject {
  readonly op: string;
  /** The case's name, and which node of the op where it has several. */
  readonly name: string;
  readonly node: Node;
  readonly step: StepValues;
  readonly types: readonly TensorType[];
  /** As GPU buffers hold them. Computed at the first call, as the others. */
  readonly inputs: () => readonly TypedArray[];
  readonly expected: () => readonly TypedArray[];
  readonly allowance: (output: number) => Allowance;
}

/** A case's inputs as leaves of a graph, and their values by name. */
export interface CaseGraph {
  readonly inputs: readonly Tensor[];
  readonly values: ReadonlyMap<string, TypedArray>;
  readonly outputs: readonly Tensor[];
  readonly step: StepValues;
}

/** Every field has a value of its own, so that a kernel that reads the wrong one shows. */
export const caseStep: StepValues = {
  ...firstStep,
  index: 7,
  row: 1,
  seedLow: 0x1234_5678,
  seedHigh: 0x9abc_def0,
  batchStart: 2,
  learningRate: 0.03,
  coefficient1: 1.9,
  coefficient2: 7.5,
  coefficient3: 1.3,
  coefficient4: 0.6,
};

/** Applies a case's public function to fresh inputs. */
export function buildCase(op: string, { name, inputs, build, step }: Case): CaseGraph {
  const tensors = inputs.map((input, index) => inputTensor(`input${index}`, typeOf(input)));
  const seed = hash(`${op} › ${name}`);
  const values = inputs.map((input, index) => [`input${index}`, fillInput(input, seed, index)] as const);
  return {
    inputs: tensors,
    values: new Map(values),
    outputs: listed(build(tensors)),
    step: { ...caseStep, ...step },
  };
}

/** Of what a case builds, the output that has a gradient. */
export function firstOutput(built: Tensor | readonly Tensor[]): Tensor {
  const [first] = listed(built);
  if (!first) throw new Error("the case builds nothing");
  return first;
}

function listed(built: Tensor | readonly Tensor[]): readonly Tensor[] {
  return built instanceof Tensor ? [built] : built;
}

/**
 * The nodes that a case puts to the test: those of its op, wherever the public function put others around them; all
 * that compute, where the case list is of a function that is no op.
 * @throws Error where the case builds no node of its op
 */
export function subjectsOf(list: CaseList, given: Case): Subject[] {
  const graph = buildCase(list.op, given);
  const isOp = Object.values(ops).some(({ name }) => name === list.op);
  const nodes = reachable(graph.outputs).filter(({ op }) =>
    isOp ? op.name === list.op : op.kernels.length > 0,
  );
  // A function that is no op may come to views alone, which run nothing.
  if (nodes.length === 0 && isOp) throw new Error(`the case builds no node of ${list.op}`);
  return nodes.map((node, index) => {
    const name =
      nodes.length > 1 ? `${given.name} (${node.op.name} ${index + 1} of ${nodes.length})` : given.name;
    const inputs = once(() => storedInputs(node, graph));
    return subject(list.op, name, node, graph.step, given.tolerance ?? { kind: "elementwise" }, inputs);
  });
}

/** What the node reads, rounded to what a GPU buffer holds. */
function storedInputs(node: Node, { values, step }: CaseGraph): TypedArray[] {
  const results = evaluateOnCpu(node.inputs, { inputs: values, step });
  return node.inputs.map((tensor, index) => storedValues(tensor.dtype, results[index] ?? []));
}

function subject(
  op: string,
  name: string,
  node: Node,
  step: StepValues,
  tolerance: Tolerance,
  inputs: () => readonly TypedArray[],
): Subject {
  const types = node.inputs.map((tensor) => tensor.type);
  const evaluate = (values: readonly TypedArray[]) => {
    const tensors = types.map((type, index) => hostTensor(type, values[index] ?? []));
    return evaluateNode(node, tensors, { step }).map((result) => result.data);
  };
  const expected = once(() => evaluate(inputs()));
  // Of absolute values, a sum of terms is the sum of their magnitudes.
  const magnitudes = once(() => evaluate(inputs().map((values) => values.map(Math.abs))));
  const allowance = (output: number) =>
    allowanceOf(
      tolerance,
      get(expected(), output),
      () => get(magnitudes(), output),
      node.types[output]?.dtype,
    );
  return { op, name, node, step, types, inputs, expected, allowance };
}

/** Epilogues that a kernel must be able to take over: each kind of operand, in several orders. */
const epilogues: readonly (readonly [name: string, epilogue: Epilogue])[] = [
  [
    "relu(value · ½)",
    {
      operands: ["value"],
      formula: {
        operands: 1,
        lines: [
          { function: "mul", arguments: [operand(0), constant(0.5)] },
          { function: "relu", arguments: [{ kind: "line", index: 0 }] },
        ],
      },
    },
  ],
  [
    "relu(value + bias)",
    {
      operands: ["value", "bias"],
      formula: {
        operands: 2,
        lines: [
          { function: "add", arguments: [operand(0), operand(1)] },
          { function: "relu", arguments: [{ kind: "line", index: 0 }] },
        ],
      },
    },
  ],
  [
    "operand · value",
    {
      operands: ["operand", "value"],
      formula: { operands: 2, lines: [{ function: "mul", arguments: [operand(0), operand(1)] }] },
    },
  ],
  [
    "(bias + value) · operand · ½",
    {
      operands: ["operand", "bias", "value"],
      formula: {
        operands: 3,
        lines: [
          { function: "add", arguments: [operand(1), operand(2)] },
          { function: "mul", arguments: [{ kind: "line", index: 0 }, operand(0)] },
          { function: "mul", arguments: [{ kind: "line", index: 1 }, constant(0.5)] },
        ],
      },
    },
  ],
];

/** The subject with each epilogue appended, where its op takes one. */
export function withEpilogues(plain: Subject, tolerance: Tolerance): Subject[] {
  const { node, op } = plain;
  const attributes = node.attributes as EpilogueAttributes | null;
  const [type] = node.types;
  if (!node.op.acceptsEpilogue || attributes?.epilogue || !type) return [];
  const accepted = node.op.acceptsEpilogue;
  const fitting = epilogues.filter(([, { operands }]) =>
    operands.every((kind) => kind === "value" || accepted.includes(kind)),
  );
  return fitting.map(([label, epilogue]) => {
    const extra = epilogue.operands.filter((kind) => kind !== "value");
    const shapes = extra.map((kind) => (kind === "bias" ? type.shape.slice(-1) : type.shape));
    const name = `${plain.name}, ${label}`;
    const more = shapes.map((shape, index) => inputTensor(`extra${index}`, { shape, dtype: type.dtype }));
    const [output] = record(node.op, [...node.inputs, ...more], { ...attributes, epilogue });
    const seed = hash(`${op} › ${name}`);
    const fill = { kind: "uniform", low: -1, high: 1 } as const;
    const inputs = once(() => [
      ...plain.inputs(),
      ...shapes.map((shape, index) => fillInput({ shape, fill, dtype: type.dtype }, seed, index)),
    ]);
    return subject(op, name, (output as Tensor).node, plain.step, loosened(tolerance), inputs);
  });
}

/** Room for the epilogue's own operands, which are at most 1. */
function loosened(tolerance: Tolerance): Tolerance {
  if (tolerance.kind !== "reduction" || tolerance.magnitude === undefined) return tolerance;
  return { ...tolerance, magnitude: tolerance.magnitude + 1 };
}

function reachable(tensors: readonly Tensor[]): Node[] {
  const seen = new Set<Node>();
  const visit = (node: Node) => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const input of node.inputs) visit(input.node);
  };
  for (const { node } of tensors) visit(node);
  return [...seen].sort((a, b) => a.id - b.id);
}

/** FNV-1a: a case keeps its numbers whatever stands around it. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return state;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function get(values: readonly TypedArray[], index: number): TypedArray {
  const found = values[index];
  if (!found) throw new Error(`internal: no output ${index}`);
  return found;
}
