import type { EpilogueAttributes } from "../graph/op.ts";
import type { FusedWork, KernelRequest } from "../kernels/kernel.ts";

/** How kernels of an op that accepts an epilogue find their fused work and bind its operands. */
export function epilogueBindings<Attributes extends EpilogueAttributes>(
  inputs: readonly string[],
  output: string,
) {
  return {
    fused: ({ attributes }: KernelRequest<Attributes>): FusedWork | null => attributes.epilogue ?? null,
    bindings: ({ attributes }: KernelRequest<Attributes>): readonly string[] => [
      ...inputs,
      ...(attributes.epilogue?.operands ?? []).filter((operand) => operand !== "value"),
      output,
    ],
  };
}
