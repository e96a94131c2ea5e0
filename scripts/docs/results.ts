import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { StoredProfile } from "../../src/benchmarks/stored_profile.ts";
import { storedProfile } from "../../src/benchmarks/stored_profile.ts";
import type { StoredOrigin, StoredRun, StoredScaling } from "../../src/benchmarks/stored_run.ts";
import { storedRun, storedScaling } from "../../src/benchmarks/stored_run.ts";

/** A file of bench/results: `KIND-ADAPTER.json`, and `ADAPTER.json` of a plain run. */
export interface Stored<Content> {
  readonly file: string;
  /** How file names call the adapter, such as `swiftshader`. */
  readonly slug: string;
  readonly content: Content;
}

/** Everything of bench/results by kind, whichever files exist. */
export interface Results {
  readonly runs: readonly Stored<StoredRun>[];
  readonly against: readonly Stored<StoredRun>[];
  readonly tuned: readonly Stored<StoredRun>[];
  readonly scaling: readonly Stored<StoredScaling>[];
  readonly profiles: readonly Stored<StoredProfile>[];
}

/**
 * Reads a folder of documents of `wgrad bench`.
 * @throws DataError where a file is not what its name says
 */
export function readResults(folder: string): Results {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  const read = <Content>(prefix: string, parse: (document: unknown, where: string) => Content) =>
    names
      .filter((name) => kindOf(name) === prefix)
      .sort(byAdapter)
      .map((name): Stored<Content> => {
        const file = `${folder}/${name}`;
        const document: unknown = JSON.parse(readFileSync(file, "utf8"));
        return { file, slug: slugOf(name), content: parse(document, file) };
      });
  return {
    runs: read("", storedRun),
    against: read("against", storedRun),
    tuned: read("tuned", storedRun),
    scaling: read("scaling", storedScaling),
    profiles: read("profile", storedProfile),
  };
}

/** SwiftShader, which everybody has, before the others. */
const byAdapter = (a: string, b: string): number =>
  Number(b.includes("swiftshader")) - Number(a.includes("swiftshader")) || (a < b ? -1 : 1);

const kindOf = (name: string): string => /^(against|tuned|scaling|profile)-/.exec(name)?.[1] ?? "";

const slugOf = (name: string): string =>
  kindOf(name) === "" ? name.replace(/\.json$/, "") : (/-([^-]+)\.json$/.exec(name)?.[1] ?? "");

/** `SwiftShader driver 5.0.0 (software adapter)`: no figure goes without it. */
export const adapterName = ({ adapter, software }: StoredOrigin): string =>
  `${adapter}${software ? " (software adapter)" : ""}`;

/** The day of a run. */
export const dayOf = ({ date }: StoredOrigin): string => date?.slice(0, 10) ?? "no date";

/** What a heading says of an adapter's figures. */
export const headingOf = (origin: StoredOrigin): string => `### ${adapterName(origin)}, ${dayOf(origin)}`;
