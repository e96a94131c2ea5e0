import type { Device } from "../../device/device.ts";
import { spread } from "../../device/timing.ts";
import type { StepValues } from "../../kernels/step.ts";
import { firstStep } from "../../kernels/step.ts";
import type { TunedCandidate } from "../../kernels/tuning_table.ts";
import type { Program } from "../program.ts";

/** One of several ways to do the same. */
export interface Entrant {
  readonly name: string;
  /** Compiles it. */
  prepare(): Promise<Program>;
}

/** Milliseconds that so many runs of a program take. */
export type Clock = (program: Program, runs: number) => Promise<number>;

export interface ContestRules {
  /** What is wrong with the results of a program, or null. Runs it at least once. */
  check(program: Program): Promise<string | null>;
  /** Whether to go on, given the default's time: null is returned otherwise. Yes by default. */
  worthwhile?(milliseconds: number): boolean;
  /** Less than this, as a share, is never a difference. 3 % by default. */
  readonly leastNoise?: number;
  /** Times runs; by the wall clock by default. */
  readonly clock?: Clock;
  /** Once all samples together took this long, the least number of rounds is enough. */
  readonly budgetMilliseconds?: number;
}

export interface Outcome {
  readonly choice: string;
  /** The default's time by the choice's, and how that scatters. */
  readonly ratio: number;
  readonly noise: number;
  readonly candidates: readonly TunedCandidate[];
}

/** A sample is one submit of as many runs as take about so long; not many, since some drivers keep memory for each. */
const sample = { milliseconds: 10, mostRuns: 32 };
const rounds = { least: 5, most: 15 };
/** In two samples, since the machine may have been busy in one, and after the least number of rounds: slower by this is out. */
const hopeless = { atOnce: 1.5, later: 1.15 };

/**
 * Finds the fastest entrant. Each is checked before it is timed; one that is clearly slower than the best in both of its
 * first samples is dropped; samples of the others take turns. The first entrant is the default: another must be faster by
 * more than twice the standard error of the ratio of their samples.
 * @returns null where the default is not worth the trouble
 * @throws DeviceError where the device fails for good
 */
export async function contest(
  device: Device,
  entrants: readonly Entrant[],
  rules: ContestRules,
): Promise<Outcome | null> {
  const racers: Racer[] = [];
  const enlist = (entrant: Entrant): Racer => new Racer(device, entrant, rules.clock);
  try {
    for (const [index, entrant] of entrants.entries()) {
      if (index === 1) await prepareAll(racers, entrants, enlist);
      const racer = racers[index] ?? enlist(entrant);
      racers[index] = racer;
      await racer.enter(rules);
      if (index === 0 && racer.out === null && rules.worthwhile?.(racer.median) === false) return null;
      const best = Math.min(...running(racers).map(({ median }) => median));
      const slower = index > 0 && racer.out === null ? await racer.slowerThan(best, hopeless.atOnce) : null;
      if (slower !== null) racer.drop(`slow: ${times(slower)} the best's time`);
    }
    await takeTurns(racers, rules);
    return judge(racers, rules);
  } finally {
    for (const racer of racers) await racer.release();
  }
}

/** All compile at once, the default has by now; and to the end, since on a software adapter they take what is timed. */
async function prepareAll(
  racers: Racer[],
  entrants: readonly Entrant[],
  enlist: (entrant: Entrant) => Racer,
): Promise<void> {
  for (const entrant of entrants.slice(racers.length)) racers.push(enlist(entrant));
  for (const racer of racers) await racer.ready();
}

const running = (racers: readonly Racer[]): Racer[] => racers.filter(({ out }) => out === null);

async function takeTurns(
  racers: readonly Racer[],
  { budgetMilliseconds = 1500 }: ContestRules,
): Promise<void> {
  const begun = performance.now();
  for (let round = 1; round < rounds.most; round++) {
    const alive = running(racers);
    if (alive.length < 2) return;
    if (round >= rounds.least && performance.now() - begun > budgetMilliseconds) return;
    // Forwards and backwards in turn: to come after a certain other must be nobody's lot.
    for (const racer of round % 2 === 0 ? alive : alive.reverse()) await racer.sample();
    if (round + 1 < rounds.least) continue;
    const best = Math.min(...alive.map(({ median }) => median));
    for (const racer of alive) {
      const slower = racer.median / best;
      if (racer !== racers[0] && slower > hopeless.later)
        racer.drop(`slow: ${times(slower)} the best's time`);
    }
  }
}

