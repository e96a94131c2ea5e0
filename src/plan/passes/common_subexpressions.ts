import { rewrite } from "../../graph/graph.ts";
import { State } from "../../graph/leaves.ts";
import type { Pass } from "../../graph/op.ts";
import type { Node, Tensor } from "../../graph/tensor.ts";
import { record, Tensor as TensorHandle } from "../../graph/tensor.ts";

/** Computes a value once, however often it was written: equal ops on equal inputs become one node. */
export const commonSubexpressions: Pass = {
  name: "commonSubexpressions",
  run: (graph) => {
    const seen = new Map<string, readonly Tensor[]>();
    const identities = new Identities();
    return rewrite(graph, (node, inputs) => {
      if (node.op.kind === "update") return null;
      const key = keyOf(node, inputs, identities);
      const known = seen.get(key);
      if (known) return known;
      const outputs = changed(node, inputs)
        ? record(node.op, inputs, node.attributes, node.label)
        : node.types.map((_, index) => new TensorHandle(node, index));
      seen.set(key, outputs);
      return outputs;
    });
  },
};

function changed(node: Node, inputs: readonly Tensor[]): boolean {
  return inputs.some((input, index) => input.node !== node.inputs[index]?.node);
}

function keyOf(node: Node, inputs: readonly Tensor[], identities: Identities): string {
  const attributes = JSON.stringify(node.attributes, (_, value: unknown) => identities.replace(value));
  return `${node.op.name}(${inputs.map((input) => `${input.node.id}.${input.index}`).join()})${attributes}`;
}

/** Objects that are equal only to themselves, by number. */
class Identities {
  readonly #numbers = new WeakMap<object, number>();
  #next = 0;

  replace(value: unknown): unknown {
    if (value instanceof State) return `state ${value.id}`;
    if (ArrayBuffer.isView(value)) {
      const numbers = value as unknown as ArrayLike<number>;
      return numbers.length <= 4 ? Array.from(numbers) : this.#number(value);
    }
    const plain = typeof value !== "object" || value === null || Array.isArray(value);
    if (plain || Object.getPrototypeOf(value) === Object.prototype) return value;
    return this.#number(value);
  }

  #number(value: object): string {
    const number = this.#numbers.get(value) ?? ++this.#next;
    this.#numbers.set(value, number);
    return `object ${number}`;
  }
}
