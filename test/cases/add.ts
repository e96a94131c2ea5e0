import { add } from "../../src/ops/add.ts";
import { binary } from "../support/shapes.ts";

export const cases = binary("add", add);
