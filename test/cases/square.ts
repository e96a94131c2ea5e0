import { square } from "../../src/ops/square.ts";
import { unary } from "../support/shapes.ts";

export const cases = unary("square", square);
