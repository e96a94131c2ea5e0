import { checkBound } from "./clipping.ts";
import type { ParameterConstraint } from "./gradient_transform.ts";
import { boundColumns } from "./unit_norms.ts";

/**
 * Keeps the weights that go into each unit at a norm of at most c: w · c / max(‖w‖, c) after each step, the norm taken over
 * all axes but the last of each weight. Biases, scales and weights of one axis stay as they are. Srivastava, Hinton,
 * Krizhevsky, Sutskever and Salakhutdinov, "Dropout", JMLR 2014, section 5.1, whose c are 2 to 4.
 * @throws UsageError unless c is a finite number above 0
 */
export function maxNorm(c: number): ParameterConstraint {
  checkBound("maxNorm", "c", c);
  return {
    name: "maxNorm",
    settings: { c },
    apply: (values, parameters) =>
      boundColumns(
        values,
        parameters,
        ({ kind, shape }) => (kind === "weight" && shape.length > 1 ? (shape.at(-1) ?? 0) : 0),
        c,
      ),
  };
}
