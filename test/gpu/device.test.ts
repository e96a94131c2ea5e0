import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { describeAdapter } from "../../src/device/adapter.ts";
import type { Device } from "../../src/device/device.ts";
import {
  DeviceError,
  DeviceLostError,
  NoAdapterError,
  OutOfMemoryError,
  ShaderError,
  ShapeError,
  UsageError,
} from "../../src/device/errors.ts";
import { BufferUsage, ShaderStage } from "../../src/device/flags.ts";
import { nodePlatform } from "../../src/device/node.ts";
import { type OpenOptions, openDevice } from "../../src/device/open.ts";
import { spread, timeCommands, timeSubmissions } from "../../src/device/timing.ts";
import { traitsOf } from "../../src/device/traits.ts";

const { COPY_DST, COPY_SRC, MAP_READ, STORAGE } = BufferUsage;
const MISUSE = MAP_READ | STORAGE; // a usage that validation refuses

const opened: Device[] = [];
async function open(options: OpenOptions = {}): Promise<Device> {
  const device = await openDevice(nodePlatform, options);
  opened.push(device);
  return device;
}
afterEach(() => {
  for (const device of opened.splice(0)) device.dispose();
});

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it should have been rejected"),
    (error: unknown) => error,
  );
}

const DOUBLE = `@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x < arrayLength(&x)) { x[id.x] = 2.0 * x[id.x]; }
}
`;

function layouts(device: Device): { group: GPUBindGroupLayout; pipeline: GPUPipelineLayout } {
  const entry = { binding: 0, visibility: ShaderStage.COMPUTE, buffer: { type: "storage" as const } };
  const group = device.createBindGroupLayout("double", [entry]);
  return { group, pipeline: device.createPipelineLayout("double", [group]) };
}

async function doubler(device: Device, count: number) {
  const { group, pipeline } = layouts(device);
  const compiled = await device.createPipeline("double", DOUBLE, pipeline);
  const buffer = device.createBuffer("x", 4 * count, STORAGE | COPY_SRC | COPY_DST);
  const bindings = device.createBindGroup("double", group, [{ binding: 0, resource: { buffer } }]);
  const encode = (encoder: GPUCommandEncoder): void => {
    const pass = encoder.beginComputePass();
    pass.setPipeline(compiled);
    pass.setBindGroup(0, bindings);
    pass.dispatchWorkgroups(Math.ceil(count / 64));
    pass.end();
  };
  const submit = (): void => {
    const encoder = device.gpu.createCommandEncoder();
    encode(encoder);
    device.submit([encoder.finish()]);
  };
  return { buffer, encode, submit };
}

describe("opening", () => {
  it("opens an adapter and says which", async () => {
    const device = await open();
    expect(device.limits.maxStorageBufferBindingSize).toBeGreaterThanOrEqual(128 * 2 ** 20);
    expect(device.limits.maxComputeWorkgroupStorageSize).toBeGreaterThanOrEqual(16384);
    expect(describeAdapter(device.adapter)).not.toBe("");
    expect(device.adapter.software).toBe(device.adapter.source !== "gpu");
    const traits = traitsOf(device);
    expect(traits.barriersAreDear).toBe(device.adapter.software);
    expect(traits.features).toBe(device.features);
  });

  it("finds an adapter by any part of its name, in any case, and by its kind", async () => {
    const { adapter } = await open();
    const wanted = adapter.description.slice(0, 8).toUpperCase();
    expect((await open({ adapter: wanted })).adapter.description).toBe(adapter.description);
    const kind = adapter.software ? "software" : "gpu";
    expect((await open({ adapter: kind })).adapter.software).toBe(adapter.software);
  });

  it("lists what it tried and how to get an adapter", async () => {
    const { adapter } = await open();
    const error = await failureOf(open({ adapter: "no-such-thing" }));
    expect(error).toBeInstanceOf(NoAdapterError);
    const { message, tried } = error as NoAdapterError;
    expect(message).toContain('"no-such-thing"');
    expect(message).toContain(describeAdapter(adapter));
    expect(message).toContain("install a GPU driver");
    expect(tried.length).toBeGreaterThan(0);
  });

  it("honours drivers chosen by the environment and leaves the environment as it was", async () => {
    const before = process.env.VK_DRIVER_FILES;
    await open();
    expect(process.env.VK_DRIVER_FILES).toBe(before);
    process.env.VK_DRIVER_FILES = "/nowhere/driver.json";
    try {
      const error = await failureOf(open({ adapter: "swiftshader" }));
      expect(error).toBeInstanceOf(NoAdapterError);
      expect((error as NoAdapterError).message).toContain("VK_DRIVER_FILES=/nowhere/driver.json");
    } finally {
      if (before === undefined) delete process.env.VK_DRIVER_FILES;
      else process.env.VK_DRIVER_FILES = before;
    }
  });

  it("reports limits that the adapter cannot reach", async () => {
    const error = await failureOf(open({ requiredLimits: { maxComputeInvocationsPerWorkgroup: 2 ** 30 } }));
    expect(error).toBeInstanceOf(NoAdapterError);
    expect((error as NoAdapterError).message).toContain("refused");
  });

  it("compiles on the null backend and executes nothing", async () => {
    const device = await open({ nullBackend: true });
    await device.createPipeline("double", DOUBLE, layouts(device).pipeline);
    const broken = device.createPipeline("broken", DOUBLE.replace("2.0", "true"), layouts(device).pipeline);
    expect(await failureOf(broken)).toBeInstanceOf(ShaderError);
    await device.idle();
  });
});

