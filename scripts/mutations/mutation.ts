import type { Op, Vjp } from "../../src/graph/op.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { replaceSource, shaderFacts, shaderSource } from "../../src/kernels/every_shader.ts";

/** A way to break something on purpose. */
export interface Mutation {
  /** What is broken, and how: `matmul/register: the last rows are not guarded`. */
  readonly name: string;
  /** The kind of mistake that it stands for. */
  readonly kind: MutationKind;
  /** Names of the case lists that should notice. */
  readonly lists: readonly string[];
  /** The only kernel that is asked: the one that is broken, or for what kernels share, one of them; null asks all. */
  readonly file: string | null;
  /** Breaks it; the function returned mends it. @throws Error where there is nothing to break any more */
  apply(): () => void;
}

export type MutationKind =
  | "bounds"
  | "tail"
  | "index"
  | "stride"
  | "barrier"
  | "clamp"
  | "axis"
  | "order"
  | "constant"
  | "sign"
  | "term"
  | "initial value"
  | "random numbers"
  | "gradient";

/**
 * Another text in a shader, on disk as it lies. It must stand there exactly once, so that a mutation cannot come to mean
 * nothing when the shader changes.
 * @param through of a library, the kernel that should notice; all that include it take long where compiling does
 */
export function shaderMutation(
  kind: MutationKind,
  path: string,
  [text, wrong]: readonly [text: string, wrong: string],
  lists: readonly string[],
  through: string | null = null,
): Mutation {
  return {
    name: `${path}: ${inOneLine(text)} → ${inOneLine(wrong) || "nothing"}`,
    kind,
    lists,
    file: shaderFacts(path).kind === "kernel" ? path : through,
    apply() {
      const source = shaderSource(path);
      const times = source.split(text).length - 1;
      if (times !== 1) throw new Error(`shaders/${path}.wgsl has "${text}" ${times} times`);
      replaceSource(
        path,
        source.replace(text, () => wrong),
      );
      return () => replaceSource(path, source);
    },
  };
}

const inOneLine = (text: string) => text.trim().replace(/\s+/g, " ");

/** The inputs' gradients: null for an input without one. */
type Gradients = readonly (Tensor | null)[];

/** Another gradient of an op: `change` gets the right ones, then what the op's `vjp` gets. */
export function gradientMutation<Attributes>(
  op: Op<Attributes>,
  what: string,
  change: (gradients: Gradients, ...given: Parameters<Vjp<Attributes>>) => Gradients,
  lists: readonly string[] = [op.name],
): Mutation {
  return {
    name: `${op.name}: ${what}`,
    kind: "gradient",
    lists,
    file: null,
    apply() {
      const { vjp } = op;
      if (!vjp) throw new Error(`${op.name} has no gradient`);
      const wrong: Vjp<Attributes> = (...given) => change(vjp(...given), ...given);
      Reflect.set(op, "vjp", wrong);
      return () => Reflect.set(op, "vjp", vjp);
    },
  };
}
