/** f16 through a whole engine: values in and out, state, and a step of training in it. */
import { afterAll, describe, expect, it } from "vitest";
import { gradient } from "../../src/autograd/gradient.ts";
import { State, stateTensor } from "../../src/graph/leaves.ts";
import { halfBits, roundToHalf } from "../../src/kernels/half.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import { add } from "../../src/ops/add.ts";
import { cast } from "../../src/ops/convert.ts";
import { matmul } from "../../src/ops/matmul.ts";
import { relu } from "../../src/ops/relu.ts";
import { square } from "../../src/ops/square.ts";
import { sum } from "../../src/ops/sum.ts";
import { Engine, traceStep } from "../../src/plan/engine.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { openTestDevice } from "../support/open.ts";

const engine = new Engine(await openTestDevice());
afterAll(() => engine.dispose());
const hasHalf = engine.traits.features.has("shader-f16");

describe.skipIf(hasHalf)("an adapter without shader-f16", () => {
  it("refuses f16 before anything is submitted", async () => {
    const before = engine.device.counters.submits;
    const x = engine.tensor([1, 2, 3], [3], "f16");
    await expect(add(x, x).data()).rejects.toThrow("the adapter has no shader-f16");
    expect(engine.device.counters.submits).toBe(before);
  });
});

describe.skipIf(!hasHalf)("an adapter with shader-f16", () => {
  it("gives values back as they were rounded", async () => {
    const values = [0.1, -3, 65_504, 1e-7, 2049];
    const x = engine.tensor(values, [5], "f16");
    expect([...(await x.data())]).toEqual(values.map(roundToHalf));
    const bits = engine.tensor(Uint16Array.from(values, halfBits), [5], "f16");
    expect([...(await cast(bits, "f32").data())]).toEqual(values.map(roundToHalf));
  });

  it("keeps state in f16, and writes it in pairs", async () => {
    const state = new State("halves", { shape: [5], dtype: "f16" }, Float32Array.of(1, 2, 3, 4, 5));
    const step = await engine.compile(
      () => ({ updates: [{ state, value: add(stateTensor(state), stateTensor(state)) }] }),
      {},
    );
    await step.run({});
    expect([...(await engine.readState(state))]).toEqual([2, 4, 6, 8, 10]);
    engine.writeState(state, Float32Array.of(7), 4);
    engine.writeState(state, Float32Array.of(0.5, 0.25), 2);
    expect([...(await engine.readState(state))]).toEqual([2, 4, 0.5, 0.25, 7]);
    expect(() => engine.writeState(state, Float32Array.of(1), 1)).toThrow(
      "f16 elements are written in pairs",
    );
    step.dispose();
  });

  it("differentiates a network whose activations are f16 and whose parameters are f32", async () => {
    const random = new RandomStream(5);
    const draw = (count: number, scale: number) => random.fillNormal(new Float32Array(count), 0, scale);
    const types = {
      x: { shape: [16, 12], dtype: "f16" },
      hidden: { shape: [12, 20], dtype: "f32" },
      last: { shape: [20, 4], dtype: "f32" },
    } as const;
    const values = { x: draw(16 * 12, 1), hidden: draw(12 * 20, 0.3), last: draw(20 * 4, 0.2) };
    const build = ({
      x,
      hidden,
      last,
    }: Parameters<Parameters<typeof traceStep<keyof typeof types>>[0]>[0]) => {
      const activations = relu(matmul(x, cast(hidden, "f16")));
      const loss = sum(square(cast(matmul(activations, cast(last, "f16")), "f32")));
      const [ofHidden, ofLast] = gradient(loss, [hidden, last]);
      return { loss, ofHidden, ofLast };
    };
    const step = await engine.compile(build, types);
    const got = await step.run(values);
    const { outputs } = traceStep(build, types);
    const rounded = { ...values, x: values.x.map(roundToHalf) };
    const expected = evaluateOnCpu([...outputs.values()], { inputs: new Map(Object.entries(rounded)) });
    [...outputs].forEach(([name, { dtype }], index) => {
      expect(dtype).toBe("f32");
      const wanted = Float64Array.from(expected[index] ?? []);
      const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      // A dozen roundings of 2⁻¹¹ on the way, of terms of about the largest's size.
      got[name]?.forEach((value, at) => {
        expect(Math.abs(value - (wanted[at] ?? Number.NaN))).toBeLessThan(12 * 2 ** -11 * largest);
      });
    });
    step.dispose();
  });
});