describe("work", () => {
  it("brings bytes there and back, at offsets and of odd lengths", async () => {
    const device = await open();
    const buffer = device.createBuffer("bytes", 64, STORAGE | COPY_SRC | COPY_DST);
    device.write(buffer, 0, new Float32Array([1, 2, 3, 4]));
    device.write(buffer, 16, new Uint8Array([9, 8, 7, 6, 5]).subarray(1));
    device.write(buffer, 32, new Uint8Array([1, 2, 3, 4, 5]));
    expect([...new Float32Array(await device.read(buffer, 4, 8))]).toEqual([2, 3]);
    expect([...new Uint8Array(await device.read(buffer, 16, 3))]).toEqual([8, 7, 6]);
    expect([...new Uint8Array(await device.read(buffer, 32, 8))]).toEqual([1, 2, 3, 4, 5, 0, 0, 0]);
    expect((await device.read(buffer, 0, 0)).byteLength).toBe(0);
  });

  it("runs a kernel, and counts", async () => {
    const device = await open();
    const { buffer, submit } = await doubler(device, 100);
    device.write(
      buffer,
      0,
      Float32Array.from({ length: 100 }, (_, index) => index),
    );
    submit();
    const result = new Float32Array(await device.read(buffer, 0, 400));
    expect([...result]).toEqual(Array.from({ length: 100 }, (_, index) => 2 * index));
    expect(device.counters).toMatchObject({
      buffersCreated: 2, // x and one staging buffer
      bindGroupsCreated: 1,
      pipelinesCreated: 1,
      shaderModulesCreated: 1,
      submits: 1,
      writes: 1,
      readbacks: 1,
      liveBuffers: 2,
      liveBytes: 400 + 4096,
      peakBytes: 400 + 4096,
    });
    device.destroyBuffer(buffer);
    device.destroyBuffer(buffer);
    expect(device.counters).toMatchObject({ liveBuffers: 1, liveBytes: 4096, peakBytes: 4496 });
  });

  it("reuses staging buffers, also under several reads at once", async () => {
    const device = await open();
    const buffer = device.createBuffer("words", 1024, STORAGE | COPY_SRC | COPY_DST);
    const words = Uint32Array.from({ length: 256 }, (_, index) => index);
    device.write(buffer, 0, words);
    const readAll = async () => {
      const reads = Array.from({ length: 8 }, (_, index) => device.read(buffer, 16 * index, 4));
      return (await Promise.all(reads)).map((bytes) => new Uint32Array(bytes)[0]);
    };
    expect(await readAll()).toEqual([0, 4, 8, 12, 16, 20, 24, 28]);
    const { buffersCreated } = device.counters;
    for (let round = 0; round < 5; round++) expect(await readAll()).toEqual([0, 4, 8, 12, 16, 20, 24, 28]);
    expect(device.counters.buffersCreated).toBe(buffersCreated);
  });

  it("times commands and submissions", async () => {
    const device = await open();
    const { encode, submit } = await doubler(device, 4096);
    const options = { samples: 3, sampleMilliseconds: 5 };
    const encoded = await timeCommands(device, encode, options);
    expect(encoded.samples).toHaveLength(3);
    expect(encoded.min).toBeGreaterThan(0);
    expect(encoded.median).toBeGreaterThanOrEqual(encoded.min);
    expect(encoded.max).toBeGreaterThanOrEqual(encoded.median);
    if (encoded.gpu) expect(encoded.gpu.min).toBeGreaterThan(0);
    expect((await timeSubmissions(device, submit, options)).min).toBeGreaterThan(0);
    expect(spread([3, 1, 2, 10])).toEqual({ median: 2.5, min: 1, max: 10 });
  });

  it("does not time what the device drops", async () => {
    const device = await open();
    const tooMany = (encoder: GPUCommandEncoder): void => {
      const pass = encoder.beginComputePass();
      pass.dispatchWorkgroups(70_000);
      pass.end();
    };
    expect(await failureOf(timeCommands(device, tooMany))).toBeInstanceOf(DeviceError);
  });
});

