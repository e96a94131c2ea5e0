import type { Graph } from "../../graph/graph.ts";
import { roots, sortedNodes } from "../../graph/graph.ts";
import { isInput } from "../../graph/leaves.ts";
import type { Choices } from "../../kernels/choices.ts";
import { untuned } from "../../kernels/choices.ts";
import { tuningKey } from "../../kernels/tuning_key.ts";
import type { ProgramVerdict, TuningEntry, TuningTable } from "../../kernels/tuning_table.ts";
import type { StorageArray, TypedArray } from "../../kernels/types.ts";
import { toStorageArray } from "../../kernels/types.ts";
import { runPasses } from "../passes/index.ts";
import type { Plan } from "../plan.ts";
import { makePlan } from "../plan.ts";
import { Program } from "../program.ts";
import { programKey } from "../program_key.ts";
import type { ProgramSource } from "../program_source.ts";
import { StateStore } from "../states.ts";
import { workspaceOf } from "../workspace.ts";
import { contest, tuningRows } from "./contest.ts";
import type { KernelJob } from "./tune_kernels.ts";
import { hasChoice, tuneKernel } from "./tune_kernels.ts";
import type { RouteJob } from "./tune_routes.ts";
import { planWay, routeJobs, tuneRoutes } from "./tune_routes.ts";
import type { Bench } from "./workload.ts";
import { randomValues, Workload } from "./workload.ts";

export interface TuneProgress {
  /** Choices that are made, of those there are. */
  readonly done: number;
  readonly total: number;
  /** The key of the one under way. */
  readonly what: string;
}

export interface TuneOptions {
  /** What the program is, in a few words, for whoever reads the table. */
  readonly label?: string | undefined;
  /** Measures again what the table has already. */
  readonly again?: boolean | undefined;
  /** What takes less of the program's time than this share is not measured; 0.01 by default, 0 measures everything. */
  readonly leastShare?: number | undefined;
  /** Ends the tuning after the choice under way; what was found stays. */
  readonly signal?: AbortSignal | undefined;
  onProgress?(progress: TuneProgress): void;
}

/** What tuning a program came to. */
export interface TuneReport {
  readonly adapter: string;
  /** What was measured now, by key. */
  readonly measured: ReadonlyMap<string, TuningEntry>;
  /** Choices that the table had already. */
  readonly known: number;
  /** Choices whose default takes too little of the program's time. */
  readonly skipped: number;
  /** The whole program with the table and without. */
  readonly program: ProgramVerdict;
  /** Whether it goes on with other kernels than untuned. */
  readonly changed: boolean;
}

/**
 * Measures what a program could do otherwise, at its own shapes: the kernels of each dispatch, then the routes of its
 * convolutions, and at last the whole program with all answers beside the whole without. Answers go into the table; a
 * program that they do not make faster by more than noise is noted there, and goes on without.
 *
 * State is not touched: programs run on their own copies of it, as it was at first.
 * @throws DeviceError where the device fails for good
 */
export async function tuneProgram(
  bench: Bench,
  table: TuningTable,
  source: ProgramSource,
  options: TuneOptions = {},
): Promise<TuneReport> {
  const { graph, without } = source;
  const workspaceBytes = workspaceOf(bench.traits, source.workspaceBytes);
  const planned = (choices: Choices) =>
    makePlan(runPasses(graph, { without, choices, workspaceBytes }), bench.traits, choices);
  const plain = planned(untuned);
  const trial = new Trial(bench, graph);
  const whole = await trial.milliseconds(plain);
  const { leastShare = 0.01 } = options;
  const worthwhile = (milliseconds: number) => milliseconds >= leastShare * whole;
  const tuner = new ProgramTuner(bench, table, worthwhile, options);
  // Both passes that follow a route must leave the convolutions in sight.
  const kept = [...without, "winograd", "lowerConvolution"] as const;
  const jobs = without.includes("lowerConvolution")
    ? []
    : routeJobs(runPasses(graph, { without: kept }), workspaceBytes);
  tuner.add(plain);
  for (const job of jobs) tuner.addRoutes(job);
  await tuner.run(jobs);
  const tuned = planned(table);
  const verdict = await trial.judge(plain, tuned, options.label ?? `${plain.dispatches.length} dispatches`);
  table.setProgram(programKey(graph, without, source.workspaceBytes), verdict);
  const { measured, known, skipped } = tuner;
  const changed = verdict.use === "tuned" && !sameKernels(plain, tuned);
  return { adapter: table.adapter, measured, known, skipped, program: verdict, changed };
}

/** Goes through the choices of a program. */
class ProgramTuner {
  readonly measured = new Map<string, TuningEntry>();
  known = 0;
  skipped = 0;
  readonly #bench: Bench;
  readonly #table: TuningTable;
  readonly #worthwhile: (milliseconds: number) => boolean;
  readonly #options: TuneOptions;
  readonly #kernels = new Map<string, KernelJob>();

  constructor(
    bench: Bench,
    table: TuningTable,
    worthwhile: (milliseconds: number) => boolean,
    options: TuneOptions,
  ) {
    this.#bench = bench;
    this.#table = table;
    this.#worthwhile = worthwhile;
    this.#options = options;
  }

