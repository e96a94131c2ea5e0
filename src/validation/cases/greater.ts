import { greater } from "../../ops/greater.ts";
import { comparison } from "../kit/comparisons.ts";

export const cases = comparison("greater", greater);
