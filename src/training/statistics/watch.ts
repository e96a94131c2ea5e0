import { UsageError } from "../../device/errors.ts";
import { State } from "../../graph/leaves.ts";
import type { TypedArray } from "../../kernels/types.ts";
import type { ParameterSet } from "../../nn/parameters.ts";
import { entryWidth } from "../../ops/statisticsRow.ts";
import { maxRows } from "../../plan/program.ts";
import type { LayerStatistics } from "./layer_statistics.ts";
import type { WatchedLayer } from "./ring.ts";
import { entriesOf, inLayerOrder, statisticsOf } from "./ring.ts";
import type { StatesFor, WatchStates } from "./watched_step.ts";
import { WatchedStep } from "./watched_step.ts";

export interface WatchOptions {
  /** Gradients and updates of parameters; true by default. */
  readonly parameters?: boolean;
  /** Gradients, dead units and saturation of activations; true by default. */
  readonly activations?: boolean;
  /** The most steps between two reads; as many as a submit may have by default. */
  readonly every?: number;
}

/** What was measured at one step. */
export interface StepStatistics {
  /** Steps that were done before it. */
  readonly step: number;
  /** In the order of the model's layers. */
  readonly layers: readonly LayerStatistics[];
}

/** What a watch asks of an engine. */
export interface StateAccess {
  readState(state: State): Promise<TypedArray>;
  writeState(state: State, values: TypedArray, offset?: number): void;
}

/**
 * Measures gradients, updates and activations at every step on the device, and keeps a row a step in a ring there until
 * the host reads them together. One watch belongs to one model; each compiled step begins a `WatchedStep`.
 */
export class Watch {
  readonly options: Required<WatchOptions>;
  #kept: { readonly layers: readonly WatchedLayer[]; readonly states: WatchStates } | undefined;

  /** @throws UsageError where `every` is no whole number of steps */
  constructor({ parameters = true, activations = true, every = maxRows }: WatchOptions = {}) {
    if (!Number.isSafeInteger(every) || every < 1) {
      const expected = "an integer of at least 1";
      throw new UsageError({ where: "watch(every)", problem: "wrong value", got: String(every), expected });
    }
    this.options = { parameters, activations, every };
  }

  /** For one trace of a step. */
  begin(): WatchedStep {
    return new WatchedStep(this.options, this.#statesFor);
  }

  /** Forgets which units lived: for the beginning of an epoch. Before any step was traced there is nothing to do. */
  startEpoch(engine: StateAccess): void {
    const units = this.#kept?.states.units;
    if (units) engine.writeState(units, units.initial);
  }

  /**
   * Tells that the parameters were overwritten by the host, which is no update: after a checkpoint was loaded.
   * @param parameters flat, as they now are
   */
  resume(engine: StateAccess, parameters: TypedArray): void {
    const previous = this.#kept?.states.previous;
    if (previous) engine.writeState(previous, parameters);
  }

  /**
   * What the last steps measured, in order.
   * @param first steps that were done before the first of them
   * @param count at most `every`: the ring holds no more
   * @throws UsageError where more are asked for, or nothing was traced
   */
  async read(engine: StateAccess, first: number, count: number): Promise<StepStatistics[]> {
    const kept = this.#kept;
    if (!kept) throw new UsageError({ where: "watch.read", problem: "no step is watched yet" });
    const { rows, ring } = kept.states;
    if (count > rows) {
      throw new UsageError({
        where: "watch.read",
        problem: "more steps are asked for than the ring holds",
        got: String(count),
        expected: `at most ${rows}`,
        hint: "read more often, or give watch a larger every",
      });
    }
    const values = await engine.readState(ring);
    return Array.from({ length: count }, (_, index) => {
      const step = first + index;
      const layers = statisticsOf(kept.layers, values, step % rows);
      return { step, layers: inLayerOrder(layers, ({ layer }) => layer) };
    });
  }

  /** States live on the device from step to step: to free them, or to make sure that a new device has them. */
  states(): readonly State[] {
    if (!this.#kept) return [];
    const { ring, units, previous } = this.#kept.states;
    return [ring, units, ...(previous ? [previous] : [])];
  }

  readonly #statesFor: StatesFor = (layers, units, parameters) => {
    if (this.#kept) return sameLayers(this.#kept, layers, units);
    const rows = this.options.every;
    const states: WatchStates = {
      ring: zeros("watch.ring", rows * entriesOf(layers) * entryWidth),
      rows,
      units: new State(
        "watch.units",
        { shape: [Math.max(1, units)], dtype: "u32" },
        new Uint32Array(Math.max(1, units)),
      ),
      previous: parameters ? copyOf(parameters) : null,
    };
    this.#kept = { layers, states };
    return states;
  };
}

function zeros(label: string, length: number): State {
  return new State(label, { shape: [length], dtype: "f32" }, new Float32Array(length));
}

/** Begins as the parameters do. */
function copyOf({ state }: ParameterSet): State {
  return new State("watch.previous", state.type, state.initial);
}

function sameLayers(
  { layers: known, states }: { readonly layers: readonly WatchedLayer[]; readonly states: WatchStates },
  layers: readonly WatchedLayer[],
  units: number,
): WatchStates {
  const names = (list: readonly WatchedLayer[]) => list.map(({ layer }) => layer).join(", ");
  const [before, now] = [names(known), names(layers)];
  if (before === now && states.units.initial.length === Math.max(1, units)) return states;
  throw new UsageError({
    where: "watch",
    problem: "this step watches other layers than the one before",
    got: now,
    expected: before,
    hint: "make a watch for each model",
  });
}
