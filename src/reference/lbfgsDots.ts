import type { LbfgsAttributes } from "../ops/lbfgs.ts";
import type { Reference } from "./reference.ts";
import { at, input } from "./reference.ts";

export const reference: Reference<LbfgsAttributes> = (inputs, { slots }, { outputs }) => {
  const [gradients, previous, history, control] = [0, 1, 2, 3].map((index) => input(inputs, index).data);
  if (!gradients || !previous || !history || !control) throw new Error("internal: lbfgsDots without inputs");
  const length = gradients.length;
  const lanes = outputs[0]?.shape[1] ?? 1;
  const newest = at(control, 2);
  const g = Float64Array.from(gradients);
  const y = g.map((value, index) => value - at(previous, index));
  const piece = (place: number) => Float64Array.from(history.subarray(place * length, (place + 1) * length));
  const s = piece(newest);
  const basis = Array.from({ length: 2 * slots }, (_, place) =>
    place === slots + newest ? y : piece(place),
  );
  const parts = [...basis, g].flatMap((vector) =>
    [s, y, g].map((other) => {
      const shares = new Float64Array(lanes);
      // Which lane adds which elements is the kernel's order: sums of all lanes do not depend on it.
      vector.forEach((value, index) => {
        const lane = Math.floor(index / 4) % lanes;
        shares[lane] = at(shares, lane) + value * at(other, index);
      });
      return shares;
    }),
  );
  const out = new Float64Array(parts.length * lanes);
  parts.forEach((shares, row) => {
    out.set(shares, row * lanes);
  });
  return [out];
};
