import { describe, expect, it } from "vitest";
import { vectorJacobianProduct } from "../../src/autograd/gradient.ts";
import { traceGraph } from "../../src/graph/graph.ts";
import { constantTensor, inputTensor } from "../../src/graph/leaves.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import type { Shape } from "../../src/kernels/types.ts";
import { elementCount } from "../../src/kernels/types.ts";
import { conv1d } from "../../src/ops/conv1d.ts";
import { conv1dTranspose } from "../../src/ops/conv1dTranspose.ts";
import { conv2d } from "../../src/ops/conv2d.ts";
import type { Conv2dTransposeOptions } from "../../src/ops/conv2dTranspose.ts";
import { conv2dTranspose } from "../../src/ops/conv2dTranspose.ts";
import { depthwiseConv2d } from "../../src/ops/depthwiseConv2d.ts";
import { planGraph } from "../../src/plan/plan_graph.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { caseLists } from "../../src/validation/cases/index.ts";
import { transposed } from "../../src/validation/kit/transposed.ts";
import { variantsOf } from "../../src/validation/variants.ts";
import { everyTrait } from "../support/traits.ts";

const random = new RandomStream(3);

function normal(shape: Shape): Tensor {
  const values = random.fillNormal(new Float32Array(elementCount(shape)), 0, 1);
  return constantTensor(values, { shape, dtype: "f32" });
}

const leaf = (...shape: number[]) => inputTensor("leaf", { shape, dtype: "f32" });
const valuesOf = (tensor: Tensor): number[] => evaluateOnCpu([tensor]).flatMap((data) => [...data]);

/** An element by its coordinates, 0 outside. */
function reader(tensor: Tensor): (...place: number[]) => number {
  const values = valuesOf(tensor);
  return (...place) => {
    const inside = place.every((at, axis) => at >= 0 && at < (tensor.shape[axis] ?? 0));
    const flat = place.reduce((index, at, axis) => index * (tensor.shape[axis] ?? 1) + at, 0);
    return inside ? (values[flat] ?? Number.NaN) : 0;
  };
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The values of a shape, each from its coordinates. */
function fill(shape: Shape, value: (...place: number[]) => number): number[] {
  return range(elementCount(shape)).map((flat) => {
    const place: number[] = [];
    let rest = flat;
    for (const size of [...shape].reverse()) {
      place.unshift(rest % size);
      rest = Math.floor(rest / size);
    }
    return value(...place);
  });
}

function expectClose(tensor: Tensor, expected: readonly number[]): void {
  const got = valuesOf(tensor);
  expect(got.length).toBe(expected.length);
  const errors = got.map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN)));
  expect(Math.max(...errors)).toBeLessThan(1e-10);
}

const total = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0);

describe("conv2d with groups", () => {
  it("convolves each group's channels with its own filters", () => {
    const [x, weights] = [normal([2, 5, 4, 6]), normal([3, 2, 2, 9])];
    const [image, filters] = [reader(x), reader(weights)];
    const y = conv2d(x, weights, {
      groups: 3,
      stride: [2, 1],
      padding: { top: 1, left: 0, bottom: 1, right: 1 },
    });
    expect(y.shape).toEqual([2, 3, 4, 9]);
    const term = (b: number, oy: number, ox: number, f: number) => (tap: number) => {
      const [ky, kx, c] = [Math.floor(tap / 4), Math.floor(tap / 2) % 2, tap % 2];
      return image(b, 2 * oy + ky - 1, ox + kx, 2 * Math.floor(f / 3) + c) * filters(ky, kx, c, f);
    };
    const value = (b = 0, oy = 0, ox = 0, f = 0) => total(range(12).map(term(b, oy, ox, f)));
    expectClose(y, fill(y.shape, value));
  });

  it("refuses what does not fall into groups", () => {
    expect(() => conv2d(leaf(1, 4, 4, 6), leaf(3, 3, 3, 5), { groups: 2 })).toThrow(
      /do not fall into groups/,
    );
    expect(() => conv2d(leaf(1, 4, 4, 5), leaf(3, 3, 3, 4), { groups: 2 })).toThrow(
      /do not fall into groups/,
    );
    expect(() => conv2d(leaf(1, 4, 4, 6), leaf(3, 3, 6, 4), { groups: 2 })).toThrow(/weights do not fit/);
    expect(() => conv2d(leaf(1, 4, 4, 6), leaf(3, 3, 6, 4), { groups: 0 })).toThrow(/number of groups/);
  });
});

