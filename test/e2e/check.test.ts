import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCommandLine, temporaryFolder, wgrad } from "./cli_process.ts";

const folder = temporaryFolder();
const cwd = folder.path;
const run = (...args: readonly string[]) => wgrad(["check", ...args], { cwd });
const lastLine = (text: string) => text.trim().split("\n").at(-1) ?? "";

beforeAll(buildCommandLine);
afterAll(folder.remove);

describe("wgrad check", () => {
  it("checks what the pattern finds, and writes its page", async () => {
    const { exitCode, stdout } = await run("^softmax ›", "--json", "--html", "page.html");
    const document = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ ops: 1, functions: 0, failed: 0, failures: [], writesOutside: 0 });
    expect(document.cases).toBeGreaterThan(10);
    expect(document.gradchecks).toBeGreaterThan(10);
    const kernels = document.rows.filter(({ kind }: { kind: string }) => kind === "forward");
    expect(kernels.length).toBe(document.kernels);
    for (const { worst } of kernels) expect(worst).toBeLessThan(1);
    const page = readFileSync(join(cwd, "page.html"), "utf8");
    for (const { file } of kernels) expect(page).toContain(`<details id="${file}">`);
  });

  it("draws as many random cases as it is asked for", async () => {
    const { exitCode, stdout } = await run("^relu › .*random", "--cases", "3", "--seed", "5", "--json");
    expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({ exitCode: 0, drawn: 1, cases: 0, failed: 0 });
  });

  it("is no success where nothing matches, and names what is near", async () => {
    const { exitCode, stdout, stderr } = await run("sofmax");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(lastLine(stderr)).toMatch(/^check: nothing matches; got sofmax; did you mean softmax/);
  });
});

describe("wgrad check of a kernel of one's own", () => {
  const example = (name: string) => {
    const source = resolve("docs/examples/kernels", name);
    copyFileSync(source, join(cwd, name));
    return readFileSync(source, "utf8");
  };
  const wgsl = example("scale_rows.wgsl");
  const spec = example("scale_rows.spec.ts");
  const complaint = async (file: string, given: string) => {
    const { exitCode, stdout, stderr } = await run(file, "--spec", given, "--quiet");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    return stderr;
  };
  const written = (name: string, text: string) => {
    writeFileSync(join(cwd, name), text);
    return name;
  };

  it("passes the right one and leaves nothing behind", async () => {
    const { exitCode, stdout } = await run("scale_rows.wgsl", "--spec", "scale_rows.spec.ts", "--quiet");
    expect({ exitCode, last: lastLine(stdout) }).toEqual({ exitCode: 0, last: "scale_rows.wgsl: all right" });
    expect(existsSync(join(cwd, "scale_rows.spec.mjs"))).toBe(false);
  });

  it("wants both files, and both to exist", async () => {
    const alone = await run("scale_rows.wgsl");
    expect(alone).toMatchObject({ exitCode: 2, stdout: "" });
    expect(alone.stderr).toContain("takes both its file and its spec");
    expect(await complaint("nowhere.wgsl", "scale_rows.spec.ts")).toContain("no such file; got nowhere.wgsl");
    expect(await complaint("scale_rows.wgsl", "nowhere.ts")).toContain("no such file; got nowhere.ts");
  });

  it.each([
    ["does not parse", "fn broken( {", /^bad\.wgsl:1: /m],
    ["has no entry point", wgsl.replace("@compute @workgroup_size(WG)", ""), /^bad\.wgsl:1: no entry point/m],
    ["misses a binding", wgsl.replaceAll("scale", "factor"), /^bad\.wgsl:\d+: the spec has no input factor/m],
    [
      "does not compile",
      wgsl.replace("  out[", "  outer["),
      /^bad\.wgsl:\d+: does not compile: unresolved value 'outer'/m,
    ],
  ])("says with file and line that a shader %s", async (_, changed, message) => {
    expect(changed).not.toBe(wgsl);
    expect(await complaint(written("bad.wgsl", changed), "scale_rows.spec.ts")).toMatch(message);
  });

  it.each([
    ["does not type-check", "params: {", "params: { extra: true,", /^bad\.spec\.ts:\d+:\d+: Type 'boolean'/m],
    [
      "gives too few numbers",
      "from(x,",
      "from(x.slice(1),",
      /^bad\.spec\.ts: reference\(\) gives out the wrong length/m,
    ],
  ])("says that a spec %s", async (_, text, instead, message) => {
    expect(spec).toContain(text);
    const bad = written("bad.spec.ts", spec.replace(text, instead));
    expect(await complaint("scale_rows.wgsl", bad)).toMatch(message);
  });
});
