import { resultTiling, toPlanes } from "./winograd.ts";

export const reference = toPlanes(resultTiling);