describe("depthwiseConv2d", () => {
  it("gives each channel its own filters, next to each other", () => {
    const [x, weights] = [normal([1, 4, 5, 3]), normal([2, 3, 3, 2])];
    const [image, filters] = [reader(x), reader(weights)];
    const y = depthwiseConv2d(x, weights, { dilation: [2, 1] });
    expect(y.shape).toEqual([1, 2, 3, 6]);
    const value = (b = 0, oy = 0, ox = 0, f = 0) =>
      total(
        range(6).map((tap) => {
          const [ky, kx, c] = [Math.floor(tap / 3), tap % 3, Math.floor(f / 2)];
          return image(b, oy + 2 * ky, ox + kx, c) * filters(ky, kx, c, f % 2);
        }),
      );
    expectClose(y, fill(y.shape, value));
  });

  it("refuses weights of other channels", () => {
    expect(() => depthwiseConv2d(leaf(1, 4, 4, 6), leaf(3, 3, 5, 1))).toThrow(/channels differ/);
  });
});

describe("conv1d", () => {
  it.each([
    ["valid", 0, 6],
    ["causal", 2, 8],
    [[1, 3] as const, 1, 10],
    [2, 2, 10],
  ] as const)("with padding %s", (padding, before, length) => {
    const [x, weights] = [normal([2, 8, 2]), normal([3, 2, 3])];
    const [line, filters] = [reader(x), reader(weights)];
    const y = conv1d(x, weights, { padding });
    expect(y.shape).toEqual([2, length, 3]);
    const value = (b = 0, o = 0, f = 0) =>
      total(range(6).map((tap) => line(b, o + (tap >> 1) - before, tap & 1) * filters(tap >> 1, tap & 1, f)));
    expectClose(y, fill(y.shape, value));
  });

  it("refuses images", () => {
    expect(() => conv1d(leaf(1, 4, 4, 6), leaf(3, 6, 1))).toThrow(/conv1d: .*rank/);
  });
});

describe("conv2dTranspose", () => {
  it.each(transposed)(
    "$name: adds every number's multiple of a filter to a window",
    ({ image, weights, options }) => {
      const [x, filters] = [normal(image), normal(weights)];
      const y = conv2dTranspose(x, filters, options);
      const [height = 1, width = 1, ofGroup = 1, channels = 1] = weights;
      const { stride = 1, dilation = 1, padding = "valid", groups = 1 } = options;
      const pairOf = (value: number | readonly [number, number]) =>
        typeof value === "number" ? [value, value] : value;
      const [[sy = 1, sx = 1], [dy = 1, dx = 1]] = [pairOf(stride), pairOf(dilation)];
      const out = reader(x);
      const taps = reader(filters);
      const paddingBefore = (axis: 1 | 2, step: number, span: number): number => {
        if (padding === "valid") return 0;
        if (typeof padding === "number") return padding;
        if (padding === "same") {
          const needed = ((image[axis] ?? 1) - 1) * step + span - (y.shape[axis] ?? 0);
          return Math.floor(Math.max(0, needed) / 2);
        }
        if ("top" in padding) return axis === 1 ? padding.top : padding.left;
        return padding[axis - 1] ?? 0;
      };
      const [top, left] = [
        paddingBefore(1, sy, (height - 1) * dy + 1),
        paddingBefore(2, sx, (width - 1) * dx + 1),
      ];
      const expected = fill(y.shape, (b = 0, py = 0, px = 0, f = 0) => {
        const group = Math.floor(f / ofGroup);
        return total(
          range(height * width * (channels / groups)).map((term) => {
            const c = group * (channels / groups) + (term % (channels / groups));
            const tap = Math.floor(term / (channels / groups));
            const [ky, kx] = [Math.floor(tap / width), tap % width];
            const [iy, ix] = [(py + top - ky * dy) / sy, (px + left - kx * dx) / sx];
            if (!Number.isInteger(iy) || !Number.isInteger(ix)) return 0;
            return out(b, iy, ix, c) * taps(ky, kx, f % ofGroup, c);
          }),
        );
      });
      expectClose(y, expected);
    },
  );

  const sized = (kernel: number, options: Conv2dTransposeOptions) =>
    conv2dTranspose(leaf(1, 5, 5, 4), leaf(kernel, kernel, 2, 4), options).shape.slice(1, 3);

  it("has PyTorch's sizes", () => {
    expect(sized(3, { stride: 2, padding: 1 })).toEqual([9, 9]);
    expect(sized(3, { stride: 2, padding: 1, outputPadding: 1 })).toEqual([10, 10]);
    expect(sized(3, { stride: 2, padding: 1, outputPadding: [0, 1] })).toEqual([9, 10]);
    expect(sized(2, { stride: 3, padding: 0 })).toEqual([14, 14]);
    expect(sized(4, { stride: 2, padding: 1, dilation: 2 })).toEqual([13, 13]);
  });

  it("has Keras's sizes", () => {
    expect(sized(3, { stride: 2, padding: "same" })).toEqual([10, 10]);
    expect(sized(3, { stride: 2, padding: "same", outputPadding: 0 })).toEqual([9, 9]);
    expect(sized(3, { stride: 2, padding: "valid" })).toEqual([11, 11]);
    expect(sized(2, { stride: 3, padding: "valid" })).toEqual([15, 15]);
    expect(sized(2, { stride: 3, padding: "valid", outputPadding: 1 })).toEqual([15, 15]);
  });

  it("turns its convolution around", () => {
    const options = { stride: 2, padding: 1 } as const;
    const [x, dy, weights] = [normal([2, 7, 9, 3]), normal([2, 4, 5, 6]), normal([3, 3, 3, 6])];
    const [dx] = vectorJacobianProduct(conv2d(x, weights, options), dy, [x]);
    expectClose(conv2dTranspose(dy, weights, options), dx ? valuesOf(dx) : []);
  });

  it("refuses sizes that its convolution would not take back", () => {
    expect(() => sized(3, { stride: 2, outputPadding: 2 })).toThrow(/which becomes 6 × 6.*\n?.*5 × 5/s);
    expect(() => sized(3, { outputSize: [20, 7] })).toThrow(/which becomes 18 × 5/);
    expect(() => sized(1, { padding: 3 })).toThrow(/no size/);
    expect(() => conv2dTranspose(leaf(1, 5, 5, 4), leaf(3, 3, 4, 2))).toThrow(/channels differ/);
  });

  it("has a form for lines", () => {
    expect(conv1dTranspose(leaf(2, 5, 4), leaf(3, 6, 4), { stride: 2, padding: "same" }).shape).toEqual([
      2, 10, 6,
    ]);
    expect(conv1dTranspose(leaf(2, 5, 4), leaf(3, 6, 4), { stride: 2, outputSize: 12 }).shape).toEqual([
      2, 12, 6,
    ]);
  });
});

