/** sin(x + quarters · π/2); NaN for infinities. */
export function scalar(x: number, quarters: number): number {
  const value = quarters % 2 === 0 ? Math.sin(x) : Math.cos(x);
  return quarters < 2 ? value : -value;
}
