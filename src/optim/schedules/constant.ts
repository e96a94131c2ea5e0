import type { Schedule } from "./schedule.ts";
import { defineSchedule } from "./schedule.ts";

/** Always the same learning rate. */
export const constant = (): Schedule => defineSchedule({ name: "constant", settings: {}, factor: () => 1 });
