import { argmax, argmaxOp } from "../../ops/argmax.ts";
import type { CaseList } from "../case.ts";
import { placeCases, randomPlaces } from "../kit/places.ts";
import { partCases } from "../kit/reductions.ts";

export const cases: CaseList = {
  op: "argmax",
  cases: [...placeCases(argmax), ...partCases(argmaxOp, (part) => part)],
  random: (draw) => randomPlaces(draw, argmax),
};
