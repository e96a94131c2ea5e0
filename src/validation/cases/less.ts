import { less } from "../../ops/less.ts";
import { comparison } from "../kit/comparisons.ts";

export const cases = comparison("less", less);
