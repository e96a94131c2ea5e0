// Variants are told apart by their texts.
import "../kernels/every_shader.ts";
import type { AdapterTraits } from "../device/traits.ts";
import type { Op } from "../graph/op.ts";
import type { Kernel, KernelRequest } from "../kernels/kernel.ts";
import type { Specialised } from "../kernels/specialise.ts";
import { specialise } from "../kernels/specialise.ts";
import { elementCount } from "../kernels/types.ts";
import type { Case, CaseList } from "./case.ts";
import type { KernelJob } from "./run_kernel.ts";
import type { Selection } from "./selection.ts";
import { exhaustive } from "./selection.ts";
import type { Subject } from "./subject.ts";
import { subjectsOf, withEpilogues } from "./subject.ts";

/** A subject done by one kernel in one way. */
export interface Variant {
  readonly subject: Subject;
  /** The kernel, and the input whose storage the output takes over, where it does. */
  readonly name: string;
  readonly kernel: Kernel;
  readonly request: KernelRequest;
  readonly specialised: Specialised;
}

/**
 * The ways to do a case: each kernel that accepts it, whether or not another would be faster, with each epilogue and
 * in place of each input where it can; once each, where two come to the same shader, grid and parameters.
 * @param select which of them, for an op's kernels; all by default
 */
export function variantsOf(
  list: CaseList,
  given: Case,
  traits: AdapterTraits,
  select: (kernels: readonly Kernel[]) => Selection = exhaustive,
): Variant[] {
  return subjectsOf(list, given).flatMap((subject) => {
    const selection = select(subject.node.op.kernels);
    const fused = withEpilogues(subject, given.tolerance ?? { kind: "elementwise" });
    return [
      ...variantsOfSubject(subject, traits, (kernel) => selection.plain(given, kernel)),
      ...fused.flatMap((one, epilogue) =>
        variantsOfSubject(one, traits, (kernel) => selection.fused(given, kernel, epilogue)),
      ),
    ];
  });
}

function variantsOfSubject(
  subject: Subject,
  traits: AdapterTraits,
  chosen: (kernel: Kernel) => boolean,
): Variant[] {
  const { node, types } = subject;
  const request: KernelRequest = { inputs: types, outputs: node.types, attributes: node.attributes };
  const accepting = node.op.kernels.filter((kernel) => kernel.accepts(request, traits));
  if (accepting.length === 0 && needsKernel(node.op)) throw new Error(`no kernel accepts ${subject.name}`);
  const seen = new Set<string>();
  return accepting
    .filter(chosen)
    .flatMap((kernel) =>
      [request, ...inPlaceRequests(kernel, request)].map((one) => variant(subject, kernel, one)),
    )
    .filter(({ kernel, request, specialised: { source } }) => {
      const work = JSON.stringify([
        source,
        kernel.params(request),
        kernel.workgroups(request),
        request.inPlace,
      ]);
      return !seen.has(work) && seen.add(work);
    });
}

/** Views and packs are the planner's work. */
export function needsKernel({ kind }: Op<never>): boolean {
  return kind === "compute" || kind === "update";
}

function variant(subject: Subject, kernel: Kernel, request: KernelRequest): Variant {
  const { inPlace } = request;
  const names = subject.node.op.inputs;
  const name =
    inPlace === undefined ? kernel.name : `${kernel.name} in place of ${names[inPlace] ?? inPlace}`;
  return { subject, name, kernel, request, specialised: specialise(kernel, request) };
}

/** A kernel that can work in place binds the input nowhere once it is asked to. */
function inPlaceRequests(kernel: Kernel, request: KernelRequest): KernelRequest[] {
  const size = elementCount(request.outputs[0]?.shape ?? []);
  const plain = kernel.bindings?.(request) ?? [];
  return request.inputs
    .map((type, index) => ({
      fits: elementCount(type.shape) === size && type.dtype === request.outputs[0]?.dtype,
      moved: { ...request, inPlace: index },
      index,
    }))
    .filter(
      ({ fits, moved, index }) => fits && plain[index] !== null && kernel.bindings?.(moved)[index] === null,
    )
    .map(({ moved }) => moved);
}

/** What the runner needs to run a variant. */
export function jobOf({ subject, kernel, request }: Variant): KernelJob {
  const { updates } = subject.node.op;
  const takesOver = request.outputs.map(
    (_, output) => updates?.[output] ?? (output === 0 ? request.inPlace : undefined),
  );
  return { kernel, request, inputs: subject.inputs(), step: subject.step, takesOver };
}
