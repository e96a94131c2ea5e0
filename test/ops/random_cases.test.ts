/** A few random cases of every op that draws them: `wgrad check --cases` runs as many as one has time for. */
import { describe, expect, it } from "vitest";
import { traitsOf } from "../../src/device/traits.ts";
import { apply } from "../../src/graph/tensor.ts";
import { negOp } from "../../src/ops/neg.ts";
import type { CaseList } from "../../src/validation/case.ts";
import { need } from "../../src/validation/kit/shapes.ts";
import { randomSuite } from "../../src/validation/random_cases.ts";
import { workbench } from "../../src/validation/workbench.ts";
import { openTestDevice } from "../support/open.ts";
import { testItems } from "../support/suite.ts";

const bench = workbench(await openTestDevice());
const traits = traitsOf(bench.device);

testItems(randomSuite(traits, { cases: 4, seed: 1 }), bench);

describe("the search for a case that fails", () => {
  /** One workgroup whatever the size: 256 elements are written, and no more. */
  const short = { ...negOp, kernels: negOp.kernels.map((kernel) => ({ ...kernel, workgroups: () => 1 })) };
  const shapes: number[] = [];
  const list: CaseList = {
    op: "neg",
    cases: [],
    random: (draw) => {
      const [length, scale] = [draw.integer(1, 2000), draw.integer(1, 9)];
      shapes.push(length);
      return {
        name: "any length",
        inputs: [{ shape: [length], fill: { kind: "normal", scale } }],
        build: ([x]) => apply(short, [need(x)], null),
      };
    },
  };
  const messageOf = async (seed: number) => {
    const [entry] = randomSuite(traits, { cases: 20, seed }, [list]);
    const error = await entry?.check(bench).catch((reason: unknown) => reason);
    return error instanceof Error ? error.message : "nothing failed";
  };

  it("finds a broken kernel, and the smallest case that shows it", async () => {
    const message = await messageOf(1);
    expect(message).toContain("any length, drawn 257 1");
    expect(message).toContain("never written: out[256]");
    expect(message).toMatch(/case \d+ of 20, seed 1, made smaller \d+ times/);
  });

  it("draws the same cases for the same seed, others for another", async () => {
    const drawn = async (seed: number) => {
      shapes.length = 0;
      await messageOf(seed);
      return [...shapes];
    };
    const first = await drawn(1);
    expect(await drawn(1)).toEqual(first);
    expect(await drawn(2)).not.toEqual(first);
  });

  it("reports a case that cannot be set up", async () => {
    const fails: CaseList = {
      op: "neg",
      cases: [],
      random: () => {
        throw new Error("no such case");
      },
    };
    const [entry] = randomSuite(traits, { cases: 2, seed: 1 }, [fails]);
    await expect(entry?.check(bench)).rejects.toThrow("no such case");
  });
});
