import { gradientNoise as gradientNoiseOf } from "../ops/gradientNoise.ts";
import { segmentBlock } from "../ops/optimizer.ts";
import { blockTable } from "./block_table.ts";
import type { GradientTransform } from "./gradient_transform.ts";
import { checkSetting } from "./optimizer.ts";

export interface GradientNoiseOptions {
  /** η, the variance in the first step; 0.01 by default, the smallest of the paper's. */
  readonly eta?: number;
  /** γ; 0.55 by default, the paper's. */
  readonly gamma?: number;
  /** A u32 that sets two noises of one training apart; 0 by default. */
  readonly stream?: number;
}

/**
 * Adds normal noise of variance η / (1 + t)^γ to each gradient, t the steps done: Neelakantan, Vilnis, Le, Sutskever,
 * Kaiser, Kurach and Martens, "Adding gradient noise improves learning for very deep networks", 2015. Its random words
 * follow from the training's seed, the step and the place alone.
 * @throws UsageError where an option is out of range
 */
export function gradientNoise(options: GradientNoiseOptions = {}): GradientTransform {
  const { eta = 0.01, gamma = 0.55, stream = 0 } = options;
  const name = "gradientNoise";
  checkSetting(name, "eta", eta, Number.isFinite(eta) && eta >= 0, "a finite number of at least 0");
  checkSetting(name, "gamma", gamma, Number.isFinite(gamma) && gamma >= 0, "a finite number of at least 0");
  checkSetting(name, "stream", stream, stream >>> 0 === stream, "a u32");
  return {
    name,
    settings: { eta, gamma, stream },
    apply: (gradients, parameters) => {
      const used = blockTable(parameters, "u32", 1, ({ length }, done) => [
        Math.min(segmentBlock, length - done),
      ]);
      return gradientNoiseOf(gradients, used, { eta, gamma, stream });
    },
  };
}
