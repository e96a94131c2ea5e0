import { type AdapterSummary, type Limits, plainLimits } from "./adapter.ts";
import { compilePipeline } from "./compile.ts";
import { Counters, type DeviceCounters } from "./counters.ts";
import { DeviceLostError, OutOfMemoryError, UsageError } from "./errors.ts";
import { Failure, typedError } from "./failure.ts";
import { BufferUsage } from "./flags.ts";
import { ReadbackPool } from "./readback.ts";
import { inScopes } from "./scopes.ts";

/**
 * The one way to the GPU. It labels and counts every object, turns every error into a rejected promise, and refuses
 * to work on after a failure: a result is never zeros made up.
 */
export class Device {
  /** The WebGPU device, for command encoders and query sets. Objects made on it directly are not counted. */
  readonly gpu: GPUDevice;
  readonly adapter: AdapterSummary;
  readonly limits: Limits;
  readonly features: ReadonlySet<string>;
  /** Resolves on an unexpected loss only, never at `dispose()`. */
  readonly lost: Promise<DeviceLostError>;

  readonly #counters = new Counters();
  readonly #failure = new Failure();
  readonly #readback: ReadbackPool;
  readonly #live = new WeakSet<GPUBuffer>();
  #disposed = false;

  /** `onLost` is told of an unexpected loss; `openDevice` is the way to make a Device. */
  constructor(gpu: GPUDevice, adapter: AdapterSummary, onLost?: () => void) {
    this.gpu = gpu;
    this.adapter = adapter;
    this.limits = plainLimits(gpu.limits);
    this.features = new Set(gpu.features);
    this.#readback = new ReadbackPool(this);
    gpu.addEventListener("uncapturederror", this.#onUncaptured);
    this.lost = new Promise((resolve) => {
      void gpu.lost.then((info) => {
        if (this.#disposed) return;
        const error = new DeviceLostError("device", info.reason, info.message);
        this.#failure.fail(error);
        onLost?.();
        resolve(error);
      });
    });
  }

  get counters(): DeviceCounters {
    return this.#counters;
  }

  /** True until `dispose()`, a loss or an uncaptured error. */
  get usable(): boolean {
    return this.#failure.error === undefined;
  }

  /** Makes a buffer, or throws an OutOfMemoryError before asking for more than the device allows. */
  createBuffer(label: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    this.#failure.check();
    const limit = this.limits.maxBufferSize;
    if (!(bytes <= limit)) {
      throw new OutOfMemoryError({
        where: `buffer(${label})`,
        problem: "too large for one buffer on this device",
        got: `${bytes} bytes`,
        expected: `at most ${limit} (maxBufferSize)`,
        hint: "use a smaller batch or split the tensor",
      });
    }
    const buffer = this.gpu.createBuffer({ label, size: bytes, usage });
    this.#live.add(buffer);
    this.#counters.bufferMade(bytes, isStaging(usage));
    return buffer;
  }

  /** Frees a buffer of `createBuffer`; a second call does nothing. */
  destroyBuffer(buffer: GPUBuffer): void {
    if (!this.#live.delete(buffer)) return;
    this.#counters.bufferFreed(buffer.size, isStaging(buffer.usage));
    buffer.destroy();
  }

  createBindGroup(label: string, layout: GPUBindGroupLayout, entries: GPUBindGroupEntry[]): GPUBindGroup {
    this.#failure.check();
    this.#counters.bindGroupsCreated++;
    return this.gpu.createBindGroup({ label, layout, entries });
  }

  createBindGroupLayout(label: string, entries: GPUBindGroupLayoutEntry[]): GPUBindGroupLayout {
    this.#failure.check();
    return this.gpu.createBindGroupLayout({ label, entries });
  }

  createPipelineLayout(label: string, layouts: GPUBindGroupLayout[]): GPUPipelineLayout {
    this.#failure.check();
    return this.gpu.createPipelineLayout({ label, bindGroupLayouts: layouts });
  }

  /** Compiles WGSL whose entry point is `main`; rejects with a ShaderError that shows the numbered lines. */
  async createPipeline(
    label: string,
    source: string,
    layout: GPUPipelineLayout,
  ): Promise<GPUComputePipeline> {
    this.#failure.check();
    this.#counters.shaderModulesCreated++;
    this.#counters.pipelinesCreated++;
    return this.guard(compilePipeline(this.gpu, label, source, layout));
  }

  /** Submits; what goes wrong shows at the next guarded promise, or at `scoped` around this call. */
  submit(commands: GPUCommandBuffer[]): void {
    this.#failure.check();
    this.#counters.submits++;
    this.gpu.queue.submit(commands);
  }

  /** Writes data at an offset (a multiple of 4). A tail of 1 to 3 bytes is filled up with zeros to a whole word. */
  write(buffer: GPUBuffer, offset: number, data: ArrayBufferView): void {
    this.#failure.check();
    this.#counters.writes++;
    const { byteLength } = data;
    if (byteLength % 4 === 0) {
      this.gpu.queue.writeBuffer(buffer, offset, data.buffer, data.byteOffset, byteLength);
      return;
    }
    const padded = new Uint8Array(Math.ceil(byteLength / 4) * 4);
    padded.set(new Uint8Array(data.buffer, data.byteOffset, byteLength));
    this.gpu.queue.writeBuffer(buffer, offset, padded);
  }

  /** Reads bytes at an offset (a multiple of 4) of a buffer with COPY_SRC. Many reads may be under way at once. */
  async read(buffer: GPUBuffer, offset: number, bytes: number): Promise<ArrayBuffer> {
    this.#failure.check();
    this.#counters.readbacks++;
    if (bytes === 0) return new ArrayBuffer(0);
    return this.scoped(`read(${buffer.label})`, () => this.#readback.read(buffer, offset, bytes));
  }

  /** Resolves when the GPU has done all that was submitted. */
  async idle(): Promise<void> {
    this.#failure.check();
    await this.guard(this.gpu.queue.onSubmittedWorkDone());
  }

  /**
   * Runs body inside error scopes; a validation, out-of-memory or internal error becomes a typed rejection that names
   * the label. The scopes cover body's synchronous part, up to its first `await`.
   */
  async scoped<T>(label: string, body: () => T | Promise<T>): Promise<T> {
    this.#failure.check();
    return this.guard(inScopes(this.gpu, label, body));
  }

  /** The promise, unless the device fails: then it rejects with the first uncaptured error or with the loss. */
  guard<T>(promise: Promise<T>): Promise<T> {
    return this.#failure.guard(promise.catch((error: unknown) => this.#explain(error)));
  }

  /** What fails because the device goes may do so before the loss is told: a little later it is. */
  async #explain(error: unknown): Promise<never> {
    if (this.usable)
      await Promise.race([this.lost, new Promise((resolve) => setTimeout(resolve, LOSS_NOTICE))]);
    throw error;
  }

  /** Destroys the device with all its buffers and lets the process end. A second call does nothing. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#readback.clear();
    this.#failure.fail(
      new UsageError({ where: "device", problem: "it was disposed", hint: "open a new device" }),
    );
    this.gpu.removeEventListener("uncapturederror", this.#onUncaptured);
    this.gpu.destroy();
  }

  readonly #onUncaptured = (event: GPUUncapturedErrorEvent): void => {
    event.preventDefault(); // it is reported by every guarded promise, so the console need not
    this.#failure.fail(typedError("device", event.error));
  };
}

/** Milliseconds. */
const LOSS_NOTICE = 20;

/** Only readbacks make buffers that the host maps. */
const isStaging = (usage: GPUBufferUsageFlags): boolean => (usage & BufferUsage.MAP_READ) !== 0;
