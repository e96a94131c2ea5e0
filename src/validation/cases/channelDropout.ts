import type { Shape } from "../../kernels/types.ts";
import { channelDropout } from "../../ops/channelDropout.ts";
import type { Case, CaseList } from "../case.ts";
import { need } from "../kit/shapes.ts";

function dropped(name: string, shape: Shape, rate: number, stream: number): Case {
  return { name, inputs: [{ shape }], build: ([x]) => channelDropout(need(x), { rate, stream }) };
}

export const cases: CaseList = {
  op: "channelDropout",
  cases: [
    dropped("rows", [5, 7], 0.5, 0),
    dropped("pixels", [2, 3, 5, 8], 0.3, 1),
    dropped("odd channels", [3, 4, 2, 5], 0.9, 2),
  ],
  random: (draw) => {
    const shape = [
      draw.integer(1, 5),
      ...Array.from({ length: draw.integer(1, 3) }, () => draw.integer(1, 5)),
    ];
    return dropped("any", shape, draw.integer(1, 9) / 10, draw.integer(0, 9));
  },
};
