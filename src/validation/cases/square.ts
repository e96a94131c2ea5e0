import { square } from "../../ops/square.ts";
import { unary } from "../kit/shapes.ts";

export const cases = unary("square", square);
