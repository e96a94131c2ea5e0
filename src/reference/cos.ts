/** NaN for infinities; V8 reduces the argument exactly. */
export const scalar = (x: number): number => Math.cos(x);
