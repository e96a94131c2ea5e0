import { scalar } from "../graph/leaves.ts";
import { Tensor } from "../graph/tensor.ts";
import type { DType, Shape } from "../kernels/types.ts";
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import { arctan } from "./arctan.ts";
import { argmax } from "./argmax.ts";
import { argmin } from "./argmin.ts";
import { ceil } from "./ceil.ts";
import type { ClampOptions } from "./clamp.ts";
import { clamp } from "./clamp.ts";
import { cast } from "./convert.ts";
import { cos } from "./cos.ts";
import { cumprod } from "./cumprod.ts";
import { cumsum } from "./cumsum.ts";
import { div } from "./div.ts";
import { elu } from "./elu.ts";
import { equal } from "./equal.ts";
import { erf } from "./erf.ts";
import { exp } from "./exp.ts";
import { expm1 } from "./expm1.ts";
import type { PlaceOptions } from "./extreme_places.ts";
import { floor } from "./floor.ts";
import type { GeluOptions } from "./gelu.ts";
import { gelu } from "./gelu.ts";
import { greater } from "./greater.ts";
import { greaterEqual } from "./greaterEqual.ts";
import { leakyRelu } from "./leakyRelu.ts";
import { less } from "./less.ts";
import { lessEqual } from "./lessEqual.ts";
import { log } from "./log.ts";
import { log1p } from "./log1p.ts";
import { logSigmoid } from "./logSigmoid.ts";
import { logSoftmax } from "./logSoftmax.ts";
import { logSumExp } from "./logSumExp.ts";
import type { MatmulOptions } from "./matmul.ts";
import { matmul } from "./matmul.ts";
import { max } from "./max.ts";
import { maximum } from "./maximum.ts";
import { mean } from "./mean.ts";
import { min } from "./min.ts";
import { minimum } from "./minimum.ts";
import { mish } from "./mish.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import type { NormOptions } from "./norm.ts";
import { norm } from "./norm.ts";
import { notEqual } from "./notEqual.ts";
import { pow } from "./pow.ts";
import { product } from "./product.ts";
import { reciprocal } from "./reciprocal.ts";
import type { ReduceOptions } from "./reduction.ts";
import { relu } from "./relu.ts";
import { relu6 } from "./relu6.ts";
import { reshape } from "./reshape.ts";
import { round } from "./round.ts";
import { rsqrt } from "./rsqrt.ts";
import type { ScanOptions } from "./scans.ts";
import { sigmoid } from "./sigmoid.ts";
import { sign } from "./sign.ts";
import { silu } from "./silu.ts";
import { sin } from "./sin.ts";
import { softmax } from "./softmax.ts";
import type { SoftmaxOptions } from "./softmax_family.ts";
import { softplus } from "./softplus.ts";
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
    minimum(other: Operand): Tensor;
    maximum(other: Operand): Tensor;
    equal(other: Operand): Tensor;
    notEqual(other: Operand): Tensor;
    less(other: Operand): Tensor;
    lessEqual(other: Operand): Tensor;
    greater(other: Operand): Tensor;
    greaterEqual(other: Operand): Tensor;
    pow(exponent: Operand): Tensor;
    clamp(bounds: ClampOptions): Tensor;
    cast(dtype: DType): Tensor;
    neg(): Tensor;
    abs(): Tensor;
    sign(): Tensor;
    floor(): Tensor;
    ceil(): Tensor;
    round(): Tensor;
    sin(): Tensor;
    cos(): Tensor;
    arctan(): Tensor;
    erf(): Tensor;
    reciprocal(): Tensor;
    rsqrt(): Tensor;
    log1p(): Tensor;
    expm1(): Tensor;
    exp(): Tensor;
    log(): Tensor;
    sqrt(): Tensor;
    square(): Tensor;
    relu(): Tensor;
    leakyRelu(slope?: number): Tensor;
    sigmoid(): Tensor;
    tanh(): Tensor;
    relu6(): Tensor;
    elu(alpha?: number): Tensor;
    softplus(beta?: number): Tensor;
    logSigmoid(): Tensor;
    mish(): Tensor;
    gelu(options?: GeluOptions): Tensor;
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

const binary = {
  ...{ add, sub, mul, div, minimum, maximum },
  ...{ equal, notEqual, less, lessEqual, greater, greaterEqual },
};
const unary = {
  ...{ neg, abs, sign, floor, ceil, round, square, sqrt, rsqrt, reciprocal },
  ...{ exp, expm1, log, log1p, sin, cos, arctan, erf },
  ...{ relu, relu6, sigmoid, logSigmoid, tanh, silu, mish },
};
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
install("pow", function (this: Tensor, exponent: Operand) {
  return pow(this, exponent);
});
install("clamp", function (this: Tensor, bounds: ClampOptions) {
  return clamp(this, bounds);
});
install("cast", function (this: Tensor, dtype: DType) {
  return cast(this, dtype);
});
install("gelu", function (this: Tensor, options?: GeluOptions) {
  return gelu(this, options);
});
install("elu", function (this: Tensor, alpha?: number) {
  return elu(this, alpha);
});
install("softplus", function (this: Tensor, beta?: number) {
  return softplus(this, beta);
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
