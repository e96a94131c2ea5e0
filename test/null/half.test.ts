/** f16: conversions of numbers, what ops make of dtypes, and adapters without it. */
import "../../src/kernels/every_shader.ts";
import { describe, expect, it } from "vitest";
import { gradient } from "../../src/autograd/gradient.ts";
import { DeviceError } from "../../src/device/errors.ts";
import { inputTensor, scalar } from "../../src/graph/leaves.ts";
import type { Op } from "../../src/graph/op.ts";
import { apply } from "../../src/graph/tensor.ts";
import { halfBits, halfValue, roundToHalf } from "../../src/kernels/half.ts";
import type { DType } from "../../src/kernels/types.ts";
import { storageBytes, toStorageArray, viewStorage } from "../../src/kernels/types.ts";
import { add } from "../../src/ops/add.ts";
import { batchNorm } from "../../src/ops/batchNorm.ts";
import { cast } from "../../src/ops/convert.ts";
import { cumsumOp } from "../../src/ops/cumsum.ts";
import { groupNorm } from "../../src/ops/groupNorm.ts";
import { instanceNorm } from "../../src/ops/instanceNorm.ts";
import { layerNorm } from "../../src/ops/layerNorm.ts";
import { matmul } from "../../src/ops/matmul.ts";
import { mul } from "../../src/ops/mul.ts";
import { rmsNorm } from "../../src/ops/rmsNorm.ts";
import type { ScanAttributes } from "../../src/ops/scan_attributes.ts";
import { sum } from "../../src/ops/sum.ts";
import { traceStep } from "../../src/plan/engine.ts";
import { planGraph } from "../../src/plan/plan_graph.ts";
import { everyTrait, softwareTraits } from "../support/traits.ts";

describe("numbers of 16 bits", () => {
  it("come back from their bits, all of them", () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = halfValue(bits);
      if (Number.isNaN(value)) expect(halfBits(value)).toBe(0x7e00);
      else if (halfBits(value) !== bits) throw new Error(`${bits.toString(16)}: ${value}`);
    }
  });

  it("are the nearest to what is between two, and the even one in the middle", () => {
    for (let bits = 0; bits < 0x7bff; bits++) {
      const [low, high] = [halfValue(bits), halfValue(bits + 1)];
      const middle = (low + high) / 2;
      const even = bits % 2 === 0 ? low : high;
      const [below, above] = [middle - (high - low) * 2 ** -20, middle + (high - low) * 2 ** -20];
      if (roundToHalf(middle) !== even || roundToHalf(below) !== low || roundToHalf(above) !== high)
        throw new Error(`between ${low} and ${high}`);
    }
    expect(roundToHalf(-1 / 3)).toBe(-roundToHalf(1 / 3));
  });

  it("are infinite beyond the largest, and keep zero's sign", () => {
    expect(roundToHalf(65_519.99)).toBe(65_504);
    expect(roundToHalf(65_520)).toBe(Number.POSITIVE_INFINITY);
    expect(roundToHalf(-1e300)).toBe(Number.NEGATIVE_INFINITY);
    expect(roundToHalf(2 ** -25)).toBe(0);
    expect(roundToHalf(1.001 * 2 ** -25)).toBe(2 ** -24);
    expect(roundToHalf(-0)).toBe(-0);
    expect(halfBits(-0)).toBe(0x8000);
    expect(halfBits(Number.NEGATIVE_INFINITY)).toBe(0xfc00);
  });

  it("take two bytes in storage, which is padded to 16", () => {
    expect([1, 32, 33].map((size) => storageBytes({ shape: [size], dtype: "f16" }))).toEqual([64, 64, 128]);
    const stored = toStorageArray("f16", [1, -2, 0.1]);
    expect([...stored]).toEqual([0x3c00, 0xc000, 0x2e66]);
    expect(toStorageArray("f16", new Uint16Array([0x3c00]))).toEqual(new Uint16Array([0x3c00]));
    expect([...viewStorage("f16", new Uint16Array([0x3c00, 0xc000]).buffer, 2)]).toEqual([1, -2]);
  });
});

