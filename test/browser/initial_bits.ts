/** What the page and Node do alike: the bits of every initializer's values. */
import { RandomStream } from "../../src/kernels/philox.ts";
import { initializerNamed, initializerNames } from "../../src/nn/index.ts";

/** By name, the f32 of a filter [3, 3, 8, 16] as u32. */
export function initialBits(): Record<string, readonly number[]> {
  const shape = [3, 3, 8, 16];
  const bits = initializerNames.map((name) => {
    const values = new Float32Array(3 * 3 * 8 * 16);
    initializerNamed(name)(values, shape, new RandomStream(77, 1));
    return [name, [...new Uint32Array(values.buffer)]] as const;
  });
  return Object.fromEntries(bits);
}
