import { splitScan } from "./passes/split_scans.ts";
import type { ReductionAttributes } from "./reduction.ts";
import type { ScanAttributes } from "./scan_attributes.ts";
import "../kernels/generated/cumsum.ts";
import "../kernels/generated/elementwise/broadcastTo.ts";
import "../kernels/generated/scan.ts";
import type { Op, Vjp } from "../graph/op.ts";
import { defineOp } from "../graph/op.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply } from "../graph/tensor.ts";
import { singleFormula } from "../kernels/formula.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import { defineKernel } from "../kernels/kernel.ts";
import { ceilDivide } from "../kernels/types.ts";
import { expectInput, normaliseAxis, shapeError } from "./checks.ts";
import type { PartView } from "./reduction.ts";
import { partView } from "./reduction.ts";

export interface ScanOptions {
  /** The axis to go along, a negative one from the end; the last by default. */
  readonly axis?: number;
  /** From the last element to the first; false by default. */
  readonly reverse?: boolean;
  /** Each result without its own element; false by default. */
  readonly exclusive?: boolean;
}

type Request = KernelRequest<ScanAttributes>;

/** The line of elements that a scan goes along, and its parts. */
export function scanView({ inputs, attributes: { axis, part } }: Request): PartView {
  return partView(inputs[0]?.shape ?? [], { axis, count: 1, part });
}

/** An op that combines each element of a line with all before it. A second input says what each part starts with. */
export function defineScan(
  name: "cumsum" | "cumprod",
  total: () => Op<ReductionAttributes>,
  vjp: Vjp<ScanAttributes>,
): Op<ScanAttributes> {
  return defineOp<ScanAttributes>({
    name,
    inputs: ["x", "starts"],
    outputs: ["out"],
    type: (inputs) => [expectInput(name, inputs, 0, null)],
    saves: name === "cumsum" ? [] : ["x"],
    vjp,
    kernels: scanKernels(name),
    passes: [splitScan(name, total)],
    cost: (request) => {
      const { outer, length, inner, parts } = scanView(request);
      return { flops: outer * length * inner, bytes: 4 * outer * inner * (2 * length + parts) };
    },
  });
}

/** Shorter rows, or parts of rows, are scanned by one invocation each. */
const shortRow = 64;

function scanKernels(name: "cumsum" | "cumprod"): readonly Kernel<ScanAttributes>[] {
  const shared = {
    ...(name !== "cumsum" && { includes: { "cumsum/step": `${name}/step` } }),
    fused: ({ inputs }: Request) =>
      inputs.length > 1 ? { formula: singleFormula("broadcastTo", 1), operands: ["starts"] } : null,
  };
  const flags = ({ attributes: { reverse, exclusive } }: Request) => ({
    reverse: reverse ? 1 : 0,
    exclusive: exclusive ? 1 : 0,
  });
  return [
    defineKernel<"scan/rows_workgroup", ScanAttributes>({
      file: "scan/rows_workgroup",
      ...shared,
      accepts: (request) => scanView(request).inner === 1,
      suits: (request, traits) => !traits.barriersAreDear && scanView(request).part >= shortRow,
      params: (request) => {
        const { outer, length, parts, part } = scanView(request);
        return { outer, length, parts, part, ...flags(request) };
      },
      workgroups: (request) => scanView(request).outer * scanView(request).parts,
    }),
    defineKernel<"scan/rows_vec4", ScanAttributes>({
      file: "scan/rows_vec4",
      ...shared,
      accepts: (request) => {
        const { length, inner, parts, part } = scanView(request);
        return inner === 1 && length % 4 === 0 && (parts === 1 || part % 4 === 0);
      },
      params: (request) => {
        const { outer, length, parts, part } = scanView(request);
        return { outer, length, parts, part, ...flags(request) };
      },
      workgroups: (request) => ceilDivide(scanView(request).outer * scanView(request).parts, 64),
    }),
    defineKernel<"scan/serial", ScanAttributes>({
      file: "scan/serial",
      ...shared,
      params: (request) => ({ ...scanView(request), ...flags(request) }),
      workgroups: (request) => {
        const { outer, parts, inner } = scanView(request);
        return ceilDivide(outer * parts * inner, 64);
      },
    }),
  ];
}

/** Applies a scan as users ask for it. @throws ShapeError where there is no such axis */
export function scan(
  op: Op<ScanAttributes>,
  x: Tensor,
  { axis = -1, reverse = false, exclusive = false }: ScanOptions,
): Tensor {
  if (x.shape.length === 0)
    throw shapeError(op.name, [x.type], "a scalar has no axis to go along", "at least one axis");
  return apply(op, [x], { axis: normaliseAxis(op.name, x.shape, axis), reverse, exclusive });
}
