/** The same training in a real browser and in Node, on the same software driver, step by step. */
import { describe, expect, it } from "vitest";
import { createEngine, data } from "../../src/index.node.ts";
import { hasChromium } from "./chromium.ts";
import type { Course } from "./recipe.ts";
import { trainRecipe } from "./recipe.ts";
import { openPage, serveEntry } from "./server.ts";
import { useChromium } from "./session.ts";

const steps = 100;
/** Relative. The shader compilers of two releases of Dawn may round differently. */
const tolerance = 1e-5;

// Node takes no bundled driver where the environment chooses another.
const otherDriver = process.env["VK_DRIVER_FILES"] ?? process.env["VK_ICD_FILENAMES"];

describe.skipIf(!hasChromium || otherDriver !== undefined)("training in Chromium", () => {
  const chromium = useChromium();

  it(`has the losses of Node for ${steps} steps`, { timeout: 600_000 }, async ({ onTestFinished }) => {
    const served = await serveEntry("test/browser/training_page.ts");
    onTestFinished(() => served.close());
    const { page, problems } = await openPage(chromium(), served.url, { print: console.log });
    const there = (await page.evaluate(`runTraining(${steps})`)) as Course;
    await page.close();
    const here = await inNode();

    const differences = there.losses.map((loss, step) => relative(loss, here.losses[step]));
    const largest = Math.max(...differences);
    const equal = differences.every((difference) => difference === 0);
    console.log(describeCourse("Chromium", there));
    console.log(describeCourse("Node", here));
    console.log(equal ? "bit-equal" : `largest relative difference ${largest.toExponential(2)}`);
    expect(problems).toEqual([]);
    expect(there.losses).toHaveLength(steps);
    expect(here.losses).toHaveLength(steps);
    expect(largest).toBeLessThanOrEqual(tolerance);
    // Two that learn nothing would agree as well.
    expect(mean(there.losses.slice(-10))).toBeLessThan(mean(there.losses.slice(0, 10)) / 2);
  });
});

async function inNode(): Promise<Course> {
  const engine = await createEngine({ adapter: "swiftshader", seed: 1 });
  try {
    const { train } = await data.mnist(engine);
    return await trainRecipe(engine, train, steps);
  } finally {
    engine.dispose();
  }
}

/** NaN, which no expectation lets pass, where one has no value. */
const relative = (a: number, b = Number.NaN): number => Math.abs(a - b) / Math.abs(b);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function describeCourse(where: string, { adapter, losses, milliseconds }: Course): string {
  const ends = `loss ${losses[0]?.toFixed(4)} to ${losses.at(-1)?.toFixed(4)}`;
  return `${where}, ${adapter}: ${losses.length} steps in ${(milliseconds / 1000).toFixed(1)} s, ${ends}`;
}
