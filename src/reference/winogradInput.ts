import { imageTiling, toPlanes } from "./winograd.ts";

export const reference = toPlanes(imageTiling);
