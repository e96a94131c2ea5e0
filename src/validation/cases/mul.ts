import { mul } from "../../ops/mul.ts";
import { binary } from "../kit/shapes.ts";

export const cases = binary("mul", mul);
