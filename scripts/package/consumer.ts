/** An empty project that has the tarball installed, as a user's. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Of the checkout, for bundling and checking types: a user has their own. */
const tools = ["typescript", "vite", "esbuild", "@webgpu", "@types"];

export class Consumer {
  readonly folder: string;
  /** The tarball that is installed. */
  readonly tarball: string;

  private constructor(folder: string, tarball: string) {
    this.folder = folder;
    this.tarball = tarball;
  }

  /** Packs what is built and installs it with all that it depends on. */
  static async install(): Promise<Consumer> {
    const folder = mkdtempSync(join(tmpdir(), "wgrad-consumer-"));
    const packed = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
      maxBuffer: 2 ** 26,
    });
    const [, name] = /"filename": "([^"]+)"/.exec(packed.stdout) ?? [];
    if (name === undefined) throw new Error("npm pack names no file");
    const tarball = join(folder, name);
    const project = join(folder, "project");
    mkdirSync(project);
    writeFileSync(
      join(project, "package.json"),
      `{ "name": "consumer", "private": true, "type": "module" }\n`,
    );
    await run("npm", ["install", tarball, "--prefer-offline", "--no-audit", "--no-fund"], { cwd: project });
    const consumer = new Consumer(project, tarball);
    for (const tool of tools) consumer.#link(tool);
    return consumer;
  }

  #link(tool: string): void {
    rmSync(join(this.folder, "node_modules", tool), { recursive: true, force: true });
    symlinkSync(resolve("node_modules", tool), join(this.folder, "node_modules", tool));
  }

  /** Puts a file or a folder of the checkout into the project. */
  copy(from: string, to: string): void {
    cpSync(from, join(this.folder, to), { recursive: true });
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** Runs a command in the project. @throws Error with what it printed */
  async run(command: string, args: readonly string[]): Promise<string> {
    try {
      const { stdout } = await run(command, [...args], {
        cwd: this.folder,
        timeout: 120_000,
        maxBuffer: 2 ** 26,
      });
      return stdout;
    } catch (error) {
      const { stdout, stderr } = Object(error) as { stdout?: string; stderr?: string };
      throw new Error(`${command} ${args.join(" ")}\n${stdout ?? ""}${stderr ?? ""}`, { cause: error });
    }
  }

  remove(): void {
    rmSync(resolve(this.folder, ".."), { recursive: true, force: true });
  }
}
