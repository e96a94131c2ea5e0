/** Sizes at which the race detector runs a kernel, where 5 for every parameter makes no sense or reaches too little. */
export interface RaceSizes {
  readonly params?: Readonly<Record<string, number>>;
  readonly workgroups?: number;
}

export const raceSizes: Readonly<Record<string, RaceSizes>> = {};
