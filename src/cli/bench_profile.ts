import type { Candidate } from "../benchmarks/candidate.ts";
import type { Profile, ProfiledDispatch } from "../benchmarks/profile.ts";
import { profileStep } from "../benchmarks/profile.ts";
import { recipeCandidate } from "../benchmarks/recipe_step.ts";
import { stepCandidate, stepCases } from "../benchmarks/step_rows.ts";
import { traceOf } from "../benchmarks/trace.ts";
import type { Peaks } from "../benchmarks/work.ts";
import type { Device } from "../device/device.ts";
import { DeviceError, UsageError } from "../device/errors.ts";
import { nodePlatform } from "../device/node.ts";
import { openDevice } from "../device/open.ts";
import { measureRoofline } from "../kernels/roofline.ts";
import type { TuningTable } from "../kernels/tuning_table.ts";
import { recipes } from "../training/recipes.ts";
import { adapterDocument, adapterSentence } from "./adapter.ts";
import { formatCount, formatSignificant } from "./format.ts";
import { type ExitCode, exitCodes, type GlobalOptions } from "./options.ts";
import { Output } from "./output.ts";
import { benchContext, writeReport } from "./run_context.ts";
import { formatTable } from "./table.ts";
import { openTuning } from "./tuning.ts";

export interface ProfileCommand extends GlobalOptions {
  /** A recipe or a training step of the benchmarks. */
  readonly profile: string;
  readonly unchecked?: boolean;
  readonly untuned?: boolean;
  /** Where the trace goes. */
  readonly out?: string;
}

/** Shows where a training step's time goes, a line a dispatch, and writes it as a trace. */
export async function runProfile(options: ProfileCommand): Promise<ExitCode> {
  const output = new Output(options);
  const candidate = profiled(options.profile);
  const path = options.out ?? `runs/profile-${candidate.name.replace("/", "-")}.json`;
  const unchecked = options.unchecked ?? false;
  const device = await openDevice(nodePlatform, { adapter: options.adapter, unchecked });
  try {
    output.notice(`Adapter: ${adapterSentence(device.adapter)}`);
    const { gflops, gigabytesPerSecond } = await measureRoofline(device);
    const roofline = { gflops, gigabytesPerSecond };
    const { table } = await openTuning(device, output, options);
    const profile = await measure(device, candidate, roofline, table);
    const context = benchContext({ unchecked, tuned: !table.empty });
    const origin = { ...context, adapter: adapterDocument(device.adapter), roofline };
    await writeReport("bench(--out)", path, `${JSON.stringify(traceOf(profile, origin))}\n`);
    const { timeline: _, ...shown } = profile;
    const dispatches = longestFirst(profile);
    output.result({ ...origin, profile: { ...shown, dispatches }, trace: path }, () =>
      profileText(profile, roofline),
    );
    output.notice(`Trace: ${path} (opens in https://ui.perfetto.dev)`);
    return exitCodes.done;
  } finally {
    device.dispose();
  }
}

async function measure(
  device: Device,
  candidate: Candidate,
  peaks: Peaks,
  tuning: TuningTable,
): Promise<Profile> {
  const subject = await candidate.prepare(device, tuning);
  try {
    const wrong = await subject.check();
    if (wrong === null) return await profileStep(device, candidate, subject, { peaks });
    throw new DeviceError({
      where: `profile(${candidate.name})`,
      problem: "wrong, so not timed",
      got: wrong,
    });
  } finally {
    subject.release();
  }
}

function profiled(name: string): Candidate {
  const recipe = recipes.find((known) => known.name === name);
  if (recipe) return recipeCandidate(recipe);
  const step = stepCases.find((known) => known.name === name || known.name === `step/${name}`);
  if (step) return stepCandidate(step);
  const expected = [...recipes, ...stepCases].map((known) => known.name).join(", ");
  throw new UsageError({ where: "bench(--profile)", problem: "there is no such step", got: name, expected });
}

const longestFirst = ({ dispatches }: Profile): ProfiledDispatch[] =>
  [...dispatches].sort((a, b) => b.milliseconds.median - a.milliseconds.median);

/** The profile for people: the longest dispatch first. */
export function profileText(profile: Profile, { gflops, gigabytesPerSecond }: Peaks): string {
  const { dispatches, stepMilliseconds, sumMilliseconds, clockProblem } = profile;
  const sorted = longestFirst(profile);
  const whole = stepMilliseconds.median;
  const rest = whole - sumMilliseconds;
  const sign = rest < 0 ? "less" : "more";
  return [
    `${profile.name}: ${profile.case}, ${profile.variant}`,
    `Roofline: ${formatSignificant(gflops)} GFLOP/s, ${formatSignificant(gigabytesPerSecond)} GB/s`,
    clockProblem === null
      ? "Each dispatch by timestamps, in a pass of its own."
      : `Each dispatch by the wall clock, repeated back to back (${clockProblem}): what it overwrites changes, its work does not.`,
    formatTable(
      ["Place", "Dispatch", "Shapes", "Grid", "ms", "min–max", "Share", "Sum", "Rate", "Roofline"],
      sorted.map((dispatch, place) => [...cells(dispatch), ...shares(sorted, place), ...speed(dispatch)]),
    ),
    `${formatCount(dispatches.length)} dispatches, ${formatSignificant(sumMilliseconds)} ms together; the whole step in one ` +
      `pass ${formatSignificant(whole)} ms (${formatSignificant(stepMilliseconds.min)}–` +
      `${formatSignificant(stepMilliseconds.max)}) by the wall clock: ${formatSignificant(Math.abs(rest))} ms ${sign}.`,
  ].join("\n");
}

function cells({ index, label, kernel, grid, inputs, outputs, milliseconds }: ProfiledDispatch): string[] {
  const { median, min, max } = milliseconds;
  const [x, y] = grid;
  const shapes = [inputs, outputs].map((own) => own.map((shape) => shape.join("×") || "1").join(", "));
  // `sum sum/serial` says sum twice; a node with a name of its own says more.
  const [node = ""] = label.split(" ");
  const name = kernel.startsWith(`${node}/`) ? kernel : label;
  return [
    `${index}`,
    name,
    shapes.join(" → "),
    y === 1 ? formatCount(x) : `${formatCount(x)} × ${formatCount(y)}`,
    formatSignificant(median),
    `${formatSignificant(min)}–${formatSignificant(max)}`,
  ];
}

/** Its share, and that of all up to it. */
function shares(sorted: readonly ProfiledDispatch[], place: number): string[] {
  const upTo = sorted.slice(0, place + 1).reduce((sum, { share }) => sum + share, 0);
  return [sorted[place]?.share ?? 0, upTo].map((share) => `${(100 * share).toFixed(1)} %`);
}

function speed({ bound, gflops, gigabytesPerSecond, shareOfRoofline }: ProfiledDispatch): string[] {
  const rate =
    bound === "arithmetic"
      ? `${formatSignificant(gflops)} GFLOP/s`
      : `${formatSignificant(gigabytesPerSecond)} GB/s`;
  return [rate, `${(100 * shareOfRoofline).toFixed(1)} %`];
}
