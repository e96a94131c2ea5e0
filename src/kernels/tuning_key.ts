import type { Formula } from "./formula.ts";
import { formatFormula } from "./formula.ts";
import type { KernelRequest } from "./kernel.ts";
import type { TensorType } from "./types.ts";

/** Sizes up to here are kept: a channel or a class more or less decides which tile is half empty. */
const exactUpTo = 16;

/**
 * A size as keys have it, so that shapes near each other share an answer: exact up to 16, above that the next quarter of
 * a power of two. Whether it is a multiple of 4 is kept (`r` where not), since kernels of whole vectors hang on it.
 */
export function roundSize(size: number): string {
  if (size <= exactUpTo) return `${size}`;
  const quarter = 2 ** (Math.ceil(Math.log2(size)) - 3);
  return `${Math.ceil(size / quarter) * quarter}${size % 4 === 0 ? "" : "r"}`;
}

/**
 * What an answer is kept under: what is chosen, the types with rounded sizes, and the attributes that shaders see.
 * Numbers that are no integers, such as an optimizer's decay, change no speed and are left out.
 * @param subject an op's name, or what else is chosen by its request
 */
export function tuningKey(subject: string, { inputs, outputs, attributes }: KernelRequest): string {
  const types = `${inputs.map(roundType).join(", ")} → ${outputs.map(roundType).join(", ")}`;
  const rest = describe(attributes);
  return `${subject}: ${types}${rest === "" ? "" : `, ${rest}`}`;
}

const roundType = ({ dtype, shape }: TensorType): string => `${dtype}[${shape.map(roundSize).join(" ")}]`;

/** Shapes among attributes repeat what the types say. */
const leftOut: ReadonlySet<string> = new Set(["inputShape", "shape"]);

function describe(value: unknown): string {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? roundSize(value) : "";
    case "boolean":
      return value ? "yes" : "";
    case "string":
      return value;
    case "object":
      break;
    default:
      return "";
  }
  if (value === null || ArrayBuffer.isView(value)) return "";
  if (Array.isArray(value)) return value.length > 8 ? "" : value.map(describe).filter(Boolean).join(" ");
  if (isFormula(value)) return formatFormula(withoutConstants(value));
  return Object.entries(value)
    .filter(([name]) => !leftOut.has(name))
    .flatMap(([name, inner]) => {
      const text = describe(inner);
      return text === "" ? [] : [typeof inner === "boolean" ? name : `${name} ${text}`];
    })
    .join(", ");
}

const isFormula = (value: object): value is Formula => "lines" in value && "operands" in value;

/** The slope of a leaky relu is no reason for another kernel. */
function withoutConstants({ operands, lines }: Formula): Formula {
  return {
    operands,
    lines: lines.map((line) => ({
      ...line,
      arguments: line.arguments.filter((argument) => argument.kind !== "constant"),
    })),
  };
}
