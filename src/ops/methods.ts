import { scalar } from "../graph/leaves.ts";
import { Tensor } from "../graph/tensor.ts";
import type { Shape } from "../kernels/types.ts";
import { add } from "./add.ts";
import { argmax } from "./argmax.ts";
import { argmin } from "./argmin.ts";
import { cumprod } from "./cumprod.ts";
import { cumsum } from "./cumsum.ts";
import { div } from "./div.ts";
import { exp } from "./exp.ts";
import type { PlaceOptions } from "./extreme_places.ts";
import { gelu } from "./gelu.ts";
import { leakyRelu } from "./leakyRelu.ts";
import { log } from "./log.ts";
import { logSoftmax } from "./logSoftmax.ts";
import { logSumExp } from "./logSumExp.ts";
import type { MatmulOptions } from "./matmul.ts";
import { matmul } from "./matmul.ts";
import { max } from "./max.ts";
import { mean } from "./mean.ts";
import { min } from "./min.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import type { NormOptions } from "./norm.ts";
import { norm } from "./norm.ts";
import { product } from "./product.ts";
import type { ReduceOptions } from "./reduction.ts";
import { relu } from "./relu.ts";
import { reshape } from "./reshape.ts";
import type { ScanOptions } from "./scans.ts";
import { sigmoid } from "./sigmoid.ts";
import { silu } from "./silu.ts";
import { softmax } from "./softmax.ts";
import type { SoftmaxOptions } from "./softmax_family.ts";
import { sqrt } from "./sqrt.ts";
import { square } from "./square.ts";
import { standardDeviation } from "./standardDeviation.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";
import { tanh } from "./tanh.ts";
import { transpose } from "./transpose.ts";
import type { VarianceOptions } from "./variance.ts";
import { variance } from "./variance.ts";

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
    softmax(options?: SoftmaxOptions): Tensor;
    logSoftmax(options?: SoftmaxOptions): Tensor;
    sum(options?: ReduceOptions): Tensor;
    mean(options?: ReduceOptions): Tensor;
    max(options?: ReduceOptions): Tensor;
    min(options?: ReduceOptions): Tensor;
    product(options?: ReduceOptions): Tensor;
    logSumExp(options?: ReduceOptions): Tensor;
    norm(options?: NormOptions): Tensor;
    variance(options?: VarianceOptions): Tensor;
    standardDeviation(options?: VarianceOptions): Tensor;
    argmax(options?: PlaceOptions): Tensor;
    argmin(options?: PlaceOptions): Tensor;
    cumsum(options?: ScanOptions): Tensor;
    cumprod(options?: ScanOptions): Tensor;
    reshape(shape: Shape): Tensor;
    transpose(axes?: readonly number[]): Tensor;
  }
}

const operand = (value: Operand): Tensor => (typeof value === "number" ? scalar(value) : value);

const binary = { add, sub, mul, div };
const unary = { neg, exp, log, sqrt, square, relu, sigmoid, tanh, gelu, silu };
const reductions = { sum, mean, max, min, product, logSumExp };
const spreads = { variance, standardDeviation };
const places = { argmax, argmin };
const scans = { cumsum, cumprod };
const shares = { softmax, logSoftmax };

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
withOptions<ReduceOptions>(reductions);
withOptions<VarianceOptions>(spreads);
withOptions<PlaceOptions>(places);
withOptions<ScanOptions>(scans);
withOptions<SoftmaxOptions>(shares);
withOptions<NormOptions>({ norm });
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

function withOptions<Options>(
  functions: Readonly<Record<string, (x: Tensor, options?: Options) => Tensor>>,
): void {
  for (const [name, apply] of Object.entries(functions)) {
    install(name, function (this: Tensor, options?: Options) {
      return apply(this, options);
    });
  }
}

/** The graph knows no op by name: methods are put on Tensor from here. */
function install<Arguments extends readonly never[]>(
  name: string,
  method: (this: Tensor, ...parameters: Arguments) => Tensor,
): void {
  Object.defineProperty(Tensor.prototype, name, { value: method, writable: true, configurable: true });
}
