import "../kernels/generated/gather.ts";
import "../kernels/generated/scatterAdd.ts";
import type { Op } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide, elementCount } from "../kernels/types.ts";
import { expectInput, shapeError } from "./checks.ts";
import type { Missing } from "./indexed_axis.ts";
import { expectIndexed, expectIndexShape, indexedView, missingWord } from "./indexed_axis.ts";
import { sortedOrder } from "./mergeRuns.ts";
import { runSuits, runs } from "./runs.ts";
import { segmentStarts } from "./segmentStarts.ts";

export interface GatherAttributes {
  readonly axis: number;
  /** Of x along the axis. */
  readonly size: number;
  readonly missing: Missing;
}

/** Taking rows by indices, and adding rows up by indices, each the other's gradient, and so in one file. */
const gather: Op<GatherAttributes> = defineOp<GatherAttributes>({
  name: "gather",
  inputs: ["x", "indices"],
  outputs: ["out"],
  type: (inputs, { axis, size }) => {
    const [x, indices] = expectIndexed("gather", inputs);
    if (x.shape[axis] !== size) {
      throw shapeError("gather", inputs, `axis ${axis} has another size`, String(size));
    }
    const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
    return [{ shape, dtype: x.dtype }];
  },
  saves: ["indices"],
  vjp: (dy, saved, { axis, size }) => [scatterRows(dy, saved("indices"), { axis, size }), null],
  kernels: [
    ...runs.map((run) =>
      defineKernel<"gather/vec4", GatherAttributes>({
        file: "gather/vec4",
        variant: { RUN: run },
        accepts: (request) => viewOf(request).inner % (4 * run) === 0,
        suits: (request, traits) => runSuits(run, countOf(request) / 4, traits),
        params: (request) => gatherParams(request, 4),
        workgroups: (request) => ceilDivide(countOf(request), 4 * run * 64),
      }),
    ),
    defineKernel<"gather/scalar", GatherAttributes>({
      file: "gather/scalar",
      params: (request) => gatherParams(request, 1),
      workgroups: (request) => ceilDivide(countOf(request), 4 * 64),
    }),
  ],
  // A row is read where it is taken, however many there are.
  cost: ({ inputs, outputs }) => ({
    flops: 0,
    bytes: 8 * elementCount(outputs[0]?.shape ?? []) + 4 * elementCount(inputs[1]?.shape ?? []),
  }),
});

const viewOf = ({ inputs, attributes: { axis } }: KernelRequest<GatherAttributes>) =>
  indexedView(inputs[0]?.shape ?? [], axis);

const countOf = ({ outputs }: KernelRequest): number => elementCount(outputs[0]?.shape ?? []);

function gatherParams(request: KernelRequest<GatherAttributes>, lanes: 1 | 4) {
  const { inputs, attributes } = request;
  const { length, inner } = viewOf(request);
  return {
    count: countOf(request) / lanes,
    rows: elementCount(inputs[1]?.shape ?? []),
    length,
    inner: inner / lanes,
    missing: missingWord(attributes.missing, inputs[0]?.dtype ?? "f32"),
  };
}

export interface ScatterAddAttributes {
  readonly axis: number;
  /** Of the result along the axis. */
  readonly size: number;
}

const scatterAdd: Op<ScatterAddAttributes> = defineOp<ScatterAddAttributes>({
  name: "scatterAdd",
  // The last two say what the indices say, in the order in which kernels need it.
  inputs: ["updates", "indices", "positions", "starts"],
  outputs: ["out"],
  type: (inputs, { axis, size }) => {
    const { shape } = expectInput("scatterAdd", inputs, 0, null);
    const [, indices] = expectIndexed("scatterAdd", inputs);
    expectIndexShape("scatterAdd", inputs, axis);
    return [
      {
        shape: [...shape.slice(0, axis), size, ...shape.slice(axis + indices.shape.length)],
        dtype: "f32",
      },
    ];
  },
  saves: ["indices"],
  vjp: (du, saved, { axis, size }) => [
    apply(gather, [du, saved("indices")], { axis, size, missing: "zero" }),
    null,
    null,
    null,
  ],
  kernels: scatterKernels(),
  cost: ({ inputs, outputs }) => {
    const [updates = 0, indices = 0] = inputs.map(({ shape }) => elementCount(shape));
    const written = elementCount(outputs[0]?.shape ?? []);
    return { flops: updates, bytes: 4 * (updates + 2 * indices + written) };
  },
});

export const gatherAdjoints = { gather, scatterAdd };

function scatterKernels(): readonly Kernel<ScatterAddAttributes>[] {
  const inner = ({ outputs, attributes: { axis } }: KernelRequest<ScatterAddAttributes>) =>
    indexedView(outputs[0]?.shape ?? [], axis).inner;
  const params = (request: KernelRequest<ScatterAddAttributes>, lanes: 1 | 4) => ({
    count: countOf(request) / lanes,
    rows: elementCount(request.inputs[1]?.shape ?? []),
    size: request.attributes.size,
    inner: inner(request) / lanes,
  });
  const bindings = () => ["updates", null, "positions", "starts", "out"];
  return [
    ...runs.map((run) =>
      defineKernel<"scatterAdd/vec4", ScatterAddAttributes>({
        file: "scatterAdd/vec4",
        variant: { RUN: run },
        accepts: (request) => inner(request) % (4 * run) === 0,
        suits: (request, traits) => runSuits(run, countOf(request) / 4, traits),
        bindings,
        params: (request) => params(request, 4),
        workgroups: (request) => ceilDivide(countOf(request), 4 * run * 64),
      }),
    ),
    defineKernel<"scatterAdd/scalar", ScatterAddAttributes>({
      file: "scatterAdd/scalar",
      bindings,
      params: (request) => params(request, 1),
      workgroups: (request) => ceilDivide(countOf(request), 64),
    }),
  ];
}

/** The sums of rows by their indices: the indices are sorted first, so that each sum knows its rows. */
export function scatterRows(updates: Tensor, indices: Tensor, attributes: ScatterAddAttributes): Tensor {
  const { keys, positions } = sortedOrder(indices);
  const starts = segmentStarts(keys, attributes.size);
  return apply(scatterAdd, [updates, indices, positions, starts], attributes);
}
