import { UsageError } from "../device/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { elementCount } from "../kernels/types.ts";
import { parseEinsum } from "./einsum_equation.ts";
import type { Labelled } from "./einsum_pair.ts";
import { contractPair, inOrder, summedTo } from "./einsum_pair.ts";
import { reshape } from "./reshape.ts";

/**
 * Einstein's sum: each letter names an axis; what the result has not is multiplied and added up. `ij,jk->ik` is a matrix
 * product, `bhqd,bhkd->bhqk` the scores of attention, `...ij->...ji` a transpose. Becomes transposes, reshapes,
 * products of matrices and sums; of more than two operands, those two are multiplied first whose product is smallest.
 * @param equation operands' letters by commas and, after an arrow, the result's; without an arrow, the letters that occur
 * once, in alphabetical order. `...` stands for any axes, which broadcast; axes of size 1 repeat.
 * @throws ShapeError where the equation is malformed or does not fit the shapes; letters twice in one operand (diagonals)
 * are not taken
 */
export function einsum(equation: string, ...operands: readonly Tensor[]): Tensor {
  if (operands.length === 0) throw new UsageError({ where: "einsum", problem: "there are no operands" });
  const {
    operands: labels,
    result,
    sizes,
  } = parseEinsum(
    equation,
    operands.map(({ shape }) => shape),
  );
  let left = operands.map((tensor, index) => withoutRepeated({ tensor, labels: labels[index] ?? [] }, sizes));
  while (left.length > 1) {
    const [first, second] = cheapestPair(left, result, sizes);
    const others = left.filter((_, index) => index !== first && index !== second);
    const [a, b] = [left[first], left[second]];
    if (!a || !b) throw new Error("internal: an operand went missing");
    left = [...others, contractPair(a, b, neededBy(others, result), result, sizes)];
  }
  const [last] = left;
  if (!last) throw new Error("internal: no operand is left");
  return inOrder(summedTo(last, new Set(result)), result);
}

/** Axes of size 1 that stand for more repeat: they are dropped, since every product broadcasts. */
function withoutRepeated({ tensor, labels }: Labelled, sizes: ReadonlyMap<string, number>): Labelled {
  const kept = labels.flatMap((label, axis) =>
    tensor.shape[axis] === 1 && (sizes.get(label) ?? 1) !== 1 ? [] : [axis],
  );
  if (kept.length === labels.length) return { tensor, labels };
  return {
    tensor: reshape(
      tensor,
      kept.map((axis) => tensor.shape[axis] ?? 1),
    ),
    labels: kept.map((axis) => labels[axis] ?? ""),
  };
}

/** Labels that what follows reads. */
function neededBy(others: readonly Labelled[], result: readonly string[]): ReadonlySet<string> {
  return new Set([...result, ...others.flatMap(({ labels }) => labels)]);
}

/** The two whose product has the fewest elements; of several, the first. */
function cheapestPair(
  operands: readonly Labelled[],
  result: readonly string[],
  sizes: ReadonlyMap<string, number>,
): readonly [first: number, second: number] {
  let best: readonly [number, number] = [0, 1];
  let fewest = Number.POSITIVE_INFINITY;
  operands.forEach((a, first) => {
    operands.slice(first + 1).forEach((b, offset) => {
      const second = first + 1 + offset;
      const others = operands.filter((_, index) => index !== first && index !== second);
      const needed = neededBy(others, result);
      const labels = new Set([...a.labels, ...b.labels].filter((label) => needed.has(label)));
      const elements = elementCount([...labels].map((label) => sizes.get(label) ?? 1));
      if (elements >= fewest) return;
      [best, fewest] = [[first, second], elements];
    });
  });
  return best;
}
