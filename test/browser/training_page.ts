/** The page's side of training.test.ts, made of what a web page gets from the package. */
import { createEngine, data } from "../../src/index.browser.ts";
import type { Course } from "./recipe.ts";
import { trainRecipe } from "./recipe.ts";

async function runTraining(steps: number): Promise<Course> {
  const engine = await createEngine({ seed: 1 });
  const { train } = await data.mnist(engine, { baseUrl: new URL("data/mnist/", document.baseURI) });
  const course = await trainRecipe(engine, train, steps);
  engine.dispose();
  return course;
}

Object.assign(globalThis, { runTraining });
