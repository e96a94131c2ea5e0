import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { arctan as arctanOf } from "../ops/arctan.ts";
import { binaryStep as binaryStepOf } from "../ops/binaryStep.ts";
import { celu as celuOf } from "../ops/celu.ts";
import { elu as eluOf } from "../ops/elu.ts";
import type { GeluOptions } from "../ops/gelu.ts";
import { gelu as geluOf } from "../ops/gelu.ts";
import { hardSigmoid as hardSigmoidOf } from "../ops/hardSigmoid.ts";
import { hardSwish as hardSwishOf } from "../ops/hardSwish.ts";
import { hardTanh as hardTanhOf } from "../ops/hardTanh.ts";
import { leakyRelu as leakyReluOf } from "../ops/leakyRelu.ts";
import { linear as linearOf } from "../ops/linear.ts";
import { logSigmoid as logSigmoidOf } from "../ops/logSigmoid.ts";
import { mish as mishOf } from "../ops/mish.ts";
import { relu as reluOf } from "../ops/relu.ts";
import { relu6 as relu6Of } from "../ops/relu6.ts";
import { selu as seluOf } from "../ops/selu.ts";
import { sigmoid as sigmoidOf } from "../ops/sigmoid.ts";
import { silu as siluOf } from "../ops/silu.ts";
import { softplus as softplusOf } from "../ops/softplus.ts";
import { softsign as softsignOf } from "../ops/softsign.ts";
import { tanh as tanhOf } from "../ops/tanh.ts";
import type { Module, Range } from "./module.ts";
import { statelessModule } from "./module.ts";

/** Activations that need no setting and have a gradient, by the name that recipes and the command line use. */
const functions = {
  relu: reluOf,
  relu6: relu6Of,
  leakyRelu: (x: Tensor) => leakyReluOf(x),
  elu: (x: Tensor) => eluOf(x),
  selu: seluOf,
  celu: (x: Tensor) => celuOf(x),
  gelu: (x: Tensor) => geluOf(x),
  silu: siluOf,
  mish: mishOf,
  hardSwish: hardSwishOf,
  sigmoid: sigmoidOf,
  hardSigmoid: hardSigmoidOf,
  logSigmoid: logSigmoidOf,
  softplus: (x: Tensor) => softplusOf(x),
  tanh: tanhOf,
  hardTanh: (x: Tensor) => hardTanhOf(x),
  softsign: softsignOf,
  arctan: arctanOf,
  linear: linearOf,
} as const;

export type ActivationName = keyof typeof functions;

/** Of those that are bounded on both sides. */
const ranges: Partial<Readonly<Record<ActivationName, Range>>> = {
  relu6: [0, 6],
  sigmoid: [0, 1],
  hardSigmoid: [0, 1],
  tanh: [-1, 1],
  hardTanh: [-1, 1],
  softsign: [-1, 1],
  arctan: [-Math.PI / 2, Math.PI / 2],
};

export const activationNames = Object.keys(functions) as readonly ActivationName[];

/** An activation by name. @throws UsageError where there is none of that name */
export function activation(name: string): Module {
  if (!isActivationName(name)) {
    const expected = activationNames.join(", ");
    throw new UsageError({ where: "activation", problem: "there is none of this name", got: name, expected });
  }
  return statelessModule(name, functions[name], ranges[name] ?? null);
}

const isActivationName = (name: string): name is ActivationName => Object.hasOwn(functions, name);

/** max(x, 0). */
export const relu = (): Module => activation("relu");

/** min(max(x, 0), 6). */
export const relu6 = (): Module => activation("relu6");

/** x where x > 0, else slope · x. */
export const leakyRelu = (slope = 0.01): Module =>
  statelessModule("leakyRelu", (x) => leakyReluOf(x, slope), null);

/** x where x > 0, else α · (eˣ − 1). */
export const elu = (alpha = 1): Module => statelessModule("elu", (x) => eluOf(x, alpha), null);

/** elu, scaled so that means stay at 0 and variances at 1; wants weights of variance 1 / inputs. */
export const selu = (): Module => activation("selu");

/** x where x > 0, else α · (e^(x/α) − 1). */
export const celu = (alpha = 1): Module => statelessModule("celu", (x) => celuOf(x, alpha), null);

/** x · Φ(x): the exact form, unless an approximation is asked for. */
export const gelu = (options: GeluOptions = {}): Module =>
  statelessModule("gelu", (x) => geluOf(x, options), null);

/** x / (1 + e⁻ˣ), also called swish. */
export const silu = (): Module => activation("silu");

/** x · tanh(softplus(x)). */
export const mish = (): Module => activation("mish");

/** x · relu6(x + 3) / 6. */
export const hardSwish = (): Module => activation("hardSwish");

/** 1 / (1 + e⁻ˣ). */
export const sigmoid = (): Module => activation("sigmoid");

/** x / 6 + ½ held between 0 and 1. */
export const hardSigmoid = (): Module => activation("hardSigmoid");

/** log(1 / (1 + e⁻ˣ)). */
export const logSigmoid = (): Module => activation("logSigmoid");

/** log(1 + e^(β·x)) / β. */
export const softplus = (beta = 1): Module => statelessModule("softplus", (x) => softplusOf(x, beta), null);

/** The hyperbolic tangent. */
export const tanh = (): Module => activation("tanh");

/** x held between min and max. */
export const hardTanh = (min = -1, max = 1): Module =>
  statelessModule("hardTanh", (x) => hardTanhOf(x, min, max), [min, max]);

/** x / (1 + |x|). */
export const softsign = (): Module => activation("softsign");

/** The inverse tangent. */
export const arctan = (): Module => activation("arctan");

/** 1 where x ≥ 0, else 0. Its gradient is zero: nothing before it learns. */
export const binaryStep = (): Module => statelessModule("binaryStep", binaryStepOf, [0, 1]);

/** x itself. Not PyTorch's Linear: that is `dense`. */
export const linear = (): Module => activation("linear");