describe("errors", () => {
  it("rejects what follows an uncaptured error, and what was under way", async () => {
    const device = await open();
    const buffer = device.createBuffer("x", 16, COPY_SRC | COPY_DST);
    const never = device.guard(new Promise(() => {}));
    device.gpu.createBuffer({ label: "misused", size: 16, usage: MISUSE });
    const error = await failureOf(never);
    expect(error).toBeInstanceOf(DeviceError);
    expect((error as DeviceError).message).toContain("validation error");
    expect(await failureOf(device.idle())).toBe(error);
    expect(await failureOf(device.read(buffer, 0, 16))).toBe(error);
    expect(() => device.submit([])).toThrow(error as DeviceError);
    expect(device.usable).toBe(false);
  });

  it("turns a scoped error into one rejection and works on", async () => {
    const device = await open();
    const error = await failureOf(device.scoped("making x", () => void device.createBuffer("x", 16, MISUSE)));
    expect(error).toBeInstanceOf(DeviceError);
    expect((error as DeviceError).message).toMatch(/^making x: validation error: /);
    expect(await device.scoped("fine", () => 7)).toBe(7);
    await device.idle();
  });

  it("keeps concurrent scopes apart", async () => {
    const device = await open();
    const body = (bad: boolean) => async () => {
      device.createBuffer("x", 16, bad ? MISUSE : STORAGE);
      await device.gpu.queue.onSubmittedWorkDone();
      return bad;
    };
    const calls = Array.from({ length: 20 }, (_, index) =>
      device.scoped(`call ${index}`, body(index % 3 === 0)),
    );
    const results = await Promise.allSettled(calls);
    for (const [index, result] of results.entries()) {
      if (index % 3 !== 0) expect(result).toEqual({ status: "fulfilled", value: false });
      else expect(String((result as PromiseRejectedResult).reason)).toContain(`call ${index}:`);
    }
  });

  it("passes on what a scoped body throws", async () => {
    const device = await open();
    const mistake = new ShapeError({
      where: "add(x)",
      problem: "shapes differ",
      got: "[2]",
      expected: "[3]",
    });
    expect(mistake.message).toBe("add(x): shapes differ; got [2]; expected [3]");
    const thrown = device.scoped("add", () => {
      throw mistake;
    });
    expect(await failureOf(thrown)).toBe(mistake);
    await device.idle();
  });

  it("rejects a read that the device refuses", async () => {
    const device = await open();
    const buffer = device.createBuffer("short", 16, COPY_SRC | COPY_DST);
    const error = await failureOf(device.read(buffer, 0, 32));
    expect(error).toBeInstanceOf(DeviceError);
    expect((error as DeviceError).message).toContain("read(short)");
    const unreadable = device.createBuffer("unreadable", 16, STORAGE);
    expect(await failureOf(device.read(unreadable, 0, 16))).toBeInstanceOf(DeviceError);
    expect((await device.read(buffer, 0, 16)).byteLength).toBe(16);
  });

  it("shows the numbered lines of a shader that does not compile", async () => {
    const device = await open();
    const source = DOUBLE.replace("2.0 *", "no_such_name *");
    const error = (await failureOf(
      device.createPipeline("broken", source, layouts(device).pipeline),
    )) as ShaderError;
    expect(error).toBeInstanceOf(ShaderError);
    expect(error.messages[0]).toMatchObject({ type: "error", line: 4 });
    expect(error.message).toContain("shader(broken): does not compile");
    expect(error.message).toMatch(/\[error at 4:\d+\] .*no_such_name/);
    expect(error.message).toMatch(/^> 4 \| .*no_such_name/m);
    expect(error.message).toMatch(/^ {2}3 \| fn main/m);
    await device.idle();
  });

  it("explains a layout that does not fit the shader", async () => {
    const device = await open();
    const empty = device.createPipelineLayout("empty", []);
    const error = await failureOf(device.createPipeline("double", DOUBLE, empty));
    expect(error).toBeInstanceOf(ShaderError);
    expect((error as ShaderError).message).toContain("shader(double)");
    await device.idle();
  });

  it("refuses a buffer above the limit before it asks for it", async () => {
    const device = await open();
    const limit = device.limits.maxBufferSize;
    const make = () => device.createBuffer("weights", limit + 4, STORAGE);
    expect(make).toThrow(OutOfMemoryError);
    expect(make).toThrow(`buffer(weights): too large for one buffer on this device; got ${limit + 4} bytes`);
    expect(device.counters.buffersCreated).toBe(0);
    await device.idle();
  });

  it("reports a loss to everyone who waits", async () => {
    const device = await open();
    const waiting = device.guard(new Promise(() => {}));
    device.gpu.destroy();
    expect(await failureOf(waiting)).toBeInstanceOf(DeviceLostError);
    const lost = await device.lost;
    expect(lost).toBeInstanceOf(DeviceLostError);
    expect(lost.reason).toBe("destroyed");
    expect(await failureOf(device.idle())).toBe(lost);
    expect(() => device.createBuffer("x", 16, STORAGE)).toThrow(lost);
    await (await open()).idle(); // and a new device works
  });

  it("is not lost by dispose, which may be called twice", async () => {
    const device = await open();
    const buffer = device.createBuffer("x", 16, STORAGE);
    const lost = vi.fn();
    void device.lost.then(lost);
    const waiting = failureOf(device.guard(new Promise(() => {})));
    device.dispose();
    device.dispose();
    device.destroyBuffer(buffer);
    expect(await waiting).toBeInstanceOf(UsageError);
    expect(await failureOf(device.idle())).toBeInstanceOf(UsageError);
    await new Promise((done) => setTimeout(done, 20));
    expect(lost).not.toHaveBeenCalled();
  });
});

