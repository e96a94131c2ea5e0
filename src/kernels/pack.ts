import type { ParamsLayout } from "./shader_module.ts";

/**
 * Writes a parameter struct by the names and offsets that reflection found.
 * @throws Error where a name is missing, superfluous, or holds what its type cannot
 */
export function packParams(
  where: string,
  layout: ParamsLayout,
  values: Readonly<Record<string, number>>,
  into: DataView,
  offset = 0,
): void {
  const known = new Set<string>();
  for (const field of layout.fields) {
    const value = values[field.name];
    if (value === undefined) throw new Error(`internal: ${where}: parameter ${field.name} is missing`);
    known.add(field.name);
    writeScalar(where, field, value, into, offset + field.offset);
  }
  const extra = Object.keys(values).find((name) => !known.has(name));
  if (extra !== undefined) throw new Error(`internal: ${where}: the shader has no parameter ${extra}`);
}

function writeScalar(
  where: string,
  field: ParamsLayout["fields"][number],
  value: number,
  into: DataView,
  at: number,
): void {
  switch (field.type) {
    case "f32":
      into.setFloat32(at, value, true);
      return;
    case "u32":
      if (!Number.isInteger(value) || value < 0 || value > 0xffffffff)
        throw new Error(`internal: ${where}: parameter ${field.name} = ${value} is no u32`);
      into.setUint32(at, value, true);
      return;
    case "i32":
      if ((value | 0) !== value)
        throw new Error(`internal: ${where}: parameter ${field.name} = ${value} is no i32`);
      into.setInt32(at, value, true);
      return;
    default:
      field.type satisfies never;
  }
}
