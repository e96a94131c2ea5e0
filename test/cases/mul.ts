import { mul } from "../../src/ops/mul.ts";
import { binary } from "../support/shapes.ts";

export const cases = binary("mul", mul);
