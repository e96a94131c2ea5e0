import { positive } from "../../ops/positive.ts";
import { unary } from "../kit/shapes.ts";

export const cases = unary("positive", positive, { kind: "distinct" });
