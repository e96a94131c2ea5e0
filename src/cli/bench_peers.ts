import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AskedPeer, PeerModule } from "../benchmarks/peer.ts";
import type { Device } from "../device/device.ts";
import { UsageError } from "../device/errors.ts";
import { browserGpuFor } from "../device/node/peer_host.ts";
import type { Output } from "./output.ts";

/** Peers by the name of their module in `bench/peers/`. */
export const peerNames = ["tfjs", "jax"] as const;

export type PeerName = (typeof peerNames)[number];

/** Reads `--against`: names with commas between, each once. @throws UsageError */
export function parsePeers(given: string): PeerName[] {
  const names = given.split(",").map((name) => name.trim());
  const known = names.map((name) => peerNames.find((peer) => peer === name));
  const peers = known.filter((name) => name !== undefined);
  if (peers.length === names.length) return [...new Set(peers)];
  throw new UsageError({
    where: "bench(--against)",
    problem: "unknown peer",
    got: given,
    expected: `one or more of ${peerNames.join(", ")}, with commas between`,
  });
}

export interface PeerOptions {
  readonly against?: string;
  /** Bounds checks off: peers never run so. */
  readonly unchecked?: boolean;
}

/**
 * What `--against` asks for, before anything is opened or installed.
 * @throws UsageError for an unknown name, a package without `bench/peers`, or together with `--unchecked`
 */
export function peersAsked({ against, unchecked }: PeerOptions): PeerName[] {
  if (against === undefined) return [];
  const names = parsePeers(against);
  if (unchecked) {
    throw new UsageError({
      where: "bench(--against)",
      problem: "peers are compared with bounds checks on, and --unchecked leaves them out of ours",
      hint: "give one of the two",
    });
  }
  peerFolder();
  return names;
}

/**
 * Installs the peers where that is not done, and starts each on the device's adapter. One that does not start takes
 * part all the same, by its error.
 * @throws UsageError where they cannot be installed
 */
export async function openPeers(
  names: readonly PeerName[],
  device: Device,
  output: Output,
): Promise<AskedPeer[]> {
  if (names.length === 0) return [];
  const folder = peerFolder();
  await installPeers(folder, output);
  const host = await browserGpuFor(device);
  const peers: AskedPeer[] = [];
  for (const name of names) {
    try {
      const loaded: unknown = await import(pathToFileURL(join(folder, `${name}.mjs`)).href);
      if (!isPeerModule(loaded)) throw new Error(`${name}.mjs exports no function open`);
      const peer = await loaded.open(host);
      output.notice(`Peer: ${name} ${peer.version}`);
      peers.push({ name, peer });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      output.notice(`Peer: ${name} does not start: ${reason}`);
      peers.push({ name, error: reason });
    }
  }
  return peers;
}

/** Peers that cannot take part, for one reason. */
export const withoutPeers = (names: readonly PeerName[], error: string): AskedPeer[] =>
  names.map((name) => ({ name, error }));

export function closePeers(peers: readonly AskedPeer[]): void {
  for (const asked of peers) if ("peer" in asked) asked.peer.close();
}

const isPeerModule = (loaded: unknown): loaded is PeerModule =>
  typeof loaded === "object" && loaded !== null && "open" in loaded && typeof loaded.open === "function";

/** @throws UsageError where the package came without it */
function peerFolder(): string {
  const root = dirname(createRequire(import.meta.url).resolve("wgrad/package.json"));
  const folder = join(root, "bench", "peers");
  if (existsSync(join(folder, "package.json"))) return folder;
  throw new UsageError({
    where: "bench(--against)",
    problem: "the peers are not part of the installed package",
    hint: "run it in a checkout of wgrad's repository",
  });
}

const installed = join("dist", "installed");

/** Runs `npm ci` and the bundler where the folder's lock file is not the one that was installed. */
async function installPeers(folder: string, output: Output): Promise<void> {
  const lock = await readFile(join(folder, "package-lock.json"));
  const sum = createHash("sha256").update(lock).digest("hex");
  const found = await readFile(join(folder, installed), "utf8").catch(() => "");
  // npm writes the second file last.
  if (found === sum && existsSync(join(folder, "node_modules", ".package-lock.json"))) return;
  output.notice(`Installing the peers in ${folder}, once (npm ci; some 80 MB) …`);
  await npm(folder, ["ci", "--no-audit", "--no-fund"]);
  await npm(folder, ["run", "build"]);
  output.notice("Installed.");
}

async function npm(folder: string, args: readonly string[]): Promise<void> {
  const command = `npm ${args.join(" ")}`;
  const { code, said } = await runQuietly(command, folder);
  if (code === 0) return;
  throw new UsageError({
    where: "bench(--against)",
    problem: `the peers cannot be installed: ${command} failed`,
    got: said || `exit code ${code}`,
    hint: `try it in ${folder}; it needs npm and a package registry`,
  });
}

/** A command's exit code and the last line it wrote to stderr. Its output stays out of ours: stdout may be a document. */
function runQuietly(command: string, cwd: string): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    // A shell, since npm is a script on Windows; nothing of the user's is part of the command.
    const child = spawn(command, { cwd, shell: true, stdio: ["ignore", "ignore", "pipe"] });
    let text = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    child.on("error", ({ message }) => resolve({ code: null, said: message }));
    child.on("close", (code) => {
      const lines = text.split("\n").filter((line) => /error|ERR/.test(line));
      resolve({ code, said: (lines.at(0) ?? "").trim() });
    });
  });
}
