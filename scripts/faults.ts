/**
 * Injects faults and says how many of each kind were handled: `npm run test:faults`, `-- --json` for a document.
 * Runs test/faults; a test counts its own faults (test/support/fault_counts.ts), else it is one itself.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

interface Counts {
  injected: number;
  handled: number;
}

const folder = mkdtempSync(join(tmpdir(), "wgrad-faults-"));
const report = join(folder, "report.json");
const counts = join(folder, "counts.jsonl");
const [asJson, ...others] = [process.argv.includes("--json"), ...process.argv.slice(2)];
const rest = others.filter((argument) => argument !== "--json");
const begin = performance.now();

const { status } = spawnSync(
  process.execPath,
  [
    join("node_modules", "vitest", "vitest.mjs"),
    ...["run", "test/faults", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    ...rest,
  ],
  {
    // With --json, only the document goes to stdout.
    stdio: ["ignore", asJson ? 2 : "inherit", "inherit"],
    env: { ...process.env, WGRAD_FAULT_COUNTS: counts },
  },
);
try {
  const kinds = new Map<string, Counts>();
  const add = (kind: string, injected: number, handled: number): void => {
    const known = kinds.get(kind) ?? { injected: 0, handled: 0 };
    kinds.set(kind, { injected: known.injected + injected, handled: known.handled + handled });
  };
  const counted = existsSync(counts) ? readFileSync(counts, "utf8").trimEnd().split("\n") : [];
  for (const line of counted) {
    const { kind, injected, handled } = JSON.parse(line);
    add(kind, injected, handled);
  }
  const tests = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : { testResults: [] };
  for (const { name, assertionResults } of tests.testResults) {
    if (readFileSync(name, "utf8").includes("countFaults(")) continue;
    for (const { status: outcome } of assertionResults) {
      const passed = Number(outcome === "passed");
      if (passed || outcome === "failed") add(basename(name, ".test.ts").replaceAll("_", " "), 1, passed);
    }
  }
  print(kinds, tests);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function print(kinds: ReadonlyMap<string, Counts>, tests: Record<string, unknown>): void {
  const rows = [...kinds].map(([kind, own]) => ({ kind, ...own })).sort((a, b) => (a.kind < b.kind ? -1 : 1));
  const sum = (key: keyof Counts): number => rows.reduce((total, row) => total + row[key], 0);
  const total = { kind: "all", injected: sum("injected"), handled: sum("handled") };
  const { numPassedTests: passed = 0, numFailedTests: failed = 0, numPendingTests: skipped = 0 } = tests;
  const done = status === 0 && total.injected > 0 && total.injected === total.handled;
  if (asJson) {
    const seconds = (performance.now() - begin) / 1000;
    console.log(
      JSON.stringify({ faults: rows, total, tests: { passed, failed, skipped }, seconds, done }, null, 2),
    );
  } else {
    const width = Math.max(...[...rows, total].map(({ kind }) => kind.length));
    const line = (kind: string, injected: string, handled: string): string =>
      `${kind.padEnd(width)}  ${injected.padStart(8)}  ${handled.padStart(8)}`;
    console.log(line("fault", "injected", "handled"));
    for (const row of [...rows, total])
      console.log(line(row.kind, String(row.injected), String(row.handled)));
    console.log(`tests: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  }
  if (!done) process.exitCode = 1;
}
