import { ShapeError } from "../device/errors.ts";
import type { Shape, TensorType, TypedArray } from "../kernels/types.ts";
import { elementCount, formatShape } from "../kernels/types.ts";
import { defineOp } from "./op.ts";
import type { State } from "./state.ts";
import type { Executor, Homed, Node, Tensor } from "./tensor.ts";
import { apply } from "./tensor.ts";

export { State } from "./state.ts";

/** Values known when the graph is made. */
export interface ConstantAttributes extends Homed {
  readonly type: TensorType;
  readonly values: TypedArray;
}

/** A value given at each run. */
export interface InputAttributes {
  readonly name: string;
  readonly type: TensorType;
}

/** A contiguous piece of state, read as a tensor. */
export interface StateAttributes extends Homed {
  readonly state: State;
  /** First element in the state's flat storage. */
  readonly offset: number;
  readonly type: TensorType;
}

const leaf = <Attributes extends { readonly type: TensorType }>(name: string) =>
  defineOp<Attributes>({ name, kind: "leaf", inputs: [], outputs: ["out"], type: (_, { type }) => [type] });

export const constantOp = leaf<ConstantAttributes>("constant");
export const inputOp = leaf<InputAttributes>("input");
export const stateOp = leaf<StateAttributes>("state");

export function constantTensor(values: TypedArray, type: TensorType, home?: Executor): Tensor {
  if (values.length !== elementCount(type.shape)) {
    throw new ShapeError({
      where: "tensor",
      problem: "the values do not fill the shape",
      got: `${values.length} values`,
      expected: `${elementCount(type.shape)} for ${formatShape(type.shape)}`,
    });
  }
  return apply(constantOp, [], { values, type, home });
}

/** An f32 scalar constant. */
export function scalar(value: number): Tensor {
  return constantTensor(Float32Array.of(value), { shape: [], dtype: "f32" });
}

export function inputTensor(name: string, type: TensorType): Tensor {
  return apply(inputOp, [], { name, type }, name);
}

/** A tensor that reads a piece of state; the whole of it by default. */
export function stateTensor(
  state: State,
  shape: Shape = state.type.shape,
  offset = 0,
  label = state.label,
): Tensor {
  const type = { shape, dtype: state.type.dtype };
  return apply(stateOp, [], { state, offset, type }, label);
}

export const isConstant = (node: Node): node is Node<ConstantAttributes> & Node =>
  node.op.name === "constant";
export const isInput = (node: Node): node is Node<InputAttributes> & Node => node.op.name === "input";
export const isState = (node: Node): node is Node<StateAttributes> & Node => node.op.name === "state";
