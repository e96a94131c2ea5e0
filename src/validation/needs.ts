import type { AdapterTraits } from "../device/traits.ts";
import type { Case } from "./case.ts";

/** Why an adapter cannot run a case, or null where it can. */
export function reasonToLeaveOut({ needs }: Case, { features }: AdapterTraits): string | null {
  return needs === undefined || features.has(needs) ? null : `the adapter has no ${needs}`;
}
