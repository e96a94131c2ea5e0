/** What the lab's server gives out, and what it must not. No browser needed. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Served, serveFolders, serveLab } from "../../src/cli/lab.ts";
import { UsageError } from "../../src/device/errors.ts";

let folder = "";
let served: Served;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wgrad-serve-"));
  await mkdir(join(folder, "page", "part"), { recursive: true });
  await writeFile(join(folder, "page", "index.html"), "<!doctype html>");
  await writeFile(join(folder, "page", "part", "a b.js"), "export {};");
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(folder, "page-secret.txt"), "secret");
  await symlink(join(folder, "secret.txt"), join(folder, "page", "link.txt"));
  served = await serveLab({ folder: join(folder, "page") });
});
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly length: string | undefined;
  readonly text: string;
}

/** Sends the path as it is, which `fetch` would tidy first. */
function ask(path: string, method = "GET"): Promise<Answer> {
  const { hostname, port } = new URL(served.url);
  return new Promise((done, reject) => {
    const sent = request({ hostname, port, path, method }, (response) => {
      let text = "";
      response.setEncoding("latin1");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => {
        const { "content-type": type, "content-length": length } = response.headers;
        done({ status: response.statusCode, type, length, text });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

it("serves the page, what lies beside it, and MNIST", async () => {
  expect(await ask("/")).toMatchObject({ status: 200, type: "text/html; charset=utf-8" });
  expect(await ask("/?x=1#y")).toMatchObject({ status: 200, text: "<!doctype html>" });
  expect(await ask("/part/a%20b.js")).toMatchObject({ status: 200, type: "text/javascript; charset=utf-8" });
  const labels = await ask("/data/mnist/t10k-labels-idx1-ubyte");
  expect(labels).toMatchObject({ status: 200, length: "10008" });
  expect(labels.text).toHaveLength(10_008);
  expect(await ask("/", "HEAD")).toMatchObject({ status: 200, length: "15", text: "" });
});

it.each([
  "/../secret.txt",
  "/..%2fsecret.txt",
  "/%2e%2e/secret.txt",
  "/part/../../secret.txt",
  "/..\\secret.txt",
  "/..%5csecret.txt",
  "/link.txt",
  "/../page-secret.txt",
  "//etc/passwd",
  "/%2fetc/passwd",
  "/index.html%00.js",
  "/%",
  "/part",
  "/part/",
  "/missing",
  "/data/mnist/",
  "/data/mnist/../package.json",
  "/data/mnist/%2e%2e/package.json",
])("finds nothing at %s", async (path) => {
  const { status, text } = await ask(path);
  expect(status).toBe(404);
  expect(text).toBe("not found\n");
});

it("only gives", async () => {
  expect(await ask("/", "POST")).toMatchObject({ status: 405 });
});

it("says that a port is in use", async () => {
  const port = Number(new URL(served.url).port);
  const again = serveFolders([], { port });
  await expect(again).rejects.toThrow(UsageError);
  await expect(again).rejects.toThrow(/the port is in use; got 127\.0\.0\.1:\d+; choose another one/);
});

it("ends while a browser holds its connections", async () => {
  const one = await serveFolders([{ prefix: "/", folder: join(folder, "page") }]);
  await (await fetch(one.url)).text();
  const begin = performance.now();
  await one.close();
  expect(performance.now() - begin).toBeLessThan(1000);
});
