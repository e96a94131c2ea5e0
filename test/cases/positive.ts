import { positive } from "../../src/ops/positive.ts";
import { unary } from "../support/shapes.ts";

export const cases = unary("positive", positive, { kind: "distinct" });
