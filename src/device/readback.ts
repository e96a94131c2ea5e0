import { BufferUsage, MapMode } from "./flags.ts";

const SMALLEST = 4096;
const MEBIBYTE = 1 << 20;
/** Free staging buffers above this many bytes in all are destroyed and not kept. */
const KEPT_BYTES = 64 * MEBIBYTE;

/** What the pool needs of a device. */
export interface StagingHost {
  readonly gpu: GPUDevice;
  createBuffer(label: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer;
  destroyBuffer(buffer: GPUBuffer): void;
}

/** Reads GPU buffers through staging buffers that are kept and used again, one for each read under way. */
export class ReadbackPool {
  readonly #host: StagingHost;
  readonly #free = new Map<number, GPUBuffer[]>();
  #freeBytes = 0;

  constructor(host: StagingHost) {
    this.#host = host;
  }

  /**
   * Copies and submits at once, then waits for the bytes. Call it inside error scopes: after a refused copy the
   * mapping still succeeds, and would give the staging buffer's old content.
   */
  async read(buffer: GPUBuffer, offset: number, bytes: number): Promise<ArrayBuffer> {
    const copied = Math.ceil(bytes / 4) * 4; // copies move whole words
    const staging = this.#take(stagingSize(copied, this.#host.gpu.limits.maxBufferSize));
    try {
      const encoder = this.#host.gpu.createCommandEncoder({ label: `read(${buffer.label})` });
      encoder.copyBufferToBuffer(buffer, offset, staging, 0, copied);
      this.#host.gpu.queue.submit([encoder.finish()]);
      await staging.mapAsync(MapMode.READ, 0, copied);
      const result = staging.getMappedRange(0, copied).slice(0, bytes);
      staging.unmap();
      this.#give(staging);
      return result;
    } catch (error) {
      this.#host.destroyBuffer(staging); // its state is unknown: never use it again
      throw error;
    }
  }

  /** Destroys what is kept. */
  clear(): void {
    for (const buffers of this.#free.values()) for (const buffer of buffers) this.#host.destroyBuffer(buffer);
    this.#free.clear();
    this.#freeBytes = 0;
  }

  #take(bytes: number): GPUBuffer {
    const kept = this.#free.get(bytes)?.pop();
    if (!kept)
      return this.#host.createBuffer(`staging[${bytes}]`, bytes, BufferUsage.MAP_READ | BufferUsage.COPY_DST);
    this.#freeBytes -= bytes;
    return kept;
  }

  #give(staging: GPUBuffer): void {
    if (this.#freeBytes + staging.size > KEPT_BYTES) {
      this.#host.destroyBuffer(staging);
      return;
    }
    this.#freeBytes += staging.size;
    const kept = this.#free.get(staging.size);
    if (kept) kept.push(staging);
    else this.#free.set(staging.size, [staging]);
  }
}

/** Powers of two, so that reads of like size share; multiples of 16 MiB where doubling would waste too much. */
function stagingSize(bytes: number, limit: number): number {
  const large = 16 * MEBIBYTE;
  const rounded =
    bytes > large ? Math.ceil(bytes / large) * large : Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(bytes)));
  return bytes <= limit ? Math.min(rounded, limit) : bytes;
}
