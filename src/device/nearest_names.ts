import { UsageError } from "./errors.ts";

/** The names that look most like what was typed, the nearest first; at most three, none where all are far. */
export function nearestNames(typed: string, names: Iterable<string>): string[] {
  const wanted = typed.toLowerCase();
  const limit = Math.max(2, Math.ceil(wanted.length / 2));
  return [...new Set(names)]
    .map((name) => ({ name, far: editDistance(wanted, name.toLowerCase()) }))
    .filter(({ name, far }) => far <= limit || name.toLowerCase().includes(wanted))
    .sort((a, b) => a.far - b.far || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** What is thrown where a name is none of those that there are: it says which look most like it. */
export function unknownName(where: string, got: string, names: readonly string[]): UsageError {
  const near = nearestNames(got, names);
  const hint = near.length > 0 ? `did you mean ${near.join(" or ")}?` : undefined;
  const problem = "there is none of this name";
  return new UsageError({ where, problem, got, expected: names.join(", "), hint });
}

/** Levenshtein's: fewest letters put in, taken out or exchanged that make one word of the other. */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const exchanged = (row[j - 1] ?? 0) + Number(from[i - 1] !== to[j - 1]);
      next.push(Math.min(exchanged, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