  /** The kernels of a plan's dispatches. */
  add({ dispatches }: Plan): void {
    for (const job of dispatches) {
      const key = tuningKey(job.op.name, job.request);
      if (this.#kernels.has(key) || !hasChoice(job, this.#bench)) continue;
      this.#kernels.set(key, job);
    }
  }

  /** The kernels of all ways to do convolutions. */
  addRoutes(job: RouteJob): void {
    const workload = new Workload(this.#bench, job.nodes);
    for (const way of job.ways) this.add(planWay(this.#bench, workload, job, way, this.#table));
    workload.release();
  }

  async run(routes: readonly RouteJob[]): Promise<void> {
    const total = this.#kernels.size + routes.length;
    let done = 0;
    const next = (what: string): boolean => {
      if (this.#options.signal?.aborted) return false;
      this.#options.onProgress?.({ done: done++, total, what });
      return true;
    };
    const rules = { worthwhile: this.#worthwhile };
    for (const [key, job] of this.#kernels) {
      if (this.#isKnown(key)) continue;
      if (!next(key)) return;
      const entry = await tuneKernel(this.#bench, job, rules);
      this.#keep(entry && new Map([[key, entry]]));
    }
    for (const job of routes) {
      if (job.members.every(({ key }) => this.#isKnown(key))) continue;
      if (!next(job.members.map(({ key }) => key).join(" and "))) return;
      this.#keep(await tuneRoutes(this.#bench, job, this.#table, rules));
    }
  }

  #isKnown(key: string): boolean {
    const known = this.#table.entries.has(key) && this.#options.again !== true;
    if (known) this.known++;
    return known;
  }

  #keep(entries: ReadonlyMap<string, TuningEntry> | null): void {
    if (!entries) this.skipped++;
    for (const [key, entry] of entries ?? []) {
      this.measured.set(key, entry);
      this.#table.set(key, entry);
    }
  }
}

/** Runs a whole program apart from its engine. */
class Trial {
  readonly #bench: Bench;
  readonly #inputs: ReadonlyMap<string, StorageArray>;

  constructor(bench: Bench, graph: Graph) {
    this.#bench = bench;
    const inputs = sortedNodes(roots(graph)).filter(isInput);
    this.#inputs = new Map(
      inputs.map(({ attributes: { name, type } }) => [name, toStorageArray(type.dtype, randomValues(type))]),
    );
  }

  /** Of one run, roughly. */
  async milliseconds(plan: Plan): Promise<number> {
    const { device } = this.#bench;
    const { program, states } = await this.#prepare(plan);
    try {
      let elapsed = 0;
      for (let run = 0; run < 2; run++) {
        const begun = performance.now();
        await device.scoped("tuning", () => program.replay(tuningRows(1)));
        await device.idle();
        elapsed = performance.now() - begun;
      }
      return elapsed;
    } finally {
      program.dispose();
      states.dispose();
    }
  }

  /** Times both in turn, once their outputs agree. */
  async judge(plain: Plan, tuned: Plan, label: string): Promise<ProgramVerdict> {
    if (sameKernels(plain, tuned)) {
      const milliseconds = await this.milliseconds(plain);
      const same = { untunedMilliseconds: milliseconds, tunedMilliseconds: milliseconds };
      return { label, use: "tuned", ...same, ratio: 1, noise: 0 };
    }
    const states: StateStore[] = [];
    let first: readonly TypedArray[] | undefined;
    const entrant = (name: string, plan: Plan) => ({
      name,
      prepare: async () => {
        const made = await this.#prepare(plan);
        states.push(made.states);
        return made.program;
      },
    });
    try {
      const outcome = await contest(
        this.#bench.device,
        [entrant("untuned", plain), entrant("tuned", tuned)],
        {
          leastNoise: 0.01,
          budgetMilliseconds: 4000,
          check: async (program) => {
            await this.#bench.device.scoped("tuning", () => program.replay(tuningRows(1)));
            const got = await Promise.all([...program.plan.outputs.keys()].map((name) => program.read(name)));
            first ??= got;
            return outputsDiffer(got, first);
          },
        },
      );
      return verdictOf(label, outcome);
    } finally {
      for (const store of states) store.dispose();
    }
  }

  async #prepare(plan: Plan): Promise<{ program: Program; states: StateStore }> {
    const { device, pipelines } = this.#bench;
    const states = new StateStore(device);
    const program = await Program.create(device, plan, pipelines, states);
    for (const [name, values] of this.#inputs) program.upload(name, values);
    return { program, states };
  }
}

function verdictOf(label: string, outcome: Awaited<ReturnType<typeof contest>>): ProgramVerdict {
  const [plain, tuned] = outcome?.candidates ?? [];
  if (!outcome || !plain || !tuned) throw new Error("internal: a contest of two without them");
  const untunedMilliseconds = plain.milliseconds ?? 0;
  const tunedMilliseconds = tuned.milliseconds ?? 0;
  const use = outcome.choice === "tuned" ? "tuned" : "untuned";
  const ratio = tunedMilliseconds > 0 ? untunedMilliseconds / tunedMilliseconds : 0;
  const why = use === "untuned" ? { why: tuned.out ?? "no faster by more than noise" } : {};
  return {
    label,
    use,
    untunedMilliseconds,
    tunedMilliseconds,
    ratio: use === "tuned" ? outcome.ratio : ratio,
    noise: outcome.noise,
    ...why,
  };
}

const sameKernels = (a: Plan, b: Plan): boolean =>
  a.dispatches.map(({ label }) => label).join() === b.dispatches.map(({ label }) => label).join();

/** As the house compares gradients of two adapters: sums of sums are further apart than one sum. Integers may tip over. */
function outputsDiffer(got: readonly TypedArray[], expected: readonly TypedArray[]): string | null {
  for (const [output, values] of expected.entries()) {
    if (!(values instanceof Float32Array)) continue;
    const own = got[output] ?? [];
    const index = values.findIndex((value, at) => {
      const other = own[at] ?? Number.NaN;
      return !(Object.is(value, other) || Math.abs(value - other) <= 1e-4 + 1e-3 * Math.abs(value));
    });
    if (index >= 0) return `output ${output}, element ${index}: got ${own[index]}, expected ${values[index]}`;
  }
  return null;
}
