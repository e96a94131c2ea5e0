/** What a gate checked and found, printed as a table. A check over nothing is a finding: it would hold for ever. */
export class Gate {
  readonly #rows: { check: string; count: number; findings: readonly string[]; note: string }[] = [];

  constructor(readonly name: string) {}

  /** @param count how many things were looked at */
  add(check: string, count: number, findings: readonly string[], note = ""): void {
    const all = count === 0 ? [...findings, "looked at nothing"] : findings;
    this.#rows.push({ check, count, findings: all, note });
  }

  /** Runs a check over every item; it answers with what is wrong, which may be nothing. */
  each<Item>(check: string, items: Iterable<Item>, look: (item: Item) => Iterable<string>): void {
    const list = [...items];
    this.add(
      check,
      list.length,
      list.flatMap((item) => [...look(item)]),
    );
  }

  /** Prints every finding and the table, and sets the exit code. */
  finish(): void {
    for (const { check, findings } of this.#rows)
      for (const finding of findings) console.error(`${check}: ${finding}`);
    const width = Math.max(...this.#rows.map((row) => row.check.length), this.name.length);
    console.log(`${this.name.padEnd(width)}  checked  findings`);
    for (const { check, count, findings, note } of this.#rows) {
      const line = `${check.padEnd(width)}  ${String(count).padStart(7)}  ${String(findings.length).padStart(8)}  ${note}`;
      console.log(line.trimEnd());
    }
    const found = this.#rows.reduce((sum, row) => sum + row.findings.length, 0);
    if (found > 0 || this.#rows.length === 0) process.exitCode = 1;
  }
}