describe("dtypes of results", () => {
  const tensor = (dtype: DType, ...shape: number[]) => inputTensor(dtype, { shape, dtype });
  const [half, full] = [tensor("f16", 4, 4), tensor("f32", 4, 4)];

  it("are f16 where all operands are, and numbers do not count", () => {
    expect(add(half, half).dtype).toBe("f16");
    expect(add(half, full).dtype).toBe("f32");
    expect(mul(half, scalar(2)).dtype).toBe("f16");
    expect(mul(tensor("f16"), scalar(2)).dtype).toBe("f32");
    expect(matmul(half, half).dtype).toBe("f16");
    expect(matmul(half, full).dtype).toBe("f32");
    expect(sum(half).dtype).toBe("f16");
  });

  it("of normalisations are x's, and their parameters' gradients stay f32", () => {
    const [x, vector] = [tensor("f16", 6, 5, 4), tensor("f32", 4)];
    const options = { scale: vector, bias: vector };
    const statistics = { mean: vector, variance: vector };
    const results = [
      layerNorm(x, options),
      layerNorm(x, { bias: vector }),
      rmsNorm(x, { scale: vector }),
      batchNorm(x, options),
      batchNorm(x, { ...options, statistics }),
      groupNorm(x, 2, options),
      instanceNorm(x, options),
    ];
    for (const result of results) {
      expect(result.dtype).toBe("f16");
      const gradients = gradient(sum(cast(result, "f32")), [x, vector]);
      expect(gradients.map(({ dtype }) => dtype)).toEqual(["f16", "f32"]);
    }
  });

  it("of gradients are those of what they belong to", () => {
    const weights = tensor("f32", 4, 4);
    const product = matmul(half, cast(weights, "f16"));
    const loss = sum(cast(add(product, full), "f32"));
    expect(gradient(loss, [half, weights, full]).map(({ dtype }) => dtype)).toEqual(["f16", "f32", "f32"]);
  });
});

describe("plans with f16", () => {
  const type = { shape: [8, 8], dtype: "f16" } as const;

  it("are refused where the adapter has none, by the node's name", () => {
    const graph = traceStep(({ x }) => ({ out: matmul(x, x) }), { x: type });
    const plan = () => planGraph(graph, softwareTraits);
    expect(plan).toThrow(DeviceError);
    expect(plan).toThrow(
      "plan(input(x)): the adapter has no shader-f16, so it stores no f16; got f16[8, 8]; cast to f32",
    );
    expect(planGraph(graph, everyTrait).dispatches[0]?.specialised.source).toMatch(/^enable f16;$/m);
  });

  it("are refused where none of an op's kernels stores it", () => {
    const kept: Op<ScanAttributes> = { ...cumsumOp, type: (inputs) => inputs };
    const attributes = { axis: 1, reverse: false, exclusive: false };
    const graph = traceStep(({ x }) => ({ out: apply(kept, [x], attributes) }), { x: type });
    expect(() => planGraph(graph, everyTrait)).toThrow("plan(cumsum): none of the op's kernels stores f16");
  });

  it("convert in the kernel before or after, and not in dispatches of their own", () => {
    const graph = traceStep(
      ({ x }) => ({
        out: cast(mul(matmul(x, x), scalar(0.5)), "f32"),
        chain: cast(add(cast(x, "f32"), scalar(1)), "f16"),
      }),
      { x: type },
    );
    const { dispatches } = planGraph(graph, everyTrait);
    const stored = dispatches.map(({ op, request }) => `${op.name} ${request.outputs[0]?.dtype}`);
    expect(stored.sort()).toEqual(["elementwise f16", "matmul f32"]);
  });

  it("store what follows a normalisation in its kernel, in the dtype asked for", () => {
    const graph = traceStep(
      ({ x, scale }) => ({ out: cast(mul(batchNorm(x, { scale }), scalar(0.5)), "f32") }),
      { x: { shape: [8, 4], dtype: "f16" }, scale: { shape: [4], dtype: "f32" } },
    );
    const { dispatches } = planGraph(graph, everyTrait);
    const [last] = dispatches.slice(-1);
    expect(`${last?.op.name} ${last?.request.outputs[0]?.dtype}`).toBe("normalise f32");
    const { source } = last?.specialised ?? { source: "" };
    expect(source).toMatch(/^alias XVector = vec4<f16>;/m);
    expect(source).toMatch(/^alias OutVector = vec4<f32>;/m);
    expect(source).toMatch(/^alias ScaleVector = vec4<f32>;/m);
  });

  it("keep sums in parts in f32", () => {
    const graph = traceStep(({ x }) => ({ out: sum(x), product: matmul(x, x, { transposeA: true }) }), {
      x: { shape: [4096, 8], dtype: "f16" },
    });
    const stored = planGraph(graph, everyTrait).dispatches.map(({ request }) => request.outputs[0]);
    expect(stored.map((output) => output?.dtype).sort()).toEqual(["f16", "f16", "f32", "f32"]);
  });
});
