import { ceilDivide } from "../kernels/types.ts";

/** What a matrix product's workgroup makes, about, and how many workgroups occupy an adapter. */
const tile = { rows: 32, columns: 64 };
const enoughWorkgroups = 128;
/** Shorter sums would be dearer to add up than to compute. */
const shortestPart = 256;

/**
 * Into how many equal parts the inner dimension of c[m, n] is split where the result is small and the sums are long, so
 * that one product would keep few workgroups busy for long: the fewest that give enough workgroups, else the most there
 * are; whole vectors stay whole.
 * @param products of these sizes that run as one batch
 */
export function splitInner(k: number, m: number, n: number, products = 1): number {
  const tiles = products * ceilDivide(m, tile.rows) * ceilDivide(n, tile.columns);
  const wholeVectors = k % 4 === 0 ? 4 : 1;
  let parts = 1;
  for (let count = 2; tiles * parts < enoughWorkgroups && k / count >= shortestPart; count++) {
    if (k % (count * wholeVectors) === 0) parts = count;
  }
  return parts;
}
