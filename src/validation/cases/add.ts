import { add } from "../../ops/add.ts";
import { binary } from "../kit/shapes.ts";

export const cases = binary("add", add);
