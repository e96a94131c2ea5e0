import { DataError } from "../device/errors.ts";
import type { Spread } from "../device/timing.ts";
import type { RowName } from "./candidate.ts";
import type { Fields } from "./stored_fields.ts";
import { fieldsOf, numberOf, spreadOf, textOf } from "./stored_fields.ts";
import type { StoredOrigin } from "./stored_run.ts";
import { storedOrigin } from "./stored_run.ts";

/** What reports show of a dispatch. */
export interface StoredDispatch {
  /** Its place in the step. */
  readonly index: number;
  readonly label: string;
  readonly kernel: string;
  readonly outputs: readonly (readonly number[])[];
  readonly milliseconds: Spread;
  /** Of all dispatches together. */
  readonly share: number;
  readonly bound: "arithmetic" | "traffic";
  readonly gflops: number | null;
  readonly gigabytesPerSecond: number | null;
  readonly shareOfRoofline: number | null;
}

/** A document of `wgrad bench --profile --json`, as far as reports show it. */
export interface StoredProfile extends StoredOrigin, RowName {
  readonly clock: string;
  readonly clockProblem: string | null;
  /** Of the whole step. */
  readonly stepMilliseconds: Spread | null;
  readonly sumMilliseconds: number | null;
  /** As stored: the longest first. */
  readonly dispatches: readonly StoredDispatch[];
}

/**
 * Reads a stored profile.
 * @throws DataError where it has no dispatches
 */
export function storedProfile(document: unknown, where = "stored profile"): StoredProfile {
  const profile = fieldsOf(fieldsOf(document)["profile"]);
  const { dispatches } = profile;
  if (!Array.isArray(dispatches)) {
    const hint = "write one with wgrad bench --profile STEP --json";
    throw new DataError({ where, problem: "it is no profile", hint });
  }
  return {
    ...storedOrigin(document),
    name: textOf(profile["name"]),
    case: textOf(profile["case"]),
    variant: textOf(profile["variant"]),
    clock: textOf(profile["clock"]),
    clockProblem: textOf(profile["clockProblem"]) || null,
    stepMilliseconds: spreadOf(profile["stepMilliseconds"]),
    sumMilliseconds: numberOf(profile["sumMilliseconds"]),
    dispatches: dispatches.flatMap((dispatch: unknown) => storedDispatch(fieldsOf(dispatch))),
  };
}

/** A dispatch without a time is left out. */
function storedDispatch(dispatch: Fields): StoredDispatch[] {
  const milliseconds = spreadOf(dispatch["milliseconds"]);
  if (milliseconds === null) return [];
  return [
    {
      index: numberOf(dispatch["index"]) ?? 0,
      label: textOf(dispatch["label"]),
      kernel: textOf(dispatch["kernel"]),
      outputs: listOf(dispatch["outputs"]).map((shape) => listOf(shape).map((size) => numberOf(size) ?? 0)),
      milliseconds,
      share: numberOf(dispatch["share"]) ?? 0,
      bound: dispatch["bound"] === "arithmetic" ? "arithmetic" : "traffic",
      gflops: numberOf(dispatch["gflops"]),
      gigabytesPerSecond: numberOf(dispatch["gigabytesPerSecond"]),
      shareOfRoofline: numberOf(dispatch["shareOfRoofline"]),
    },
  ];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
