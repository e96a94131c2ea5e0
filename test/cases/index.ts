import * as add from "./add.ts";
import * as broadcastTo from "./broadcastTo.ts";
import * as matmul from "./matmul.ts";
import * as mul from "./mul.ts";
import * as positive from "./positive.ts";
import * as relu from "./relu.ts";
import * as reshape from "./reshape.ts";
import * as sum from "./sum.ts";
import type { CaseList } from "../support/case.ts";

/** The cases of every op. One line an op. */
export const caseLists: readonly CaseList[] = [add, broadcastTo, matmul, mul, positive, relu, reshape, sum].map(
  (module) => module.cases,
);
