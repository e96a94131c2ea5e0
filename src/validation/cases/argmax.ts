import { argmax, argmaxOp } from "../../ops/argmax.ts";
import type { Case, CaseList } from "../case.ts";
import { someInHalf } from "../kit/half.ts";
import { placeCases, randomPlaces } from "../kit/places.ts";
import { partCases } from "../kit/reductions.ts";

const inFull: readonly Case[] = [...placeCases(argmax), ...partCases(argmaxOp, (part) => part)];

export const cases: CaseList = {
  op: "argmax",
  cases: [...inFull, ...someInHalf(inFull, ["ten classes", "the middle, whole vectors"])],
  random: (draw) => randomPlaces(draw, argmax),
};