describe("a process", () => {
  let folder = "";
  const run = promisify(execFile);
  const WORK = `const buffer = device.createBuffer("x", 16, ${COPY_SRC | COPY_DST});
    device.write(buffer, 0, new Float32Array([1, 2, 3, 4]));
    console.log(new Float32Array(await device.read(buffer, 0, 16)).join());`;

  beforeAll(async () => {
    // Inside the project, so that the bundle finds its packages; Node 20 runs no TypeScript.
    folder = await mkdtemp(join(resolve("node_modules"), ".wgrad-device-test-"));
    const contents = `export * from "./src/device/open.ts"; export * from "./src/device/node.ts";`;
    await build({
      stdin: { contents, resolveDir: resolve(".") },
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      outfile: join(folder, "device.mjs"),
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Runs work on a device in a process of its own; rejects unless that ends well. Gives how long it lingered. */
  async function runScript(name: string, adapter: string, after: string, env: NodeJS.ProcessEnv = {}) {
    const script = join(folder, name);
    const open = `const device = await openDevice(nodePlatform, ${adapter});`;
    const head = `import { nodePlatform, openDevice } from "./device.mjs";`;
    await writeFile(script, `${head}\n${open}\n${WORK}\n${after}\nconsole.log(Date.now());`);
    const { stdout } = await run(process.execPath, [script], { env: { ...process.env, ...env } });
    const [values, finished] = stdout.trim().split("\n");
    expect(values).toBe("1,2,3,4");
    return Date.now() - Number(finished);
  }

  it("ends by itself, whether dispose was called or forgotten", async () => {
    expect(await runScript("disposed.mjs", "{}", "device.dispose();")).toBeLessThan(2000);
    expect(await runScript("forgotten.mjs", "{}", "")).toBeLessThan(2000);
  });

  const noBundle =
    process.platform !== "linux" || process.arch !== "x64" || process.env.VK_DRIVER_FILES !== undefined;
  it.skipIf(noBundle)("unpacks the bundled adapter once, with many processes at it", async () => {
    const env = { XDG_CACHE_HOME: join(folder, "cache") };
    const runs = ["a.mjs", "b.mjs", "c.mjs"].map((name) =>
      runScript(name, '{ adapter: "swiftshader" }', "device.dispose();", env),
    );
    await Promise.all(runs);
    expect(await readdir(join(folder, "cache", "wgrad"))).toHaveLength(1);
  });
});
