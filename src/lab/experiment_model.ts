import type { Shape } from "../index.browser.ts";
import { nn, ShapeError, UsageError } from "../index.browser.ts";
import type { Experiment, LayerChoice } from "./experiment.ts";
import type { Problem } from "./worker/protocol.ts";

type Architecture = Pick<Experiment, "layers" | "settings">;

/** Modules of one layer choice: a dense layer that meets an image brings its flatten along. */
interface Stacked {
  /** Of the choice; undefined for the output layer, which nobody chose. */
  readonly index: number | undefined;
  readonly modules: readonly nn.Module[];
}

/**
 * A new model of an experiment: its layers and, as wide as there are classes, the output layer.
 * @param shape of one example: [height, width, channels] of an image, [features] of a table's row
 */
export function modelOf(experiment: Architecture, shape: Shape, classes: number): nn.Sequential {
  return nn.sequential(stackOf(experiment, shape, classes).flatMap(({ modules }) => modules));
}

/** What comes out of each layer choice for one example, up to the first layer that does not fit, and why it does not. */
export interface Fit {
  readonly outputs: readonly Shape[];
  readonly problem?: Problem;
}

/** Whether an experiment's layers fit each other and examples of this shape; nothing is drawn or sent to a device. */
export function fitOf(experiment: Architecture, shape: Shape, classes: number): Fit {
  const outputs: Shape[] = [];
  const scope = new nn.Scope();
  let current = shape;
  for (const [place, { index, modules }] of stackOf(experiment, shape, classes).entries()) {
    try {
      for (const [part, module] of modules.entries()) {
        current = module.setUp(current, scope.child(`layer${place}_${part}`));
      }
    } catch (error) {
      if (!(error instanceof ShapeError || error instanceof UsageError)) throw error;
      return { outputs, problem: misfit(error, index, experiment.layers, current) };
    }
    if (index !== undefined) outputs.push(current);
  }
  return { outputs };
}

/** As people count layers: from 1. */
function misfit(
  { problem, got, expected, hint }: ShapeError | UsageError,
  index: number | undefined,
  layers: readonly LayerChoice[],
  input: Shape,
): Problem {
  const kind = index === undefined ? undefined : layers[index]?.kind;
  const name = kind === undefined ? "The output layer" : `Layer ${(index ?? 0) + 1}, ${kind}`;
  const parts = [
    `${name}: ${problem}`,
    `got ${got ?? `[${input.join(", ")}]`}`,
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(hint === undefined ? [] : [hint]),
  ];
  return { message: parts.join("; "), field: index === undefined ? "layers" : `layers.${index}` };
}

function stackOf({ layers, settings }: Architecture, shape: Shape, classes: number): Stacked[] {
  const initializer =
    settings.initializer === null ? nn.heNormal() : nn.initializerNamed(settings.initializer);
  // Small first logits: training starts at the loss of a guess.
  const last = settings.initializer === null ? nn.normal(0, 0.01) : initializer;
  let flat = shape.length === 1;
  const stacked = layers.map((choice, index): Stacked => {
    const flattens = choice.kind === "dense" && !flat;
    flat ||= choice.kind === "dense" || choice.kind === "flatten";
    const module = moduleOf(choice, settings, initializer);
    return { index, modules: flattens ? [nn.flatten(), module] : [module] };
  });
  const output = nn.dense(classes, { initializer: last });
  return [...stacked, { index: undefined, modules: flat ? [output] : [nn.flatten(), output] }];
}

function moduleOf(
  choice: LayerChoice,
  settings: Experiment["settings"],
  initializer: nn.Initializer,
): nn.Module {
  switch (choice.kind) {
    case "conv2d": {
      const { filters, kernel, stride } = choice;
      return nn.conv2d({ filters, kernel, stride, padding: "same", initializer });
    }
    case "dense":
      return nn.dense(choice.units, { initializer });
    case "activation":
      return nn.activation(settings.activation);
    case "maxPool2d":
      return nn.maxPool2d(choice.size);
    case "averagePool2d":
      return nn.averagePool2d(choice.size);
    case "batchNorm":
      return nn.batchNorm();
    case "layerNorm":
      return nn.layerNorm();
    case "dropout":
      return nn.dropout(choice.rate);
    case "flatten":
      return nn.flatten();
    default:
      throw new Error(`internal: no layer ${choice satisfies never}`);
  }
}
