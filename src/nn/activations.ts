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
import type { Module } from "./module.ts";
import { statelessModule } from "./module.ts";

/** max(x, 0). */
export const relu = (): Module => statelessModule("relu", reluOf, null);

/** min(max(x, 0), 6). */
export const relu6 = (): Module => statelessModule("relu6", relu6Of, [0, 6]);

/** x where x > 0, else slope · x. */
export const leakyRelu = (slope = 0.01): Module =>
  statelessModule("leakyRelu", (x) => leakyReluOf(x, slope), null);

/** x where x > 0, else α · (eˣ − 1). */
export const elu = (alpha = 1): Module => statelessModule("elu", (x) => eluOf(x, alpha), null);

/** elu, scaled so that means stay at 0 and variances at 1; wants weights of variance 1 / inputs. */
export const selu = (): Module => statelessModule("selu", seluOf, null);

/** x where x > 0, else α · (e^(x/α) − 1). */
export const celu = (alpha = 1): Module => statelessModule("celu", (x) => celuOf(x, alpha), null);

/** x · Φ(x): the exact form, unless an approximation is asked for. */
export const gelu = (options: GeluOptions = {}): Module =>
  statelessModule("gelu", (x) => geluOf(x, options), null);

/** x / (1 + e⁻ˣ), also called swish. */
export const silu = (): Module => statelessModule("silu", siluOf, null);

/** x · tanh(softplus(x)). */
export const mish = (): Module => statelessModule("mish", mishOf, null);

/** x · relu6(x + 3) / 6. */
export const hardSwish = (): Module => statelessModule("hardSwish", hardSwishOf, null);

/** 1 / (1 + e⁻ˣ). */
export const sigmoid = (): Module => statelessModule("sigmoid", sigmoidOf, [0, 1]);

/** x / 6 + ½ held between 0 and 1. */
export const hardSigmoid = (): Module => statelessModule("hardSigmoid", hardSigmoidOf, [0, 1]);

/** log(1 / (1 + e⁻ˣ)). */
export const logSigmoid = (): Module => statelessModule("logSigmoid", logSigmoidOf, null);

/** log(1 + e^(β·x)) / β. */
export const softplus = (beta = 1): Module => statelessModule("softplus", (x) => softplusOf(x, beta), null);

/** The hyperbolic tangent. */
export const tanh = (): Module => statelessModule("tanh", tanhOf, [-1, 1]);

/** x held between min and max. */
export const hardTanh = (min = -1, max = 1): Module =>
  statelessModule("hardTanh", (x) => hardTanhOf(x, min, max), [min, max]);

/** x / (1 + |x|). */
export const softsign = (): Module => statelessModule("softsign", softsignOf, [-1, 1]);

/** The inverse tangent. */
export const arctan = (): Module => statelessModule("arctan", arctanOf, [-Math.PI / 2, Math.PI / 2]);

/** 1 where x ≥ 0, else 0. Its gradient is zero: nothing before it learns. */
export const binaryStep = (): Module => statelessModule("binaryStep", binaryStepOf, [0, 1]);

/** x itself. Not PyTorch's Linear: that is `dense`. */
export const linear = (): Module => statelessModule("linear", linearOf, null);
