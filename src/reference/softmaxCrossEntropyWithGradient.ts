import type { Reference } from "./reference.ts";
import { reference as loss } from "./softmaxCrossEntropy.ts";
import { reference as gradient } from "./softmaxCrossEntropyGradient.ts";

export const reference: Reference<null> = (...call) => [...loss(...call), ...gradient(...call)];
