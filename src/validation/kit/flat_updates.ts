import type { Tensor } from "../../graph/tensor.ts";
import type { StepValues } from "../../kernels/step.ts";
import type { Case, CaseInput, CaseList } from "../case.ts";

/** Lengths that end inside a vector, in a workgroup and behind one. */
const lengths = [1, 6, 256, 257, 1031];

/** One way to ask for a flat update. */
export interface FlatSetting {
  readonly step?: Partial<StepValues>;
  inputs?(length: number): readonly CaseInput[];
  build(inputs: readonly Tensor[]): Tensor | readonly Tensor[];
}

/** Cases of an update of flat buffers: every setting at every length. */
export function flatUpdateCases(
  op: string,
  settings: readonly [FlatSettingEntry, ...FlatSettingEntry[]],
  { sizes = lengths, block = 1 }: { readonly sizes?: readonly number[]; readonly block?: number } = {},
): CaseList {
  const flatCase = ([name, setting]: FlatSettingEntry, length: number): Case => ({
    name: `${name}, ${length} elements`,
    inputs: setting.inputs?.(length) ?? [{ shape: [length] }, { shape: [length] }],
    build: setting.build,
    ...(setting.step && { step: setting.step }),
    gradient: "skip: state",
  });
  const [first, ...others] = settings;
  return {
    op,
    cases: settings.flatMap((setting) => sizes.map((length) => flatCase(setting, length))),
    random: (draw) =>
      flatCase(draw.pick([first, ...others]), block * draw.integer(1, Math.ceil(1100 / block))),
  };
}

type FlatSettingEntry = readonly [name: string, setting: FlatSetting];

/** The multipliers of a flat buffer's blocks. */
export const segmentsInput = (length: number): CaseInput => ({
  shape: [2 * Math.ceil(length / 64)],
  fill: { kind: "uniform", low: 0, high: 2 },
});

/** A mean of squares. */
export const positiveInput = (length: number): CaseInput => ({
  shape: [length],
  fill: { kind: "uniform", low: 0, high: 2 },
});
