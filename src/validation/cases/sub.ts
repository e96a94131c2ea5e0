import { sub } from "../../ops/sub.ts";
import { binary } from "../kit/shapes.ts";

export const cases = binary("sub", sub);
