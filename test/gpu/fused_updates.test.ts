/**
 * An optimizer's one dispatch against the same update of plain ops, each a dispatch of its own, on the same device: within
 * 4 ULP a step. A unit is one of the largest of what is added up: of an element before and after, since where both terms
 * of a sum cancel, a rounding of either is many units of the small rest.
 */
import { afterAll, expect, test } from "vitest";
import { inputTensor } from "../../src/graph/leaves.ts";
import { passNames } from "../../src/graph/pass_names.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import { firstStep } from "../../src/kernels/step.ts";
import { Parameter, ParameterSet } from "../../src/nn/parameters.ts";
import * as optim from "../../src/optim/index.ts";
import { Engine } from "../../src/plan/engine.ts";
import { openTestDevice } from "../support/open.ts";
import { unfusedUpdates } from "../support/unfused_updates.ts";

const engine = new Engine(await openTestDevice());
afterAll(() => engine.dispose());

const [length, t] = [640, 7];
const learningRate = 0.01;
const make: Readonly<Record<string, () => optim.Optimizer>> = {
  sgd: () => optim.sgd({ learningRate }),
  momentum: () => optim.sgd({ learningRate, momentum: 0.9 }),
  adam: () => optim.adam({ learningRate }),
  adamW: () => optim.adamW({ learningRate }),
  amsgrad: () => optim.amsgrad({ learningRate }),
  nadam: () => optim.nadam({ learningRate }),
  radam: () => optim.radam({ learningRate }),
  adamax: () => optim.adamax({ learningRate }),
  adabelief: () => optim.adabelief({ learningRate }),
  adabound: () => optim.adabound({ learningRate }),
  lion: () => optim.lion({ learningRate }),
  rmsprop: () => optim.rmsprop({ learningRate }),
  adagrad: () => optim.adagrad({ learningRate }),
  adadelta: () => optim.adadelta({ learningRate }),
};

/** The distance of neighbouring f32 around a size. */
const unit = (size: number): number => 2 ** (Math.floor(Math.log2(Math.max(size, 2 ** -126))) - 23);

/** What only grows from squares or sizes, and so is never negative. */
const positive = new Set([
  "secondMoment",
  "largestMoment",
  "infinityNorm",
  "belief",
  "squareAverage",
  "squareSum",
  "stepAverage",
]);

test.each(Object.keys(make))("%s", async (name) => {
  const optimizer = make[name]?.();
  const unfused = unfusedUpdates[name];
  if (!optimizer || !unfused) throw new Error(`internal: ${name} is not in both lists`);
  const random = new RandomStream(5);
  const normal = () => random.fillNormal(new Float32Array(length));
  const set = new ParameterSet([new Parameter("weights", [length], "weight", 0)], normal());
  const states = [...optimizer.states(set)];
  const before = [
    set.state.initial,
    ...states.map(([moment]) => (positive.has(moment) ? normal().map(Math.abs) : normal())),
  ];
  states.forEach(([, state], index) => {
    engine.writeState(state, before[index + 1] ?? new Float32Array());
  });
  const type = { shape: [length], dtype: "f32" } as const;
  const gradients = normal();
  const fused = await engine.compile(({ g }) => ({ updates: optimizer.update(set, [g]) }), { g: type });
  await fused.run({ g: gradients }, { ...firstStep, ...optimizer.stepValues(t, learningRate) });
  const got = await Promise.all(
    [set.state, ...states.map(([, state]) => state)].map((s) => engine.readState(s)),
  );
  const names = before.map((_, index) => `state${index}`);
  const types = Object.fromEntries(["g", ...names].map((input) => [input, type]));
  const apart = await engine.compile(
    (inputs) => {
      const [g = inputTensor("g", type), theta = g, ...memory] = ["g", ...names].flatMap(
        (input) => inputs[input] ?? [],
      );
      const values = unfused({ g, theta, memory }, learningRate, t);
      return Object.fromEntries(values.map((value, index) => [`state${index}`, value]));
    },
    types,
    { without: passNames },
  );
  expect(apart.program.dispatchesPerStep).toBeGreaterThan(names.length);
  const given = Object.fromEntries([
    ["g", gradients],
    ...before.map((values, index) => [`state${index}`, values]),
  ]);
  const wanted = await apart.run(given);
  let furthest = 0;
  got.forEach((values, index) => {
    values.forEach((value, at) => {
      const expected = wanted[`state${index}`]?.[at] ?? Number.NaN;
      const size = Math.max(Math.abs(expected), Math.abs(before[index]?.[at] ?? Number.NaN));
      const distance = Math.abs(value - expected) / unit(size);
      furthest = distance <= furthest ? furthest : distance;
    });
  });
  expect(furthest).toBeLessThanOrEqual(4);
  fused.dispose();
  apart.dispose();
});
