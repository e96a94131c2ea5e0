import type { Tensor } from "../graph/tensor.ts";
import { elementCount } from "../kernels/types.ts";
import { matmul } from "./matmul.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";
import { transpose } from "./transpose.ts";

/** A tensor with a label for each axis, no label twice. */
export interface Labelled {
  readonly tensor: Tensor;
  readonly labels: readonly string[];
}

type Sizes = ReadonlyMap<string, number>;

/** Adds up along the axes that nothing needs. */
export function summedTo({ tensor, labels }: Labelled, needed: ReadonlySet<string>): Labelled {
  const axes = labels.flatMap((label, axis) => (needed.has(label) ? [] : [axis]));
  if (axes.length === 0) return { tensor, labels };
  return { tensor: sum(tensor, { axes }), labels: labels.filter((label) => needed.has(label)) };
}

/** Axes in the order of labels, which are all of the tensor's. */
export function inOrder({ tensor, labels }: Labelled, order: readonly string[]): Tensor {
  return transpose(
    tensor,
    order.map((label) => labels.indexOf(label)),
  );
}

/**
 * The product of two labelled tensors, added up along what nothing needs.
 * @param result labels of the whole sum's result, whose order the product takes where that costs nothing
 */
export function contractPair(
  left: Labelled,
  right: Labelled,
  needed: ReadonlySet<string>,
  result: readonly string[],
  sizes: Sizes,
): Labelled {
  const a = summedTo(left, new Set([...needed, ...right.labels]));
  const b = summedTo(right, new Set([...needed, ...left.labels]));
  const inner = a.labels.filter((label) => b.labels.includes(label) && !needed.has(label));
  if (inner.length === 0) return outerProduct(a, b, sizes);
  return matrixProduct(bestArrangement(a, b, inner, result, sizes), sizes);
}

/** Nothing to add up: one operand's axes, and those that the other has besides. */
function outerProduct(a: Labelled, b: Labelled, sizes: Sizes): Labelled {
  const labels = [...a.labels, ...b.labels.filter((label) => !a.labels.includes(label))];
  const spread = (operand: Labelled) => {
    const own = labels.filter((label) => operand.labels.includes(label));
    const shape = labels.map((label) => (own.includes(label) ? (sizes.get(label) ?? 1) : 1));
    return reshape(inOrder(operand, own), shape);
  };
  return { tensor: mul(spread(a), spread(b)), labels };
}

/** An operand as a matrix for each item of a batch, as stored or with rows and columns changed. */
interface Side {
  readonly operand: Labelled;
  readonly order: readonly string[];
  readonly transposed: boolean;
}

/** A way to see two operands as matrices: [batch, rows, inner] · [batch, inner, columns]. */
interface Arrangement {
  readonly a: Side;
  readonly b: Side;
  readonly batch: readonly string[];
  readonly rows: readonly string[];
  readonly inner: readonly string[];
  readonly columns: readonly string[];
  /** Elements that have to be moved. */
  readonly cost: number;
}

/** Of the orders that batch, rows, columns and inner axes could have, what moves the fewest elements. */
function bestArrangement(
  a: Labelled,
  b: Labelled,
  inner: readonly string[],
  result: readonly string[],
  sizes: Sizes,
): Arrangement {
  const shared = a.labels.filter((label) => b.labels.includes(label) && !inner.includes(label));
  const arrangements: Arrangement[] = [];
  for (const [left, right] of [
    [a, b],
    [b, a],
  ] as const) {
    const orders = (labels: readonly string[]) => [left.labels, right.labels, result].map(pick(labels));
    const rows = left.labels.filter((label) => !right.labels.includes(label));
    const columns = right.labels.filter((label) => !left.labels.includes(label));
    for (const batch of orders(shared).filter(whole(shared)))
      for (const inside of orders(inner).filter(whole(inner)))
        for (const down of orders(rows).filter(whole(rows)))
          for (const across of orders(columns).filter(whole(columns)))
            arrangements.push(
              arrange(left, right, { batch, rows: down, inner: inside, columns: across }, result, sizes),
            );
  }
  return arrangements.reduce((best, other) => (other.cost < best.cost ? other : best));
}

/** Those of the labels that an order has, in that order. */
const pick = (labels: readonly string[]) => (order: readonly string[]) =>
  order.filter((label) => labels.includes(label));

const whole = (labels: readonly string[]) => (picked: readonly string[]) => picked.length === labels.length;

function arrange(
  left: Labelled,
  right: Labelled,
  parts: Pick<Arrangement, "batch" | "rows" | "inner" | "columns">,
  result: readonly string[],
  sizes: Sizes,
): Arrangement {
  const { batch, rows, inner, columns } = parts;
  const a = sideOf(left, batch, rows, inner, sizes);
  const b = sideOf(right, batch, inner, columns, sizes);
  const product = [...batch, ...rows, ...columns];
  const wanted = pick(product)(result);
  // What is not the last product may have any order.
  const turned = wanted.length === product.length && !stays(product, wanted, sizes);
  const moved = [left, right].map(({ labels }, index) =>
    stays(labels, [a, b][index]?.order ?? [], sizes) ? 0 : count(labels, sizes),
  );
  const cost = moved.reduce((total, elements) => total + elements, turned ? count(product, sizes) : 0);
  return { ...parts, a, b, cost };
}

/** Stored with rows and columns changed where that is how the operand lies. */
function sideOf(
  operand: Labelled,
  batch: readonly string[],
  rows: readonly string[],
  columns: readonly string[],
  sizes: Sizes,
): Side {
  const plain = [...batch, ...rows, ...columns];
  const turned = [...batch, ...columns, ...rows];
  const transposed = !stays(operand.labels, plain, sizes) && stays(operand.labels, turned, sizes);
  return { operand, order: transposed ? turned : plain, transposed };
}

/** Whether elements keep their places: axes of one element may stand anywhere. */
function stays(labels: readonly string[], order: readonly string[], sizes: Sizes): boolean {
  const long = (label: string) => (sizes.get(label) ?? 1) > 1;
  const [from, to] = [labels.filter(long), order.filter(long)];
  return from.every((label, axis) => to[axis] === label);
}

const count = (labels: readonly string[], sizes: Sizes): number =>
  elementCount(labels.map((label) => sizes.get(label) ?? 1));

function matrixProduct({ a, b, batch, rows, inner, columns }: Arrangement, sizes: Sizes): Labelled {
  const [items, m, k, n] = [batch, rows, inner, columns].map((labels) => count(labels, sizes));
  const lead = batch.length === 0 ? [] : [items ?? 1];
  const matrices = ({ operand, order, transposed }: Side, height = 1, width = 1) =>
    reshape(inOrder(operand, order), [...lead, ...(transposed ? [width, height] : [height, width])]);
  const options = { transposeA: a.transposed, transposeB: b.transposed };
  const product = matmul(matrices(a, m, k), matrices(b, k, n), options);
  const labels = [...batch, ...rows, ...columns];
  const shape = labels.map((label) => sizes.get(label) ?? 1);
  return { tensor: reshape(product, shape), labels };
}
