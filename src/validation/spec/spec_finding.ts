/** Something wrong with a kernel of a user's own. */
export interface SpecFinding {
  readonly problem:
    | "race"
    | "written outside"
    | "read outside"
    | "never written"
    | "two runs differ"
    | "wrong value"
    | "not finite";
  /** The output, or the place in the shader. */
  readonly where: string;
  /** What is wrong, and what it looks like. */
  readonly message: string;
}

/** What goes wrong where an output and an input share a buffer. */
export const aliasHint = (output: string, input: string): string =>
  `${output} takes over the buffer of ${input}, so that an invocation may read what another has written already`;

/** Neighbouring indices as ranges, `x[3], x[64…99]`; the first few of many. */
export function rangesOf(name: string, indices: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const index of indices) {
    const open = ranges.at(-1);
    if (open && open.last + 1 === index) open.last = index;
    else ranges.push({ first: index, last: index });
  }
  const shown = ranges
    .slice(0, 4)
    .map(({ first, last }) => (first === last ? `${name}[${first}]` : `${name}[${first}…${last}]`));
  return shown.join(", ") + (ranges.length > shown.length ? ", …" : "");
}
