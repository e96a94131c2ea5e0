import { notEqual } from "../../ops/notEqual.ts";
import { comparison } from "../kit/comparisons.ts";

export const cases = comparison("notEqual", notEqual);
