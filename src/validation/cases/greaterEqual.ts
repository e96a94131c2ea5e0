import { greaterEqual } from "../../ops/greaterEqual.ts";
import { comparison } from "../kit/comparisons.ts";

export const cases = comparison("greaterEqual", greaterEqual);
