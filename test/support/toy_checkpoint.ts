import * as nn from "../../src/nn/index.ts";
import { writeCheckpoint } from "../../src/training/checkpoint.ts";

/** A checkpoint of a small model, a few hundred kilobytes with `units` in the hundreds. */
export function toyCheckpoint(units = 3): Promise<Uint8Array<ArrayBuffer>> {
  const parameters = nn.sequential([nn.dense(units), nn.relu(), nn.dense(2)]).build([5]);
  const holder = { readState: async ({ initial }: (typeof parameters)["state"]) => initial, writeState() {} };
  return writeCheckpoint(holder, parameters, [5]);
}
