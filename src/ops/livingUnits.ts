import "../kernels/generated/livingUnits.ts";
import { constantTensor } from "../graph/leaves.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { record } from "../graph/tensor.ts";
import type { KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount, trafficBytes } from "../kernels/types.ts";
import { expectInput, shapeError, sizeAt } from "./checks.ts";
import type { Ends } from "./statistics.ts";
import { bitsOf, piecesOf } from "./statistics.ts";

/** Tensors of one dispatch: eight bindings less the table, the units and the result. */
export const mostActivations = 5;

const names = Array.from({ length: mostActivations }, (_, index) => `x${index}`);
const op = "livingUnits";

const pieceCount = ({ outputs }: Pick<KernelRequest, "outputs">): number =>
  sizeAt(outputs[1]?.shape ?? [], 0);

export const livingUnitsOp = defineOp<null>({
  name: op,
  kind: "update",
  inputs: [...names, "table", "units"],
  outputs: ["units", "parts"],
  // The parts are fresh.
  updates: [mostActivations + 1],
  type: (inputs) => {
    for (const index of names.keys()) expectInput(op, inputs, index, null);
    const table = expectInput(op, inputs, mostActivations, 2, "u32");
    if (sizeAt(table.shape, 1) !== 8) throw shapeError(op, inputs, "wrong table", "[pieces, 8]");
    const units = expectInput(op, inputs, mostActivations + 1, 1, "u32");
    return [units, { shape: [sizeAt(table.shape, 0), 2], dtype: "f32" }];
  },
  kernels: [
    defineKernel<"livingUnits/serial", null>({
      file: "livingUnits/serial",
      params: (request) => ({ pieces: pieceCount(request) }),
      workgroups: (request) => ceilDivide(pieceCount(request), 8),
      bindings: () => [...names, "table", null, "units", "parts"],
    }),
  ],
  cost: ({ inputs, outputs }) => ({
    flops: inputs.slice(0, mostActivations).reduce((sum, { shape }) => sum + elementCount(shape), 0),
    bytes: trafficBytes(...inputs, ...outputs),
  }),
});

/** An activation whose units are watched. */
export interface Activation {
  /** f32; its units are the elements of its last axis. */
  readonly tensor: Tensor;
  /** Of its first unit, among all tensors'. */
  readonly unit: number;
  /** What its values lie outside of when they are saturated; null where it has no bounds. */
  readonly ends: Ends | null;
}

/** The units that have lived, and what `statisticsRow` takes. */
export interface LivingUnits {
  readonly units: Tensor;
  /** f32 [pieces, 2]: saturated elements and elements of each piece, as `piecesOf` makes them. */
  readonly parts: Tensor;
}

/**
 * Notes which units of activations were not zero, and counts saturated elements, in one dispatch. What a unit was noted
 * for stays until the host clears it, and units that live are not looked at again.
 * @param activations one to five
 * @param units u32 state: 1 for each unit that was not zero at least once
 * @throws ShapeError where there are none or too many
 */
export function livingUnits(activations: readonly Activation[], units: Tensor): LivingUnits {
  const [first] = activations;
  const types = activations.map(({ tensor }) => tensor.type);
  if (!first || activations.length > mostActivations) {
    throw shapeError(op, types, "wrong number of tensors", `1 to ${mostActivations}`);
  }
  const length = elementCount(units.shape);
  if (activations.some(({ tensor, unit }) => unit < 0 || unit + (tensor.shape.at(-1) ?? 1) > length)) {
    throw shapeError(op, types, "there are more units", `at most ${length}`);
  }
  const rows = activations.flatMap(({ tensor, unit, ends }, number) => {
    const { low, high } = ends ?? { low: 1, high: 0 };
    return piecesOf(tensor.shape, unit).map((piece) => [
      ...[number, piece.first, piece.step, piece.rows],
      ...[piece.unit, piece.lanes, bitsOf(low), bitsOf(high)],
    ]);
  });
  const table = constantTensor(Uint32Array.from(rows.flat()), { shape: [rows.length, 8], dtype: "u32" });
  const filled = names.map((_, index) => (activations[index] ?? first).tensor);
  const [noted, parts] = record(livingUnitsOp, [...filled, table, units], null);
  if (!noted || !parts) throw new Error(`internal: ${op} has two outputs`);
  return { units: noted, parts };
}
