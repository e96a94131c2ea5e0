import { relu } from "../../ops/relu.ts";
import { unary } from "../kit/shapes.ts";

export const cases = unary("relu", relu, { kind: "distinct" });
