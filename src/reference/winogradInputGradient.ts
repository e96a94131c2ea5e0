import { imageTiling, toImage } from "./winograd.ts";

export const reference = toImage(imageTiling);
