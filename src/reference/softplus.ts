/** log(1 + eˣ) without overflow. */
export const scalar = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
