import { relu } from "../../src/ops/relu.ts";
import { unary } from "../support/shapes.ts";

export const cases = unary("relu", relu, { kind: "distinct" });
