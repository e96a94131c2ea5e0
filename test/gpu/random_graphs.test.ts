import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Tensor } from "../../src/graph/tensor.ts";
import { RandomStream } from "../../src/kernels/philox.ts";
import { add } from "../../src/ops/add.ts";
import { broadcastTo } from "../../src/ops/broadcast.ts";
import { matmul } from "../../src/ops/matmul.ts";
import { mul } from "../../src/ops/mul.ts";
import { relu } from "../../src/ops/relu.ts";
import { reshape } from "../../src/ops/reshape.ts";
import { sum } from "../../src/ops/sum.ts";
import { tanh } from "../../src/ops/tanh.ts";
import { Engine } from "../../src/plan/engine.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { openTestDevice } from "../support/open.ts";

const size = 6;

/** Ways to make a [6, 6] tensor of two others: views, in-place candidates, many readers, dying inputs. */
const moves: readonly ((a: Tensor, b: Tensor) => Tensor)[] = [
  (a, b) => add(a, b),
  (a, b) => mul(tanh(a), b),
  (a) => relu(a),
  (a, b) => tanh(matmul(a, b)),
  (a, b) => tanh(matmul(reshape(a, [size, size]), b, { transposeB: true })),
  (a, b) => add(relu(matmul(a, b)), reshape(sum(b, { axes: 0 }), [1, size])),
  (a) => reshape(tanh(reshape(a, [size * size])), [size, size]),
  (a, b) => add(broadcastTo(sum(tanh(a), { axes: [0, 1] }), [size, size]), b),
  (a) => mul(a, a),
];

let engine: Engine;
beforeAll(async () => {
  engine = new Engine(await openTestDevice());
});
afterAll(() => engine.dispose());

const program = fc.array(fc.tuple(fc.nat(moves.length - 1), fc.nat(99), fc.nat(99)), {
  minLength: 1,
  maxLength: 14,
});

test("random graphs compute on the device what they compute on the CPU, whatever shares memory", async () => {
  await fc.assert(
    fc.asyncProperty(program, fc.nat(1000), async (steps, seed) => {
      const random = new RandomStream(seed);
      const values = () => random.fillUniform(new Float32Array(size * size), -0.5, 0.5);
      const tensors: Tensor[] = [
        engine.tensor(values(), [size, size]),
        engine.tensor(values(), [size, size]),
      ];
      for (const [move, a, b] of steps) {
        const made = moves[move]?.(pick(tensors, a), pick(tensors, b));
        if (made) tensors.push(made);
      }
      const outputs = [pick(tensors, tensors.length - 1), pick(tensors, seed)];
      const got = await engine.evaluate(outputs);
      const expected = evaluateOnCpu(outputs);
      outputs.forEach((_, output) => {
        expected[output]?.forEach((value, index) => {
          expect(got[output]?.[index]).toBeCloseTo(value, 3);
        });
      });
    }),
    { numRuns: 60, seed: 20 },
  );
});

function pick(tensors: readonly Tensor[], index: number): Tensor {
  const tensor = tensors[index % tensors.length];
  if (!tensor) throw new Error("no tensors");
  return tensor;
}
