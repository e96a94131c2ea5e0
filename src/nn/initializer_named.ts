import { unknownName } from "../device/nearest_names.ts";
import type { Initializer } from "./initializers.ts";
import {
  constant,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  normal,
  smallNormal,
  truncatedNormal,
  uniform,
  zeros,
} from "./initializers.ts";
import { identity, orthogonal } from "./orthogonal.ts";

/** Each by the name of its function, with its defaults; `ones` besides. */
const table = {
  zeros,
  ones: () => constant(1),
  uniform: () => uniform(),
  normal: () => normal(),
  smallNormal,
  truncatedNormal: () => truncatedNormal(),
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  orthogonal: () => orthogonal(),
  identity: () => identity(),
} as const satisfies Readonly<Record<string, () => Initializer>>;

export type InitializerName = keyof typeof table;

export const initializerNames = Object.keys(table) as readonly InitializerName[];

/** An initializer by its name, for studies. @throws UsageError where there is none of that name */
export function initializerNamed(name: string): Initializer {
  const known = initializerNames.find((candidate) => candidate === name);
  if (known === undefined) throw unknownName("initializer", name, initializerNames);
  return table[known]();
}
