import "./generated/roofline.ts";
import type { Device } from "../device/device.ts";
import { DeviceError } from "../device/errors.ts";
import { BufferUsage } from "../device/flags.ts";
import type { Timing, TimingOptions } from "../device/timing.ts";
import { timeCommands } from "../device/timing.ts";
import { foldGrid } from "./grid.ts";
import type { Kernel } from "./kernel.ts";
import { defineKernel } from "./kernel.ts";
import { packParams } from "./pack.ts";
import { PipelineCache } from "./pipelines.ts";
import { kernelFacts } from "./shaders.ts";
import { specialise } from "./specialise.ts";
import { ceilDivide } from "./types.ts";

/** Rates of the least, the middle and the best sample. */
export interface RateSpread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** What an adapter can do at most: the bounds that kernels are held against. */
export interface Roofline {
  /** f32 multiply-adds held in registers, two operations each: the best sample, in 10⁹ a second. */
  readonly gflops: number;
  /** A copy between large buffers, bytes read and bytes written: the best sample, in 10⁹ a second. */
  readonly gigabytesPerSecond: number;
  /** How the samples scattered: far apart on a machine that has other work. */
  readonly samples: { readonly gflops: RateSpread; readonly gigabytesPerSecond: RateSpread };
}

/**
 * Measures the peaks of arithmetic and of memory traffic, in about a second. Each kernel's answer is checked first.
 * The peak is the best of many short samples: a bound, which what else runs on the machine must not lower.
 * @throws DeviceError where a kernel's answer is wrong: its time would mean nothing
 */
export async function measureRoofline(device: Device): Promise<Roofline> {
  const pipelines = new PipelineCache(device);
  const gflops = await measureArithmetic(device, pipelines);
  const gigabytesPerSecond = await measureTraffic(device, pipelines);
  return {
    gflops: gflops.max,
    gigabytesPerSecond: gigabytesPerSecond.max,
    samples: { gflops, gigabytesPerSecond },
  };
}

interface Chains {
  readonly invocations: number;
  readonly rounds: number;
  readonly multiplier: number;
  readonly addend: number;
}

const chainsPerInvocation = 3;
const stepsPerRound = 8;
const workgroup = 64;
const chainPeriod = 64;

const fma = defineKernel<"roofline/fma", Chains>({
  file: "roofline/fma",
  params: ({ attributes }) => ({ ...attributes }),
  workgroups: ({ attributes }) => attributes.invocations / workgroup,
});

/** Enough invocations to fill the adapter, each long enough that starting it does not show. */
function timedChains(device: Device): Chains {
  const { software } = device.adapter;
  return { invocations: software ? 1024 : 524_288, rounds: software ? 256 : 64, multiplier: 1, addend: 1 };
}

async function measureArithmetic(device: Device, pipelines: PipelineCache): Promise<RateSpread> {
  const timed = timedChains(device);
  const buffers = new Buffers(device);
  try {
    const out = buffers.create("out", timed.invocations * 16, BufferUsage.COPY_SRC);
    // That it multiplies, then that it does every step of what is timed.
    for (const chains of [{ ...timed, rounds: 1, multiplier: 3 }, timed]) {
      const run = await buffers.prepare(pipelines, fma, chains, [out]);
      await runOnce(device, run);
      checkChains(new Float32Array(await device.read(out, 0, timed.invocations * 16)), chains);
    }
    const run = await buffers.prepare(pipelines, fma, timed, [out]);
    const steps = timed.invocations * chainsPerInvocation * 4 * timed.rounds * stepsPerRound;
    return rates(await time(device, run, { samples: 30, sampleMilliseconds: 5 }), 2 * steps);
  } finally {
    buffers.destroy();
  }
}

function checkChains(got: Float32Array, { rounds, multiplier, addend }: Chains): void {
  const expected = Array.from({ length: chainPeriod }, (_, first) => {
    let sum = 0;
    for (let chain = 0; chain < chainsPerInvocation; chain++) {
      let value = first + chain;
      for (let step = 0; step < rounds * stepsPerRound; step++) value = value * multiplier + addend;
      sum += value;
    }
    return sum;
  });
  const wrong = got.findIndex((value, index) => value !== expected[Math.floor(index / 4) % chainPeriod]);
  if (wrong >= 0) fail("roofline(fma)", wrong, got[wrong], expected[Math.floor(wrong / 4) % chainPeriod]);
}

interface Copied {
  readonly vectors: number;
}

const copyBlock = 4 * 256;

const copy = defineKernel<"roofline/copy", Copied>({
  file: "roofline/copy",
  params: ({ attributes }) => ({ ...attributes }),
  workgroups: ({ attributes }) => ceilDivide(attributes.vectors, copyBlock),
});

