import { argmin, argminOp } from "../../ops/argmin.ts";
import type { CaseList } from "../case.ts";
import { placeCases, randomPlaces } from "../kit/places.ts";
import { partCases } from "../kit/reductions.ts";

export const cases: CaseList = {
  op: "argmin",
  cases: [...placeCases(argmin), ...partCases(argminOp, (part) => part)],
  random: (draw) => randomPlaces(draw, argmin),
};
