import type { BorderMode } from "../ops/border_adjoints.ts";

/** The element that stands at a place of a bordered axis: found by walking from it, a step at a time. */
export function elementBehind(mode: BorderMode, place: number, start: number, size: number): number {
  let at = place - start;
  while (at < 0 || at >= size) {
    if (mode === "edge") at += at < 0 ? 1 : -1;
    else if (mode === "wrap") at += at < 0 ? size : -size;
    else at = at < 0 ? -at : 2 * (size - 1) - at;
  }
  return at;
}
