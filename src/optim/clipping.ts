import { scalar } from "../graph/leaves.ts";
import { clamp } from "../ops/clamp.ts";
import { div } from "../ops/div.ts";
import { maximum } from "../ops/maximum.ts";
import { mul } from "../ops/mul.ts";
import type { GradientTransform } from "./gradient_transform.ts";
import { checkSetting } from "./optimizer.ts";
import { boundColumns, globalNorm } from "./unit_norms.ts";

/** Each element of the gradients to within ±`value`. @throws UsageError unless it is a finite number above 0 */
export function clipByValue(value: number): GradientTransform {
  checkBound("clipByValue", "value", value);
  return {
    name: "clipByValue",
    settings: { value },
    apply: (gradients) => clamp(gradients, { min: -value, max: value }),
  };
}

/**
 * The gradient of each parameter, as one vector, to a norm of at most c: g · c / max(‖g‖, c). A gradient within keeps its
 * bits. @throws UsageError unless c is a finite number above 0
 */
export function clipByNorm(c: number): GradientTransform {
  checkBound("clipByNorm", "c", c);
  return {
    name: "clipByNorm",
    settings: { c },
    apply: (gradients, parameters) => boundColumns(gradients, parameters, () => 1, c),
  };
}

/**
 * All gradients together, as one vector, to a norm of at most c: g · c / max(‖g‖, c), after Pascanu, Mikolov and Bengio, "On
 * the difficulty of training recurrent neural networks", ICML 2013. The norm stays on the device. Gradients within keep
 * their bits. @throws UsageError unless c is a finite number above 0
 */
export function clipByGlobalNorm(c: number): GradientTransform {
  checkBound("clipByGlobalNorm", "c", c);
  return {
    name: "clipByGlobalNorm",
    settings: { c },
    apply: (gradients, parameters) => {
      const length = globalNorm(gradients, parameters);
      return mul(gradients, div(scalar(c), maximum(length, scalar(c))));
    },
  };
}

/** @throws UsageError */
export function checkBound(where: string, setting: string, bound: number): void {
  const f32 = Math.fround(bound);
  checkSetting(where, setting, bound, f32 > 0 && Number.isFinite(f32), "a finite number above 0");
}
