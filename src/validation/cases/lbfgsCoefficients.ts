import { gramLength } from "../../ops/lbfgs.ts";
import { lbfgsCoefficients } from "../../ops/lbfgsCoefficients.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

interface Setting {
  readonly slots: number;
  /** Whether there was a step, pairs held, place of the newest, reach. */
  readonly control: readonly [began: number, held: number, newest: number, reach: number];
  /** Whether the last line search found something. */
  readonly found?: number;
  /** Of the newest pair; of the others s · y is 1. */
  readonly curvature?: number;
  /** y · y of each pair; below 0 there is no descent. */
  readonly energy?: number;
  /** g · g. */
  readonly square?: number;
}

/** Pairs that are nearly conjugate, as those of a well conditioned problem: the recursion loses few digits. */
function coefficientsCase(name: string, setting: Setting): Case {
  const { slots, control, found = 1, curvature = 1, energy = 1.5, square = 3 } = setting;
  const size = 2 * slots;
  const small = (row: number, column: number) => (((row * 7 + column * 3 + row * column) % 9) - 4) / 64;
  const product = (row: number, column: number): number => {
    if (row > column) return product(column, row);
    if (row === column) return row < slots ? 0.75 : energy + (row - slots) / 8;
    if (column === row + slots) return row === control[2] ? curvature : 1;
    return small(row, column);
  };
  const gram = Array.from({ length: gramLength(slots) }, (_, at) =>
    at < size * size ? product(Math.floor(at / size), at % size) : 0,
  );
  const slope = (row: number) => (row === size ? square : small(row, 2));
  const products = Array.from({ length: size + 1 }, (_, row) => {
    const others =
      row === size
        ? [slope(control[2]), slope(slots + control[2])]
        : [control[2], slots + control[2]].map((own) => product(row, own));
    return [...others, slope(row)];
  }).flat();
  return {
    name,
    inputs: [products, [found, 0, 0, 0], gram, control].map((values) => ({
      shape: [values.length],
      fill: { kind: "values", values },
    })),
    build: ([dots, outcome, known, state]) =>
      lbfgsCoefficients(need(dots), need(outcome), need(known), need(state), {
        slots,
        curvature: 1e-10,
        retreat: 1 / 256,
      }),
    gradient: "skip: state",
  };
}

export const cases: CaseList = {
  op: "lbfgsCoefficients",
  cases: [
    coefficientsCase("the first step", { slots: 11, control: [0, 0, 0, 0] }),
    coefficientsCase("the first step, a short gradient", { slots: 2, control: [0, 0, 0, 0], square: 0.25 }),
    coefficientsCase("at rest", { slots: 2, control: [1, 0, 0, 1], square: 0, curvature: 0 }),
    coefficientsCase("the first pair", { slots: 11, control: [1, 0, 0, 1] }),
    coefficientsCase("some pairs", { slots: 11, control: [1, 4, 4, 1] }),
    coefficientsCase("a full history, round the end", { slots: 11, control: [1, 10, 3, 1] }),
    coefficientsCase("one pair at a time", { slots: 2, control: [1, 1, 1, 1] }),
    coefficientsCase("a pair passed over", { slots: 4, control: [1, 2, 2, 1], curvature: -0.5 }),
    coefficientsCase("the line search found nothing", {
      slots: 4,
      control: [1, 2, 2, 1],
      found: 0,
      curvature: 0,
    }),
    coefficientsCase("it found nothing for long", {
      slots: 4,
      control: [1, 2, 2, 1e-5],
      found: 0,
      curvature: 0,
    }),
    coefficientsCase("no descent", { slots: 3, control: [1, 2, 2, 1], energy: -1.5 }),
  ],
  random: (draw) => {
    const slots = draw.integer(2, 11);
    const control = [1, draw.integer(0, slots - 1), draw.integer(0, slots - 1), 1] as const;
    return coefficientsCase("any history", { slots, control, curvature: draw.pick([1, -1]) });
  },
};
