import { UsageError } from "../../device/errors.ts";
import type { Update } from "../../graph/graph.ts";
import type { State } from "../../graph/leaves.ts";
import { stateTensor } from "../../graph/leaves.ts";
import { Tensor } from "../../graph/tensor.ts";
import type { Observation, Range } from "../../nn/module.ts";
import type { ParameterSet } from "../../nn/parameters.ts";
import type { Activation } from "../../ops/livingUnits.ts";
import type { Ends } from "../../ops/statistics.ts";
import { unitsOf } from "../../ops/statistics.ts";
import { statisticsRow } from "../../ops/statisticsRow.ts";
import { measureParameters, measureTensors, measureUnits, packed } from "./dispatches.ts";
import type { WatchedLayer } from "./ring.ts";

/** What a step hands over once its updates are known. */
export interface StepTensors {
  /** Watched where they are given. */
  readonly parameters?: ParameterSet;
  /** Of the loss with respect to the parameters: in order, or flat as the parameters lie. */
  readonly gradients?: readonly Tensor[] | Tensor;
  /** Of the loss with respect to the step's `inputs`, in order. */
  readonly observed?: readonly Tensor[];
  /** All that the step does, the parameters' among them: what they change by is measured. */
  readonly updates?: readonly Update[];
}

/** What a watch keeps on the device. */
export interface WatchStates {
  readonly ring: State;
  readonly rows: number;
  /** 1 for each unit that lived in this epoch. */
  readonly units: State;
  /** The parameters before a step. */
  readonly previous: State | null;
}

/** Gives the states that a step's layout asks for, the same at every trace. @throws UsageError where layers differ */
export type StatesFor = (
  layers: readonly WatchedLayer[],
  units: number,
  parameters: ParameterSet | undefined,
) => WatchStates;

export interface WhatToWatch {
  readonly parameters: boolean;
  readonly activations: boolean;
}

interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor;
}

interface ObservedActivation {
  readonly name: string;
  readonly input: Tensor;
  readonly output: Tensor;
  readonly range: Range | null;
}

/** Within this share of its range, a value is at a bound. */
const nearBound = 0.01;

/** One trace of a step that is watched: gathers what to measure, and makes the dispatches that do. */
export class WatchedStep {
  readonly #options: WhatToWatch;
  readonly #statesFor: StatesFor;
  readonly #activations: ObservedActivation[] = [];
  readonly #tensors: NamedTensor[] = [];

  constructor(options: WhatToWatch, statesFor: StatesFor) {
    this.#options = options;
    this.#statesFor = statesFor;
  }

  /** For `ForwardContext.observe`: notes what activations take and give. */
  readonly observe = ({ name, layer, input, output }: Observation): void => {
    const range = layer.activationRange;
    if (!this.#options.activations || range === undefined) return;
    this.#activations.push({ name: this.#claim(name), input, output, range });
  };

  /** Has statistics taken of any f32 tensor, as it is, under a name of its own. @throws UsageError where it is taken */
  watch(tensor: Tensor, name: string): Tensor {
    this.#tensors.push({ name: this.#claim(name), tensor });
    return tensor;
  }

  /**
   * What gradients are asked of besides parameters: `gradient(loss, [...parameters.tensors, ...step.inputs])`. They are
   * what goes into activations: their gradients are what a backward pass computes anyway, so that no fused kernel has
   * to be taken apart, and what `vanishing`'s code calls an activation layer's gradient.
   */
  get inputs(): readonly Tensor[] {
    return this.#activations.map(({ input }) => input);
  }

  /** New values of the watch's state: part of the step's updates. @throws UsageError where gradients are missing */
  updates({ parameters: all, gradients, observed = [], updates = [] }: StepTensors): Update[] {
    const parameters = this.#options.parameters ? all : undefined;
    if (observed.length !== this.#activations.length) {
      throw new UsageError({
        where: "watch",
        problem: "there is not one gradient for each observed activation",
        got: String(observed.length),
        expected: `${this.#activations.length}, with respect to step.inputs`,
      });
    }
    const layers = this.#layers(parameters);
    if (layers.length === 0) return [];
    const { living, units } = this.#living();
    const states = this.#statesFor(layers, units, parameters);
    const { previous } = states;
    const ofParameters =
      parameters && previous
        ? measureParameters(
            parameters,
            flat(parameters, gradients),
            newValues(parameters, updates),
            stateTensor(previous),
          )
        : null;
    const ofTensors = measureTensors([...observed, ...this.#tensors.map(({ tensor }) => tensor)]);
    const ofUnits = measureUnits(living, stateTensor(states.units));
    const measured = packed([...(ofParameters ? [ofParameters] : []), ...ofTensors, ...ofUnits.measured]);
    const ring = statisticsRow(
      measured.parts,
      ofUnits.units,
      stateTensor(states.ring),
      measured.entries,
      states.rows,
    );
    return [
      { state: states.ring, value: ring },
      ...(living.length > 0 ? [{ state: states.units, value: ofUnits.units }] : []),
      ...(ofParameters && previous ? [{ state: previous, value: ofParameters.previous }] : []),
    ];
  }

  /** Entries of a row, in order: parameters, gradients of activations, tensors; then activations' units. */
  #layers(parameters: ParameterSet | undefined): WatchedLayer[] {
    const own = parameters?.parameters ?? [];
    const count = own.length + this.#activations.length + this.#tensors.length;
    return [
      ...own.map(({ name, length }, index) => ({
        layer: name,
        kind: "parameter" as const,
        entry: index,
        unitsEntry: null,
        bounded: false,
        elements: length,
      })),
      ...this.#activations.map(({ name, range }, index) => ({
        layer: name,
        kind: "activation" as const,
        entry: own.length + index,
        unitsEntry: count + index,
        bounded: range !== null,
        elements: null,
      })),
      ...this.#tensors.map(({ name }, index) => ({
        layer: name,
        kind: "activation" as const,
        entry: own.length + this.#activations.length + index,
        unitsEntry: null,
        bounded: false,
        elements: null,
      })),
    ];
  }

  #living(): { readonly living: Activation[]; readonly units: number } {
    let units = 0;
    const living = this.#activations.map(({ output, range }) => {
      const unit = units;
      units += unitsOf(output.shape);
      return { tensor: output, unit, ends: range && endsOf(range) };
    });
    return { living, units };
  }

  #claim(name: string): string {
    const taken = [...this.#activations, ...this.#tensors].some((known) => known.name === name);
    if (!taken) return name;
    const hint = "a layer that stands twice gives two outputs: give each a place of its own";
    throw new UsageError({ where: `watch(${name})`, problem: "two watched tensors have this name", hint });
  }
}

function endsOf([low, high]: Range): Ends {
  const margin = nearBound * (high - low);
  return { low: low + margin, high: high - margin };
}

function flat(parameters: ParameterSet, gradients: StepTensors["gradients"]): Tensor {
  if (gradients instanceof Tensor) return gradients;
  if (gradients) return parameters.pack(gradients);
  throw new UsageError({
    where: "watch",
    problem: "parameters are watched, and their gradients are missing",
  });
}

/** The last value that the step gives the parameters. */
function newValues({ state }: ParameterSet, updates: readonly Update[]): Tensor {
  const update = updates.filter((one) => one.state === state).at(-1);
  return update?.value ?? stateTensor(state);
}
