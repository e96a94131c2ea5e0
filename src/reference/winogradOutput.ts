import type { WinogradOutputAttributes } from "../ops/winograd.ts";
import { resultTiling, toImage } from "./winograd.ts";

export const reference = toImage<WinogradOutputAttributes>(resultTiling);