async function measureTraffic(device: Device, pipelines: PipelineCache): Promise<RateSpread> {
  // Both buffers together exceed the caches of GPUs; a processor's kernels do not reach what its caches give.
  const bytes = (device.adapter.software ? 16 : 64) << 20;
  const pattern = new Uint32Array(bytes / 4);
  // Knuth's multiplicative hash: no two words alike, NaNs and denormals among them.
  for (let index = 0; index < pattern.length; index++) pattern[index] = Math.imul(index, 0x9e3779b1);
  const buffers = new Buffers(device);
  try {
    const x = buffers.create("x", bytes, BufferUsage.COPY_DST);
    const out = buffers.create("out", bytes, BufferUsage.COPY_SRC);
    device.write(x, 0, pattern);
    const run = await buffers.prepare(pipelines, copy, { vectors: bytes / 16 }, [x, out]);
    await runOnce(device, run);
    const got = new Uint32Array(await device.read(out, 0, bytes));
    const wrong = got.findIndex((word, index) => word !== pattern[index]);
    if (wrong >= 0) fail("roofline(copy)", wrong, got[wrong], pattern[wrong]);
    return rates(await time(device, run, { samples: 10, sampleMilliseconds: 10 }), 2 * bytes);
  } finally {
    buffers.destroy();
  }
}

function fail(where: string, index: number, got: number | undefined, expected: number | undefined): never {
  throw new DeviceError({
    where,
    problem: `the adapter computes wrongly, so its speed means nothing; element ${index}`,
    got: String(got),
    expected: String(expected),
  });
}

/** What a dispatch needs. */
interface Run {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly grid: readonly [x: number, y: number];
}

/** The buffers of one measurement. */
class Buffers {
  readonly #device: Device;
  readonly #made: GPUBuffer[] = [];

  constructor(device: Device) {
    this.#device = device;
  }

  create(label: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const buffer = this.#device.createBuffer(`roofline ${label}`, bytes, BufferUsage.STORAGE | usage);
    this.#made.push(buffer);
    return buffer;
  }

  /** Compiles a kernel and binds storage buffers and its parameters. */
  async prepare<Attributes>(
    pipelines: PipelineCache,
    kernel: Kernel<Attributes>,
    attributes: Attributes,
    storage: readonly GPUBuffer[],
  ): Promise<Run> {
    const request = { inputs: [], outputs: [], attributes };
    const { pipeline, layout, label } = await pipelines.compile(specialise(kernel, request));
    const params = this.#params(kernel, kernel.params(request));
    const entries = [...storage, params].map((buffer, binding) => ({ binding, resource: { buffer } }));
    const bindGroup = this.#device.createBindGroup(label, layout, entries);
    return { label, pipeline, bindGroup, grid: foldGrid(kernel.workgroups(request)) };
  }

  #params<Attributes>(kernel: Kernel<Attributes>, values: Readonly<Record<string, number>>): GPUBuffer {
    const layout = kernelFacts(kernel.file).params;
    if (!layout) throw new Error(`internal: ${kernel.name} has no parameters`);
    const view = new DataView(new ArrayBuffer(layout.size));
    packParams(kernel.name, layout, values, view);
    const usage = BufferUsage.UNIFORM | BufferUsage.COPY_DST;
    const buffer = this.#device.createBuffer("roofline params", layout.size, usage);
    this.#made.push(buffer);
    this.#device.write(buffer, 0, view);
    return buffer;
  }

  destroy(): void {
    for (const buffer of this.#made) this.#device.destroyBuffer(buffer);
  }
}

function encode(encoder: GPUCommandEncoder, { label, pipeline, bindGroup, grid }: Run): void {
  const pass = encoder.beginComputePass({ label });
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  pass.dispatchWorkgroups(...grid);
  pass.end();
}

function runOnce(device: Device, run: Run): Promise<void> {
  return device.scoped(run.label, () => {
    const encoder = device.gpu.createCommandEncoder({ label: run.label });
    encode(encoder, run);
    device.submit([encoder.finish()]);
  });
}

function time(device: Device, run: Run, options: TimingOptions): Promise<Timing> {
  return timeCommands(device, (encoder) => encode(encoder, run), options);
}

/** Amounts of 10⁹ a second, from the amount of one run; the least time is the greatest rate. */
function rates({ min, median, max }: Timing, amount: number): RateSpread {
  const rate = (milliseconds: number) => amount / milliseconds / 1e6;
  return { min: rate(max), median: rate(median), max: rate(min) };
}