function judge(racers: readonly Racer[], { leastNoise = 0.03 }: ContestRules): Outcome {
  const [usual] = racers;
  if (!usual) throw new Error("internal: a contest of nobody");
  const candidates = racers.map((racer) => racer.result());
  const alive = running(racers);
  const byTime = [...alive].sort((a, b) => a.median - b.median);
  // A default that is wrong is no standard to be held against.
  if (usual.out !== null) return { choice: byTime[0]?.name ?? usual.name, ratio: 1, noise: 0, candidates };
  for (const racer of byTime) {
    const { ratio, noise } = compare(usual, racer);
    if (racer !== usual && ratio > 1 + Math.max(leastNoise, noise))
      return { choice: racer.name, ratio, noise, candidates };
  }
  const rival = byTime.find((racer) => racer !== usual);
  const noise = rival ? compare(usual, rival).noise : 0;
  return { choice: usual.name, ratio: 1, noise, candidates };
}

/** The ratio of times, round by round: what else the machine did then fell on both. First samples were not taken in turn. */
function compare(usual: Racer, other: Racer): { ratio: number; noise: number } {
  const inTurn = other.samples.slice(1);
  const ratios = inTurn.map((time, round) => (usual.samples[round + 1] ?? Number.NaN) / time);
  const { median } = spread(ratios);
  // Two standard errors of a median, by the median distance from it: whatever one sample does.
  const distance = spread(ratios.map((ratio) => Math.abs(ratio - median))).median;
  const noise = (4 * distance) / Math.sqrt(ratios.length);
  return { ratio: median, noise };
}

const times = (factor: number): string => `${factor.toFixed(2)} ×`;

/** Rows of per-step values: an optimizer moves a little, and metrics go where they belong. */
export const tuningRows = (count: number): StepValues[] =>
  Array.from({ length: count }, (_, row) => ({
    ...firstStep,
    row,
    index: row,
    learningRate: 1e-4,
    coefficient1: 10,
    coefficient2: 1000,
    coefficient3: 1,
    coefficient4: 1,
  }));

/** An entrant on its way. */
class Racer {
  readonly name: string;
  readonly samples: number[] = [];
  readonly #device: Device;
  readonly #clock: Clock;
  readonly #program: Promise<Program>;
  #runs = 1;
  #out: string | null = null;

  constructor(device: Device, entrant: Entrant, clock: Clock = wallClock(device)) {
    this.name = entrant.name;
    this.#device = device;
    this.#clock = clock;
    this.#program = entrant.prepare();
    // Awaited in its turn; until then a failure is nobody's surprise.
    this.#program.catch(() => {});
  }

  /** Why it is no longer in the running. */
  get out(): string | null {
    return this.#out;
  }

  get median(): number {
    return this.samples.length > 0 ? spread(this.samples).median : Number.POSITIVE_INFINITY;
  }

  drop(why: string): void {
    this.#out ??= why;
  }

  /** Until it is compiled, or is found not to. */
  async ready(): Promise<void> {
    await this.#program.catch(() => {});
  }

  /** Checks it, finds how many runs make a sample, and takes the first. */
  async enter(rules: ContestRules): Promise<void> {
    try {
      const wrong = await rules.check(await this.#program);
      if (wrong !== null) {
        this.drop(`wrong: ${wrong}`);
        return;
      }
      const once = await this.#time();
      this.#runs = Math.min(sample.mostRuns, Math.max(1, Math.round(sample.milliseconds / once)));
      if (this.#runs > 1) await this.#time();
      await this.sample();
    } catch (error) {
      if (!this.#device.usable) throw error;
      this.drop(`failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async sample(): Promise<void> {
    this.samples.push((await this.#time()) / this.#runs);
  }

  /** By what factor its first sample is slower than `best`, if by more than `factor` and again when it is taken anew. */
  async slowerThan(best: number, factor: number): Promise<number | null> {
    if (this.median <= factor * best) return null;
    const again = (await this.#time()) / this.#runs;
    this.samples[0] = Math.min(this.median, again);
    return this.median > factor * best ? this.median / best : null;
  }

  result(): TunedCandidate {
    const milliseconds = this.samples.length > 0 ? this.median : null;
    return { name: this.name, milliseconds, ...(this.#out !== null && { out: this.#out }) };
  }

  async release(): Promise<void> {
    const program = await this.#program.catch(() => null);
    program?.dispose();
  }

  async #time(): Promise<number> {
    const program = await this.#program;
    return this.#clock(program, this.#runs);
  }
}

/** Of runs in one submit, from then until the device has nothing left to do. */
const wallClock =
  (device: Device): Clock =>
  async (program, runs) => {
    const rows = tuningRows(runs);
    const begun = performance.now();
    program.replay(rows);
    await device.idle();
    return performance.now() - begun;
  };
