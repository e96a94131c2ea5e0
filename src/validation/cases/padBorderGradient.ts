import type { Shape } from "../../kernels/types.ts";
import { padBorderGradient } from "../../ops/padBorderGradient.ts";
import type { Case, CaseList, Draw } from "../case.ts";
import { drawShape } from "../kit/movement.ts";
import { need } from "../kit/shapes.ts";

const modes = ["reflect", "edge", "wrap"] as const;

type Border = readonly [shape: Shape, axis: number, start: number, count: number];

/** Of what has a border: its shape, the axis, where its first element stands and how many there are. */
const borders: readonly Border[] = [
  [[9], 0, 3, 4],
  [[3, 7, 4], 1, 2, 3],
  [[2, 5, 3], 1, 0, 4],
  [[4, 8], 0, 1, 2],
  [[67, 9, 3], 1, 4, 5],
];

export const cases: CaseList = {
  op: "padBorderGradient",
  cases: [
    ...modes.flatMap((mode) => borders.map((border) => borderCase(mode, border))),
    borderCase("edge", [[12], 0, 5, 1]),
    borderCase("wrap", [[13, 2], 0, 5, 2]),
  ],
  random,
};

function borderCase(mode: (typeof modes)[number], [shape, axis, start, count]: Border): Case {
  const size = shape[axis] ?? 1;
  return {
    name: `${mode}, ${count} of ${size} from ${start} on, axis ${axis} of ${shape}`,
    inputs: [{ shape }],
    build: ([dy]) => padBorderGradient(need(dy), { mode, axis, start, count, size }),
    tolerance: { kind: "reduction", terms: size },
  };
}

function random(draw: Draw): Case {
  const mode = draw.pick(modes);
  const shape = drawShape(draw);
  const axis = draw.integer(0, shape.length - 1);
  const count = draw.integer(1, 6);
  const most = mode === "reflect" ? count - 1 : 5;
  const [before, after] = [draw.integer(0, most), draw.integer(0, most)];
  const whole = shape.map((size, at) => (at === axis ? before + count + after : size));
  return borderCase(mode, [whole, axis, before, count]);
}
