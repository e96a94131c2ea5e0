import { expect, it } from "vitest";
import { constantTensor } from "../../src/graph/leaves.ts";
import * as nn from "../../src/nn/index.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";

const x = constantTensor(Float32Array.of(-4, 2, -1, 3, -2, 0), { shape: [2, 3], dtype: "f32" });

it.each([
  ["one a channel", {}, [3], 0.25],
  ["one in all", { shared: true, initial: 0.5 }, [1], 0.5],
])("prelu learns slopes, %s, that decay does not touch", (_, options, shape, slope) => {
  const model = nn.sequential([nn.prelu(options)]);
  const [parameter] = model.build([3]).parameters;
  expect(parameter).toMatchObject({ shape, kind: "bias" });
  expect(parameter?.name).toMatch(/prelu\.slope$/);
  const [values] = evaluateOnCpu([model.forward(x)]);
  expect([...(values ?? [])]).toEqual([-4 * slope, 2, -slope, 3, -2 * slope, 0]);
});

it("swish starts as silu", () => {
  const model = nn.sequential([nn.swish()]);
  model.build([3]);
  const [values] = evaluateOnCpu([model.forward(x)]);
  const [expected] = evaluateOnCpu([nn.silu().forward(x)]);
  expect([...(values ?? [])].map(Math.fround)).toEqual([...(expected ?? [])].map(Math.fround));
});
