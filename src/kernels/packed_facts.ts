/**
 * What is known of a kernel file in few bytes, since every op of a page brings it along: a binding or a parameter is a line of
 * text, `write c array<vec4<f32>> CVector`, and what is usual is left out.
 */
import type {
  KernelFacts,
  ParamsLayout,
  ReplaceableFunction,
  ShaderBinding,
  ShaderField,
  ShaderScalar,
} from "./shader_module.ts";

export interface PackedFacts {
  readonly includes?: readonly string[];
  readonly constants?: Readonly<Record<string, number>>;
  /** By rising number from 0: access, name, type, then its alias and `?` where it is optional. */
  readonly bindings: readonly string[];
  /** Names of 4-byte scalars in order, each with its type where that is not u32: `batch rate:f32`. */
  readonly params?: string;
  readonly usesWorkgroupMemory?: true;
  readonly usesStep?: true;
  /** The marked function as it is declared, but for semicolons: `epilogue(value: vec4<f32>; index: u32) -> vec4<f32>`. */
  readonly replaceable?: string;
}

/** @throws Error where the file has what the form has no place for */
export function packFacts(facts: KernelFacts): PackedFacts {
  const { includes, constants, bindings, params, usesWorkgroupMemory, usesStep, replaceable } = facts;
  return {
    ...(includes.length > 0 && { includes }),
    ...(Object.keys(constants).length > 0 && { constants }),
    bindings: bindings.map(packBinding),
    ...(params && { params: packParams(params) }),
    ...(usesWorkgroupMemory && { usesWorkgroupMemory }),
    ...(usesStep && { usesStep }),
    ...(replaceable && { replaceable: packFunction(replaceable) }),
  };
}

export function unpackFacts(packed: PackedFacts): KernelFacts {
  const { includes = [], constants = {}, usesWorkgroupMemory = false, usesStep = false } = packed;
  return {
    kind: "kernel",
    includes,
    constants,
    bindings: packed.bindings.map(unpackBinding),
    params: packed.params === undefined ? null : unpackParams(packed.params),
    usesWorkgroupMemory,
    usesStep,
    replaceable: packed.replaceable === undefined ? null : unpackFunction(packed.replaceable),
  };
}

function packBinding({ name, binding, access, type, alias, optional }: ShaderBinding, index: number): string {
  if (binding !== index)
    throw new Error(`bindings are to be numbered from 0 without gaps; ${name} is ${binding}`);
  if (/\s/.test(type)) throw new Error(`the type of ${name} has a space: ${type}`);
  return [access, name, type, ...(alias === null ? [] : [alias]), ...(optional ? ["?"] : [])].join(" ");
}

function unpackBinding(line: string, binding: number): ShaderBinding {
  const [access = "", name = "", type = "", ...rest] = line.split(" ");
  if (!isAccess(access)) throw new Error(`internal: no access in "${line}"`);
  const optional = rest.at(-1) === "?";
  return { name, binding, access, type, alias: (optional ? rest.slice(0, -1) : rest)[0] ?? null, optional };
}

const isAccess = (word: string): word is ShaderBinding["access"] =>
  word === "read" || word === "write" || word === "uniform";

function packParams({ size, fields }: ParamsLayout): string {
  const text = fields.map(({ name, type }) => (type === "u32" ? name : `${name}:${type}`)).join(" ");
  const again = unpackParams(text);
  const fits =
    again.size === size && again.fields.every(({ offset }, index) => offset === fields[index]?.offset);
  if (!fits) throw new Error(`parameters are to lie close together: ${text}`);
  return text;
}

function unpackParams(text: string): ParamsLayout {
  const fields = text.split(" ").map((word, index): ShaderField => {
    const [name = "", type = "u32"] = word.split(":");
    if (!isScalar(type)) throw new Error(`internal: no scalar in "${word}"`);
    return { name, offset: 4 * index, type };
  });
  return { size: 16 * Math.ceil(fields.length / 4), fields };
}

const isScalar = (word: string): word is ShaderScalar => word === "u32" || word === "i32" || word === "f32";

const packFunction = ({ name, parameters, returns }: ReplaceableFunction): string =>
  `${name}(${parameters.map((parameter) => `${parameter.name}: ${parameter.type}`).join("; ")}) -> ${returns}`;

function unpackFunction(text: string): ReplaceableFunction {
  const [, name = "", list = "", returns = ""] = /^(\w+)\((.*)\) -> (.+)$/.exec(text) ?? [];
  const parameters = list.split("; ").map((parameter) => {
    const [own = "", type = ""] = parameter.split(": ");
    return { name: own, type };
  });
  return { name, parameters, returns };
}