describe("memory", () => {
  /** Files of the kernels that a convolution and its gradients run, with columns of 9 × 18 channels by 16² windows. */
  function files(options: { limit?: number; workspaceBytes?: number; batch?: number } = {}): string[] {
    const { limit = 2 ** 27, workspaceBytes, batch = 2 } = options;
    const graph = traceGraph(() => {
      const input = (name: string, shape: Shape) => inputTensor(name, { shape, dtype: "f32" });
      const [x, weights] = [input("x", [batch, 16, 16, 18]), input("weights", [3, 3, 18, 18])];
      const y = conv2d(x, weights, { padding: "same" });
      const [dx, dw] = vectorJacobianProduct(y, input("dy", y.shape), [x, weights]);
      if (!dx || !dw) throw new Error("a convolution without gradients");
      return { outputs: new Map(Object.entries({ y, dx, dw })), updates: [] };
    });
    const limits = { ...everyTrait.limits, maxStorageBufferBindingSize: limit };
    const { dispatches } = planGraph(graph, { ...everyTrait, limits }, { workspaceBytes });
    return dispatches.map(({ kernel }) => kernel.file);
  }

  const columns = (names: readonly string[]) => names.filter((name) => /^(im2col|col2im|matmul)/.test(name));
  const columnsBytes = 4 * 2 * 16 * 16 * 9 * 18;

  it("takes columns where they fit", () => {
    expect(columns(files()).length).toBe(5);
    expect(columns(files({ limit: columnsBytes })).length).toBe(5);
  });

  it("goes without where they exceed a binding", () => {
    const names = files({ limit: columnsBytes - 4 });
    expect(columns(names)).toEqual([]);
    expect(names.map((name) => name.split("/")[0]).sort()).toEqual([
      "conv2d",
      "conv2dFilterGradientParts",
      "conv2dInputGradient",
      "reduce",
    ]);
    // Columns of 200 MiB: no plan at the default limits without the other route.
    expect(columns(files({ batch: 1300 }))).toEqual([]);
  });

  it("goes without where they exceed what was stated", () => {
    expect(columns(files({ workspaceBytes: columnsBytes - 1 }))).toEqual([]);
    expect(columns(files({ workspaceBytes: columnsBytes })).length).toBe(5);
  });
});

describe("random cases", () => {
  const names = caseLists.map(({ op }) => op).filter((name) => /conv|col|winograd/i.test(name));

  it.each(names)("of %s can be set up", (name) => {
    const list = caseLists.find(({ op }) => op === name);
    const stream = new RandomStream(17);
    const integer = (low: number, high: number) => {
      const [share = 0] = stream.fillUniform(new Float32Array(1), 0, 1);
      return low + Math.min(high - low, Math.floor(share * (high - low + 1)));
    };
    const draw = {
      integer,
      pick: <Choice>(choices: readonly [Choice, ...Choice[]]) =>
        choices[integer(0, choices.length - 1)] ?? choices[0],
    };
    for (let count = 0; count < 60; count++) {
      const given = list?.random?.(draw);
      expect(given && list && variantsOf(list, given, everyTrait).length).toBeGreaterThan(0);
    }
  });
});
