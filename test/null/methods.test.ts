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
  expect(await x.mean().item()).toBe(-0.5);
  expect([...(await x.max({ axes: 1 }).leakyRelu(0.5).data())]).toEqual([1, 3]);
});
