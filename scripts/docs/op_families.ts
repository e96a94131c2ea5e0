/** Where docs/ops.md puts each public function. */
export interface OpFamily {
  readonly title: string;
  readonly text?: string;
  readonly names: readonly string[];
}

export const families: readonly OpFamily[] = [{ title: "Activations", names: ["relu"] }];
