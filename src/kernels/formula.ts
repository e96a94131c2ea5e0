/**
 * A formula is fused elementwise work in single-assignment form: each line calls one function of
 * `shaders/elementwise/` on operands, earlier lines or constants; the last line is the result.
 * The same formula becomes a function body in a kernel and is evaluated number by number on the CPU.
 */
export interface Formula {
  readonly operands: number;
  readonly lines: readonly FormulaLine[];
}

export interface FormulaLine {
  readonly function: string;
  readonly arguments: readonly FormulaArgument[];
}

export type FormulaArgument =
  | { readonly kind: "operand"; readonly index: number }
  | { readonly kind: "line"; readonly index: number }
  | { readonly kind: "constant"; readonly value: number };

export const operand = (index: number): FormulaArgument => ({ kind: "operand", index });
export const constant = (value: number): FormulaArgument => ({ kind: "constant", value });

/** The formula of one function: operands in order, then its constants. */
export function singleFormula(name: string, operands: number, constants: readonly number[] = []): Formula {
  const places = Array.from({ length: operands }, (_, index) => operand(index));
  return { operands, lines: [{ function: name, arguments: [...places, ...constants.map(constant)] }] };
}

/**
 * Puts formulas in the place of a formula's operands.
 * @param formula the outer formula
 * @param parts for each operand either a new operand's index, or a formula with its own operands' new indices
 * @param operands how many operands the result has
 */
export function substitute(
  formula: Formula,
  parts: readonly (number | { formula: Formula; operands: readonly number[] })[],
  operands: number,
): Formula {
  const lines: FormulaLine[] = [];
  const inlined = parts.map((part): FormulaArgument => {
    if (typeof part === "number") return operand(part);
    return append(lines, part.formula, part.operands.map(operand));
  });
  append(lines, formula, inlined);
  return { operands, lines };
}

/** Appends a formula's lines with its operands bound, and returns the argument that stands for its result. */
function append(lines: FormulaLine[], formula: Formula, bound: readonly FormulaArgument[]): FormulaArgument {
  const start = lines.length;
  for (const line of formula.lines) {
    const moved = line.arguments.map((argument): FormulaArgument => {
      switch (argument.kind) {
        case "operand":
          return bound[argument.index] ?? argument;
        case "line":
          return { kind: "line", index: argument.index + start };
        case "constant":
          return argument;
        default:
          return argument satisfies never;
      }
    });
    lines.push({ function: line.function, arguments: moved });
  }
  return { kind: "line", index: lines.length - 1 };
}

/** Operands that the formula reads, in rising order. */
export function operandsUsed(formula: Formula): number[] {
  const used = new Set<number>();
  for (const line of formula.lines)
    for (const argument of line.arguments) if (argument.kind === "operand") used.add(argument.index);
  return [...used].sort((a, b) => a - b);
}

/** Every function that the formula calls, once each, in order of first call. */
export function functionsUsed(formula: Formula): string[] {
  return [...new Set(formula.lines.map((line) => line.function))];
}

/** One line a call, for labels and printed programs: `relu(add(0, 1))`. */
export function formatFormula(formula: Formula): string {
  const written: string[] = [];
  for (const line of formula.lines)
    written.push(`${line.function}(${line.arguments.map(format).join(", ")})`);
  return written.at(-1) ?? "";

  function format(argument: FormulaArgument): string {
    switch (argument.kind) {
      case "operand":
        return `%${argument.index}`;
      case "line":
        return written[argument.index] ?? "?";
      case "constant":
        return String(argument.value);
      default:
        return argument satisfies never;
    }
  }
}
