import "../../kernels/generated/elementwise/broadcastTo.ts";
import type { Graph, UseCounts } from "../../graph/graph.ts";
import { countUses, rewrite } from "../../graph/graph.ts";
import type { Pass } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { apply } from "../../graph/tensor.ts";
import type { Formula, FormulaArgument } from "../../kernels/formula.ts";
import { constant, substitute } from "../../kernels/formula.ts";
import { elementCount } from "../../kernels/types.ts";
import { broadcastToOp } from "../../ops/broadcastTo.ts";
import { constantValue } from "../../ops/constant_value.ts";
import { fusedElementwise, maxElementwiseInputs } from "../../ops/elementwise.ts";

/**
 * Chains of elementwise ops become one: what only one other elementwise op reads is computed there, in registers.
 * Repetition (broadcastTo) and numbers known beforehand are never stored. What is read more than once goes in as well, as
 * soon as all its readers have become one: hence again, until nothing changes.
 */
export const fuseElementwise: Pass = {
  name: "fuseElementwise",
  run: (graph) => {
    let result = graph;
    for (let changed = true; changed; ) [result, changed] = fuseOnce(result);
    return result;
  },
};

function fuseOnce(graph: Graph): [Graph, changed: boolean] {
  const uses = countUses(graph);
  let changed = false;
  const fusedGraph = rewrite(graph, (node, inputs) => {
    if (!node.op.formula) return null;
    const fused = new Fusion(node, inputs, uses).build();
    if (fused) changed = true;
    return fused && [fused];
  });
  return [fusedGraph, changed];
}

/** One elementwise node and the producers that are computed inside it. */
class Fusion {
  readonly #node: Node;
  readonly #inputs: readonly Tensor[];
  readonly #uses: UseCounts;
  readonly #operands: Tensor[] = [];

  constructor(node: Node, inputs: readonly Tensor[], uses: UseCounts) {
    this.#node = node;
    this.#inputs = inputs;
    this.#uses = uses;
  }

  build(): Tensor | null {
    const formula = this.#node.op.formula?.(this.#node.attributes);
    if (!formula) return null;
    const inlined = this.#inputs.map((input, index) => this.#inlines(input, this.#node.inputs[index]));
    if (!inlined.some((value) => value) || this.#count(inlined) > maxElementwiseInputs) return null;
    const parts = this.#inputs.map((input, index) => this.#part(input, inlined[index] ?? false));
    const attributes = {
      formula: foldConstants(substitute(formula, parts, this.#operands.length)),
      shape: this.#node.types[0]?.shape ?? [],
      ...(this.#node.types[0]?.dtype === "f16" && { dtype: "f16" as const }),
    };
    return apply(fusedElementwise, this.#operands, attributes, this.#node.label);
  }

  /** Whether the (rewritten) input is computed inside; `original` is what the use counts know it by. */
  #inlines(input: Tensor, original: Tensor | undefined): boolean {
    if (constantValue(input) !== null) return true;
    if (!input.node.op.formula || !original) return false;
    if (input.node.op.name === broadcastToOp.name || input.node.inputs.length === 0) return true;
    const once = this.#uses.of(original) === 1;
    // A smaller producer would be computed again for each repetition.
    return once && elementCount(input.shape) === elementCount(this.#node.types[0]?.shape ?? []);
  }

  #count(inlined: readonly boolean[]): number {
    const needed = new Set<string>();
    this.#inputs.forEach((input, index) => {
      for (const operand of inlined[index] ? this.#operandsOf(input) : [input]) needed.add(key(operand));
    });
    return needed.size;
  }

  #operandsOf(input: Tensor): readonly Tensor[] {
    return constantValue(input) === null ? input.node.inputs : [];
  }

  #part(input: Tensor, inlined: boolean): number | { formula: Formula; operands: number[] } {
    if (!inlined) return this.#operand(input);
    const value = constantValue(input);
    if (value !== null) return { formula: constantFormula(value), operands: [] };
    const formula = input.node.op.formula?.(input.node.attributes);
    if (!formula) throw new Error("internal: inlined what has no formula");
    return { formula, operands: input.node.inputs.map((tensor) => this.#operand(tensor)) };
  }

  #operand(tensor: Tensor): number {
    const known = this.#operands.findIndex((operand) => key(operand) === key(tensor));
    return known >= 0 ? known : this.#operands.push(tensor) - 1;
  }
}

const key = (tensor: Tensor) => `${tensor.node.id}.${tensor.index}`;

const constantFormula = (value: number): Formula => ({
  operands: 0,
  lines: [{ function: "broadcastTo", arguments: [constant(value)] }],
});

/** What is in registers is f32, whatever it was cast to: only what is stored is rounded. */
const passesOn: ReadonlySet<string> = new Set(["broadcastTo", "cast"]);

/** Replaces lines that only pass an argument on by that argument. */
function foldConstants(formula: Formula): Formula {
  const kept: { function: string; arguments: readonly FormulaArgument[] }[] = [];
  const stands: FormulaArgument[] = [];
  const last = formula.lines.length - 1;
  formula.lines.forEach((line, index) => {
    const bound = line.arguments.map((argument) =>
      argument.kind === "line" ? (stands[argument.index] ?? argument) : argument,
    );
    const [only] = bound;
    if (passesOn.has(line.function) && only && index !== last) stands.push(only);
    else stands.push({ kind: "line", index: kept.push({ function: line.function, arguments: bound }) - 1 });
  });
  return { operands: formula.operands, lines: kept };
}
