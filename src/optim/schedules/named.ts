import { UsageError } from "../../device/errors.ts";
import { unknownName } from "../../device/nearest_names.ts";
import { constant } from "./constant.ts";
import type { CosineRestartsOptions } from "./cosine_restarts.ts";
import { cosineRestarts } from "./cosine_restarts.ts";
import type { PolynomialOptions } from "./decays.ts";
import { cosine, linear, polynomial } from "./decays.ts";
import type { OneCycleOptions } from "./one_cycle.ts";
import { oneCycle } from "./one_cycle.ts";
import type { ReduceOnPlateauOptions } from "./reduce_on_plateau.ts";
import { reduceOnPlateau } from "./reduce_on_plateau.ts";
import type { Every, Schedule } from "./schedule.ts";
import type { ExponentialOptions, InverseTimeOptions, MultiStepOptions, StepOptions } from "./step_decays.ts";
import { exponential, inverseTime, multiStep, step } from "./step_decays.ts";
import { warmUp } from "./warm_up.ts";

/** What any schedule may be told by name; each takes its own. */
export interface NamedScheduleOptions
  extends Omit<PolynomialOptions, "warmUp">,
    Pick<StepOptions, "factor">,
    Pick<MultiStepOptions, "milestones">,
    Pick<ExponentialOptions, "rate">,
    Pick<InverseTimeOptions, "decay">,
    Pick<CosineRestartsOptions, "multiplier">,
    Pick<OneCycleOptions, "start" | "rise" | "shape">,
    Omit<ReduceOnPlateauOptions, "factor"> {
  /** In front of any of them: steps, or epochs, of a warm-up; below 1, a share of the run. */
  readonly warmUp?: number;
  /** What the warm-up counts; as `every` by default. */
  readonly warmUpEvery?: Every;
}

interface NamedSchedule {
  readonly make: (options: NamedScheduleOptions) => Schedule;
  /** The options that it takes. */
  readonly takes: readonly (keyof NamedScheduleOptions)[];
}

const table = {
  constant: { make: () => constant(), takes: [] },
  linear: { make: linear, takes: ["end", "length", "every"] },
  step: { make: step, takes: ["length", "factor", "every"] },
  "multi-step": { make: multiStep, takes: ["milestones", "factor", "every"] },
  exponential: { make: exponential, takes: ["rate", "end", "every"] },
  "inverse-time": { make: inverseTime, takes: ["decay", "every"] },
  cosine: { make: cosine, takes: ["end", "length", "every"] },
  "cosine-restarts": { make: cosineRestarts, takes: ["length", "multiplier", "end", "every"] },
  polynomial: { make: polynomial, takes: ["power", "end", "length", "every"] },
  "one-cycle": { make: oneCycle, takes: ["start", "end", "rise", "shape", "length", "every"] },
  plateau: {
    make: reduceOnPlateau,
    takes: ["factor", "patience", "cooldown", "minimum", "minimumDelta", "monitor", "mode"],
  },
} as const satisfies Readonly<Record<string, NamedSchedule>>;

export type ScheduleName = keyof typeof table;

export const scheduleNames = Object.keys(table) as readonly ScheduleName[];

/**
 * A schedule by its name on the command line. Without options its lengths follow the run: `step` drops at each third of
 * it, `multi-step` at half and three quarters, `exponential` falls to a hundredth, `cosine-restarts` makes three cycles.
 * @throws UsageError where there is none of that name, with the nearest, or it takes no such option
 */
export function scheduleNamed(name: string, options: NamedScheduleOptions = {}): Schedule {
  const known = scheduleNames.find((candidate) => candidate === name);
  if (known === undefined) throw unknownName("schedule", name, scheduleNames);
  const entry: NamedSchedule = table[known];
  const { warmUp: length, warmUpEvery = options.every ?? "step", ...own } = options;
  for (const [option, value] of Object.entries(own)) {
    if (value === undefined || entry.takes.some((taken) => taken === option)) continue;
    throw new UsageError({
      where: `schedules.${name}(${option})`,
      problem: "this schedule takes no such option",
      expected: entry.takes.length > 0 ? entry.takes.join(", ") : "none",
    });
  }
  const schedule = entry.make(own);
  return length === undefined || length === 0 ? schedule : warmUp(schedule, { length, every: warmUpEvery });
}
