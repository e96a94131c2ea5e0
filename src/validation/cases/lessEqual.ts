import { lessEqual } from "../../ops/lessEqual.ts";
import { comparison } from "../kit/comparisons.ts";

export const cases = comparison("lessEqual", lessEqual);
