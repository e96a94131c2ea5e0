import type { Mutation } from "./mutation.ts";
import { shaderMutation } from "./mutation.ts";

/** Of what optimizers do in more than one dispatch, and of flat buffers. */
export const specialOptimizerMutations: readonly Mutation[] = [
  shaderMutation("index", "lookahead/lookahead", ["(step.index + 1) %", "step.index %"], ["lookahead"]),
  shaderMutation("order", "lookahead/lookahead", ["parameters[index] = moved;", ""], ["lookahead"]),
  shaderMutation(
    "constant",
    "movingAverage/movingAverage",
    ["9 / (10 + f32", "9 / (9 + f32"],
    ["movingAverage"],
  ),
  shaderMutation(
    "clamp",
    "movingAverage/movingAverage",
    ["max(params.take, first)", "params.take"],
    ["movingAverage"],
  ),
  shaderMutation(
    "order",
    "exchange/exchange",
    ["let kept = a[index];", "let kept = b[index];"],
    ["exchange"],
  ),
  shaderMutation("tail", "clearGaps/clearGaps", ["places < vec4", "places <= vec4"], ["clearGaps"]),
  shaderMutation(
    "term",
    "adaHessian/adaHessian",
    ["params.take2 * d * d", "params.take2 * d"],
    ["adaHessian"],
  ),
  shaderMutation(
    "order",
    "adaHessian/adaHessian",
    ["(direction + params.weight_decay * scale.y * theta)", "direction"],
    ["adaHessian"],
  ),
  shaderMutation("term", "lambDirection/lambDirection", [" + decay * theta", ""], ["lambDirection"]),
  shaderMutation(
    "term",
    "lambDirection/lambDirection",
    ["moved += u * u;", "moved += u;"],
    ["lambDirection"],
  ),
  shaderMutation(
    "index",
    "lambApply/lambApply",
    ["squares[owners[block]]", "squares[block % 2]"],
    ["lambApply"],
  ),
  shaderMutation("bounds", "lambApply/lambApply", [" && norms.y > 0", ""], ["lambApply"]),
  shaderMutation("tail", "segmentSums/serial", ["row + 4 <= end", "row + 4 < end + 4"], ["segmentSums"]),
  shaderMutation("barrier", "segmentSums/workgroup", ["    workgroupBarrier();\n", ""], ["segmentSums"]),
  shaderMutation(
    "index",
    "lbfgsDots/lbfgsDots",
    ["basis == params.slots + newest", "basis == params.slots"],
    ["lbfgsDots"],
  ),
  shaderMutation("stride", "lbfgsDots/lbfgsDots", ["at += params.lanes", "at += WG"], ["lbfgsDots"]),
  shaderMutation(
    "order",
    "lbfgsCoefficients/lbfgsCoefficients",
    ["(next + SLOTS - 1) % SLOTS;", "(next + SLOTS - held) % SLOTS;"],
    ["lbfgsCoefficients"],
  ),
  shaderMutation(
    "sign",
    "lbfgsCoefficients/lbfgsCoefficients",
    ["steps[age] - back", "steps[age] + back"],
    ["lbfgsCoefficients"],
  ),
  shaderMutation(
    "clamp",
    "lbfgsCoefficients/lbfgsCoefficients",
    ["min(held + 1, SLOTS - 1)", "held + 1"],
    ["lbfgsCoefficients"],
  ),
  shaderMutation(
    "order",
    "lbfgsTrials/lbfgsTrials",
    ["  previousGradients[index] = g;\n", ""],
    ["lbfgsTrials"],
  ),
  shaderMutation("term", "lbfgsTrials/lbfgsTrials", ["length *= params.shrink;", ""], ["lbfgsTrials"]),
  shaderMutation("clamp", "lbfgsStep/lbfgsStep", ["is_finite(reached) && ", ""], ["lbfgsStep"]),
  shaderMutation("term", "lbfgsStep/lbfgsStep", ["params.sufficient * length", "length"], ["lbfgsStep"]),
];
