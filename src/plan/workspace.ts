import type { AdapterTraits } from "../device/traits.ts";

/**
 * The bytes that a tensor made on the way may take: a way to rewrite that would need a larger one is none.
 * @param stated by the user; else the device's limit of a binding alone
 */
export function workspaceOf({ limits }: AdapterTraits, stated = Number.POSITIVE_INFINITY): number {
  const { maxStorageBufferBindingSize = stated, maxBufferSize = stated } = limits;
  return Math.min(stated, maxStorageBufferBindingSize, maxBufferSize);
}
