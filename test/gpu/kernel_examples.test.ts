/** `wgrad check FILE.wgsl --spec`, on the examples: the right one passes, each wrong one is told what is wrong with it. */
import { describe, expect, it } from "vitest";
import { runCheckSpec } from "../../src/cli/check_spec.ts";
import { exitCodes } from "../../src/cli/options.ts";
import type { SpecFinding } from "../../src/validation/spec/spec_finding.ts";

const folder = "docs/examples/kernels";
const adapter = process.env["WGRAD_ADAPTER"];

async function check(name: string): Promise<{ code: number; findings: readonly SpecFinding[] }> {
  const written: string[] = [];
  const write = process.stdout.write;
  process.stdout.write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  try {
    const code = await runCheckSpec({
      file: `${folder}/${name}.wgsl`,
      spec: `${folder}/${name}.spec.ts`,
      json: true,
      quiet: true,
      ...(adapter !== undefined && { adapter }),
    });
    return { code, findings: JSON.parse(written.join("")).findings };
  } finally {
    process.stdout.write = write;
  }
}

describe("checking a kernel of one's own", () => {
  it("finds nothing wrong with the right one", async () => {
    expect(await check("scale_rows")).toEqual({ code: exitCodes.done, findings: [] });
  });

  it.each([
    [
      "bad_index",
      "written outside",
      /writes out\[\d+\], outside its output of \d+ elements: byte \d+ of \d+/,
    ],
    ["missing_barrier", "race", /workgroupBarrier\(\) is missing between them/],
    ["wrong_tail", "wrong value", /x\[192…199\] never reaches it: the tail is left out/],
    [
      "aliasing",
      "race",
      /out takes over the buffer of x, so that an invocation may read what another has written/,
    ],
    [
      "overflow",
      "not finite",
      /every input is finite, the largest \|x\| is 100: clamp what exp or tanh is given/,
    ],
  ])("says of %s: %s", async (name, problem, message) => {
    const { code, findings } = await check(name);
    expect(code).toBe(exitCodes.failed);
    expect(findings[0]).toMatchObject({ problem, message: expect.stringMatching(message) });
  });
});
