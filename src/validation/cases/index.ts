import type { CaseList } from "../case.ts";
import * as all from "./all.ts";

/** Every list of cases, by name. */
export const caseLists: readonly CaseList[] = Object.values(all);
