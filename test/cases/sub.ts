import { sub } from "../../src/ops/sub.ts";
import { binary } from "../support/shapes.ts";

export const cases = binary("sub", sub);
