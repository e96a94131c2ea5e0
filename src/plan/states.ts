import type { Device } from "../device/device.ts";
import { UsageError } from "../device/errors.ts";
import { BufferUsage } from "../device/flags.ts";
import type { State } from "../graph/leaves.ts";
import type { TypedArray } from "../kernels/types.ts";
import { elementCount, storageBytes, tensorBytes, toStorageArray, viewStorage } from "../kernels/types.ts";

const usage = BufferUsage.STORAGE | BufferUsage.COPY_SRC | BufferUsage.COPY_DST;

/** The device's copies of state: made with their initial values when a program first needs them. */
export class StateStore {
  readonly #device: Device;
  readonly #buffers = new Map<State, GPUBuffer>();

  constructor(device: Device) {
    this.#device = device;
  }

  buffer(state: State): GPUBuffer {
    const known = this.#buffers.get(state);
    if (known) return known;
    const buffer = this.#device.createBuffer(state.label, storageBytes(state.type), usage);
    this.#device.write(buffer, 0, toStorageArray(state.type.dtype, state.initial));
    this.#buffers.set(state, buffer);
    return buffer;
  }

  async read(state: State): Promise<TypedArray> {
    const count = elementCount(state.type.shape);
    const bytes = await this.#device.read(this.buffer(state), 0, tensorBytes(state.type));
    return viewStorage(state.type.dtype, bytes, count);
  }

  /** Overwrites elements from `offset` on; what was submitted before still sees the old ones. */
  write(state: State, values: TypedArray | Uint16Array, offset = 0): void {
    const stored = toStorageArray(state.type.dtype, values);
    const start = offset * stored.BYTES_PER_ELEMENT;
    const end = start + stored.byteLength;
    if (start % 4 !== 0 || (end % 4 !== 0 && end !== tensorBytes(state.type))) {
      throw new UsageError({
        where: `writeState(${state.label})`,
        problem: "f16 elements are written in pairs",
        got: `${stored.length} elements from ${offset} on`,
        expected: "an even beginning, and an even end but at the end of the state",
      });
    }
    this.#device.write(this.buffer(state), start, stored);
  }

  /** Frees a state's memory ahead of the engine's end. */
  release(state: State): void {
    const buffer = this.#buffers.get(state);
    if (buffer) this.#device.destroyBuffer(buffer);
    this.#buffers.delete(state);
  }

  dispose(): void {
    for (const state of [...this.#buffers.keys()]) this.release(state);
  }
}
