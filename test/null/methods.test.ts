import { expect, test } from "vitest";
import "../../src/ops/methods.ts";
import { constantTensor } from "../../src/graph/leaves.ts";
import { CpuExecutor } from "../../src/reference/executor.ts";

const cpu = new CpuExecutor();
const tensor = (values: number[], shape: number[]) =>
  constantTensor(Float32Array.from(values), { shape, dtype: "f32" }, cpu);

test("methods record the ops of their names; numbers stand for scalars", async () => {
  const x = tensor([1, -2, 3, -4], [2, 2]);
  expect([...(await x.relu().add(1).mul(2).data())]).toEqual([4, 2, 8, 2]);
  expect([...(await x.matmul(x, { transposeB: true }).data())]).toEqual([5, 11, 11, 25]);
  expect([...(await x.sub(x).div(2).neg().exp().data())]).toEqual([1, 1, 1, 1]);
  expect(await x.square().sum().sqrt().item()).toBeCloseTo(Math.sqrt(30));
  expect([...(await x.transpose().reshape([4]).data())]).toEqual([1, 3, -2, -4]);
  expect([...(await x.argmax().data())]).toEqual([0, 0]);
  expect([...(await x.argmin({ axis: 0 }).data())]).toEqual([0, 1]);
  expect(await x.mean().item()).toBe(-0.5);
  expect(await x.min().item()).toBe(-4);
  expect(await x.product().item()).toBe(24);
  expect(await x.norm({ order: 1 }).item()).toBe(10);
  expect(await x.variance({ correction: 0 }).item()).toBe(7.25);
  expect(await x.standardDeviation({ axes: 1, correction: 0 }).norm({ order: Infinity }).item()).toBe(3.5);
  expect([...(await x.cumsum().data())]).toEqual([1, -1, 3, -1]);
  expect([...(await x.cumprod({ axis: 0, reverse: true }).data())]).toEqual([3, 8, 3, -4]);
  expect(await x.logSumExp().item()).toBeCloseTo(
    Math.log(Math.exp(1) + Math.exp(-2) + Math.exp(3) + Math.exp(-4)),
  );
  expect(await x.softmax({ axis: 0 }).sum().item()).toBeCloseTo(2);
  expect(await x.logSoftmax().exp().sum().item()).toBeCloseTo(2);
  expect([...(await x.max({ axes: 1 }).leakyRelu(0.5).data())]).toEqual([1, 3]);
});

test("comparisons, bounds and powers take numbers or tensors", async () => {
  const x = tensor([-2, -0.5, 0.5, 3], [4]);
  const y = tensor([1, -0.5, 0, 2], [4]);
  expect([...(await x.greater(0).data())]).toEqual([0, 0, 1, 1]);
  expect([...(await x.lessEqual(y).data())]).toEqual([1, 1, 0, 0]);
  expect([...(await x.maximum(y).data())]).toEqual([1, -0.5, 0.5, 3]);
  expect([...(await x.clamp({ max: 1 }).data())]).toEqual([-2, -0.5, 0.5, 1]);
  expect([...(await x.pow(2).data())]).toEqual([4, 0.25, 0.25, 9]);
  expect([...(await x.pow(y).data())].map(Math.abs)).toEqual([2, Number.NaN, 1, 9]);
  expect([...(await x.round().cast("i32").data())]).toEqual([-2, 0, 0, 3]);
  expect([...(await x.gelu({ approximate: "tanh" }).data())][3]).toBeCloseTo(2.9964, 4);
});
