import { equal } from "../../ops/equal.ts";
import { comparison } from "../kit/comparisons.ts";

export const cases = comparison("equal", equal);
