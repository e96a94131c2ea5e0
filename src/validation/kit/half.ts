import type { Case } from "../case.ts";

/** A case with its floats stored as f16; computed in f32 as before, and rounded once where a result is stored. */
export function inHalf(given: Case): Case {
  return {
    ...given,
    name: `${given.name} in f16`,
    inputs: given.inputs.map((input) =>
      (input.dtype ?? "f32") === "f32" && input.fill?.kind !== "indices" ? { ...input, dtype: "f16" } : input,
    ),
    needs: "shader-f16",
  };
}

/** The case with one of its inputs stored as f16. */
export function mixed(given: Case, place: number): Case {
  return {
    ...given,
    name: `${given.name}, input ${place} in f16`,
    inputs: given.inputs.map((input, index) => (index === place ? { ...input, dtype: "f16" } : input)),
    needs: "shader-f16",
  };
}

/** Of cases, those with these names in f16. @throws Error where a name is none of theirs */
export function someInHalf(cases: readonly Case[], names: readonly string[]): Case[] {
  return names.map((name) => {
    const found = cases.find((given) => given.name === name);
    if (!found) throw new Error(`no case ${name}`);
    return inHalf(found);
  });
}
