import { scalar } from "../graph/leaves.ts";
import { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { add } from "./add.ts";
import { argmax } from "./argmax.ts";
import { div } from "./div.ts";
import { exp } from "./exp.ts";
import { gelu } from "./gelu.ts";
import { leakyRelu } from "./leakyRelu.ts";
import { log } from "./log.ts";
import type { MatmulOptions } from "./matmul.ts";
import { matmul } from "./matmul.ts";
import { max } from "./max.ts";
import { mean } from "./mean.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import type { ReduceOptions } from "./reduction.ts";
import { relu } from "./relu.ts";
import { reshape } from "./reshape.ts";
import { sigmoid } from "./sigmoid.ts";
import { silu } from "./silu.ts";
import { softmax } from "./softmax.ts";
import { sqrt } from "./sqrt.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";
import { tanh } from "./tanh.ts";
import { transpose } from "./transpose.ts";

/** The other side of an arithmetic method: a number stands for a scalar. */
export type Operand = Tensor | number;

declare module "../graph/tensor.ts" {
  interface Tensor {
    add(other: Operand): Tensor;
    sub(other: Operand): Tensor;
    mul(other: Operand): Tensor;
    div(other: Operand): Tensor;
    matmul(other: Tensor, options?: MatmulOptions): Tensor;
    neg(): Tensor;
    exp(): Tensor;
    log(): Tensor;
    sqrt(): Tensor;
    square(): Tensor;
    relu(): Tensor;
    leakyRelu(slope?: number): Tensor;
    sigmoid(): Tensor;
    tanh(): Tensor;
    gelu(): Tensor;
    silu(): Tensor;
    softmax(): Tensor;
    sum(options?: ReduceOptions): Tensor;
    mean(options?: ReduceOptions): Tensor;
    max(options?: ReduceOptions): Tensor;
    argmax(): Tensor;
    reshape(shape: Shape): Tensor;
    transpose(axes?: readonly number[]): Tensor;
  }
}

const operand = (value: Operand): Tensor => (typeof value === "number" ? scalar(value) : value);

const binary = { add, sub, mul, div };
const unary = { neg, exp, log, sqrt, square, relu, sigmoid, tanh, gelu, silu, softmax, argmax };
const reductions = { sum, mean, max };

for (const [name, apply] of Object.entries(binary)) {
  install(name, function (this: Tensor, other: Operand) {
    return apply(this, operand(other));
  });
}
for (const [name, apply] of Object.entries(unary)) {
  install(name, function (this: Tensor) {
    return apply(this);
  });
}
for (const [name, apply] of Object.entries(reductions)) {
  install(name, function (this: Tensor, options?: ReduceOptions) {
    return apply(this, options);
  });
}
install("matmul", function (this: Tensor, other: Tensor, options?: MatmulOptions) {
  return matmul(this, other, options);
});
install("leakyRelu", function (this: Tensor, slope?: number) {
  return leakyRelu(this, slope);
});
install("reshape", function (this: Tensor, shape: Shape) {
  return reshape(this, shape);
});
install("transpose", function (this: Tensor, axes?: readonly number[]) {
  return transpose(this, axes);
});

/** The graph knows no op by name: methods are put on Tensor from here. */
function install<Arguments extends readonly never[]>(
  name: string,
  method: (this: Tensor, ...parameters: Arguments) => Tensor,
): void {
  Object.defineProperty(Tensor.prototype, name, { value: method, writable: true, configurable: true });
}
