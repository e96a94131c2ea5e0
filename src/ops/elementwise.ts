import "../kernels/generated/elementwise/broadcast.ts";
import "../kernels/generated/elementwise/map.ts";
import type { Op, Vjp } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Formula } from "../kernels/formula.ts";
import { singleFormula } from "../kernels/formula.ts";
import type { FusedWork, Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import type { FloatDType, Shape, TensorType } from "../kernels/types.ts";
import { ceilDivide, elementCount, formatType, isFloat, sameShape, trafficBytes } from "../kernels/types.ts";
import { broadcastShapes, broadcastStrides, collapseAxes } from "./broadcasting.ts";
import { promoteFloats, shapeError } from "./checks.ts";
import type { Run } from "./runs.ts";
import { runAccepts, runGroups, runSuits, runs } from "./runs.ts";

/** Bindings of `elementwise/map` and `elementwise/broadcast` for operands, in order. */
const letters = ["a", "b", "c", "d", "e", "f"] as const;

/** As many inputs as fit beside the output within WebGPU's default of 8 storage buffers, with one spare. */
export const maxElementwiseInputs = letters.length;

/** What every elementwise op's attributes carry: the formula comes from the op. */
type FormulaOf<Attributes> = (attributes: Attributes) => Formula;

export interface ElementwiseDescription<Attributes> {
  readonly name: string;
  readonly inputs: readonly string[];
  /** Constants after the operands in the call of `op_NAME`. */
  constants?(attributes: Attributes): readonly number[];
  readonly saves?: readonly string[];
  readonly vjp: Vjp<Attributes>;
  /** Floating point operations an element. */
  readonly flops?: number;
}

/** An op whose every output element depends on one element of each (broadcast) input of floats. */
export function defineElementwise<Attributes = null>(
  description: ElementwiseDescription<Attributes>,
): Op<Attributes> {
  const { name, inputs, constants, saves = [], vjp, flops = 1 } = description;
  const formula = (attributes: Attributes) => singleFormula(name, inputs.length, constants?.(attributes));
  return elementwiseOp({ name, inputs, saves, vjp, formula, flops });
}

interface ElementwiseForm<Attributes> {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly saves: readonly string[];
  readonly vjp?: Vjp<Attributes>;
  readonly formula: FormulaOf<Attributes>;
  readonly flops: number;
  /** The result type where broadcasting the inputs does not give it. */
  readonly type?: Op<Attributes>["type"];
}

/** The general form; `defineElementwise` is the usual one. */
export function elementwiseOp<Attributes>(form: ElementwiseForm<Attributes>): Op<Attributes> {
  return defineOp<Attributes>({
    name: form.name,
    inputs: form.inputs,
    outputs: ["out"],
    saves: form.saves,
    ...(form.vjp && { vjp: form.vjp }),
    formula: form.formula,
    type: form.type ?? ((inputs) => [elementwiseType(form.name, inputs)]),
    kernels: elementwiseKernels(form.formula),
    cost: ({ inputs, outputs }) => ({
      flops: form.flops * elementCount(outputs[0]?.shape ?? []),
      bytes: trafficBytes(...inputs, ...outputs),
    }),
  });
}

/** A chain of elementwise ops that a pass fused. It appears after differentiation, so it has no gradient. */
export interface FusedAttributes {
  readonly formula: Formula;
  /** The common shape; a formula of constants alone has no inputs to take it from. */
  readonly shape: Shape;
  /** What the last op gives; f32 by default. */
  readonly dtype?: FloatDType;
}

export const fusedElementwise = elementwiseOp<FusedAttributes>({
  name: "elementwise",
  inputs: ["…"],
  saves: [],
  formula: (attributes) => attributes.formula,
  type: (_, { shape, dtype = "f32" }) => [{ shape, dtype }],
  flops: 1,
});

function elementwiseType(name: string, inputs: readonly TensorType[]): TensorType {
  for (const input of inputs) {
    if (!isFloat(input.dtype)) {
      throw shapeError(name, inputs, "elementwise ops take floats", `f32 or f16, not ${formatType(input)}`);
    }
  }
  return { shape: broadcastShapes(name, inputs), dtype: promoteFloats(inputs) };
}

/** How `elementwise/map` reads an operand: of the output's shape, one element, or one row again and again. */
const Mode = { Same: 0, Scalar: 1, Row: 2 } as const;

function modeOf(input: TensorType, output: TensorType): number | null {
  if (elementCount(input.shape) === elementCount(output.shape)) return Mode.Same;
  if (elementCount(input.shape) === 1) return Mode.Scalar;
  const significant = input.shape.slice(input.shape.findIndex((size) => size !== 1));
  const trailing = output.shape.slice(output.shape.length - significant.length);
  return sameShape(significant, trailing) && elementCount(significant) % 4 === 0 ? Mode.Row : null;
}

function elementwiseKernels<Attributes>(formulaOf: FormulaOf<Attributes>): readonly Kernel<Attributes>[] {
  const fused = ({ attributes, inputs, inPlace }: KernelRequest<Attributes>): FusedWork => ({
    formula: formulaOf(attributes),
    operands: inputs.map((_, index) => (index === inPlace ? "out" : (letters[index] ?? "?"))),
  });
  const bindings = ({ inputs, inPlace }: KernelRequest<Attributes>) => [
    ...inputs.map((_, index) => (index === inPlace ? null : (letters[index] ?? "?"))),
    "out",
  ];
  const shared = { fused, bindings };
  const map = (run: Run) =>
    defineKernel<"elementwise/map", Attributes>({
      file: "elementwise/map",
      variant: { RUN: run },
      ...shared,
      suits: ({ outputs }, traits) => runSuits(run, vectors(first(outputs)), traits),
      accepts: ({ inputs, outputs }) =>
        runAccepts(run, vectors(first(outputs))) &&
        inputs.every((input) => modeOf(input, first(outputs)) !== null) &&
        rowLengths(inputs, first(outputs)).size <= 1,
      constants: ({ inputs, outputs }) =>
        Object.fromEntries(
          inputs.map((input, index) => [
            `MODE_${letters[index]?.toUpperCase()}`,
            modeOf(input, first(outputs)) ?? 0,
          ]),
        ),
      params: ({ inputs, outputs }) => ({
        vectors: vectors(first(outputs)),
        row_vectors: rowVectors(inputs, first(outputs)),
      }),
      workgroups: ({ outputs }) => runGroups(run, vectors(first(outputs))),
    });
  const broadcast = defineKernel<"elementwise/broadcast", Attributes>({
    file: "elementwise/broadcast",
    ...shared,
    params: broadcastParams,
    workgroups: ({ outputs }) => ceilDivide(vectors(first(outputs)), 64),
  });
  return [...runs.map(map), broadcast];
}

const vectors = (type: TensorType) => ceilDivide(elementCount(type.shape), 4);

/** Rows of different lengths would need a parameter each: such a request goes to the broadcasting kernel. */
function rowLengths(inputs: readonly TensorType[], output: TensorType): Set<number> {
  const rows = inputs.filter((input) => modeOf(input, output) === Mode.Row);
  return new Set(rows.map((row) => elementCount(row.shape)));
}

function rowVectors(inputs: readonly TensorType[], output: TensorType): number {
  const [length] = rowLengths(inputs, output);
  return length === undefined ? 1 : length / 4;
}

type BroadcastParams = Parameters<typeof defineKernel<"elementwise/broadcast", unknown>>[0]["params"];

/** Sizes of the output's collapsed axes and, for each operand, its strides along them: 0 where it repeats. */
function broadcastParams({ inputs, outputs }: KernelRequest): ReturnType<BroadcastParams> {
  const output = first(outputs);
  const strides = letters.map((_, index) => {
    const input = inputs[index];
    return input ? broadcastStrides(input.shape, output.shape) : output.shape.map(() => 0);
  });
  const { sizes, strides: collapsed } = collapseAxes(output.shape, strides, 6);
  const axes = sizes.map((size, axis) => [`size${axis}`, size]);
  const steps = letters.flatMap((letter, index) =>
    (collapsed[index] ?? []).map((stride, axis) => [`stride_${letter}${axis}`, stride]),
  );
  return { count: elementCount(output.shape), ...Object.fromEntries([...axes, ...steps]) };
}

function first(types: readonly TensorType[]): TensorType {
  const [type] = types;
  if (!type) throw new Error("internal: an elementwise op without an output");
  return type;
}
