import * as v from "valibot";
import type { Shape } from "../index.browser.ts";
import { areSettings, nearestNames, plainSettings, wrongSettings } from "../index.browser.ts";
import type { Experiment, LayerKind } from "./experiment.ts";
import { fitOf } from "./experiment_model.ts";
import { defaultExperiment } from "./experiment_presets.ts";
import type { Problem } from "./worker/protocol.ts";

/** What examples look like, where it is known: an experiment with the visitor's own data has to be told. */
export interface ExamplesShown {
  readonly shape: Shape;
  readonly classes: number;
}

export type Checked =
  | { readonly experiment: Experiment }
  /** At least one, each with the path of its field. */
  | { readonly problems: readonly Problem[] };

const bundledExamples: ExamplesShown = { shape: [28, 28, 1], classes: 10 };
/** Above these, nothing that a page could train: a mistyped number. */
const most = { layers: 100, width: 16_384, window: 64, epochs: 10_000 };

/** An integer from `low` to `high`, said so whatever else it is. */
const whole = (low: number, high: number) => {
  const message = (issue: v.BaseIssue<unknown>) =>
    `got ${shown(issue.input)}; expected an integer from ${low} to ${high}`;
  return v.pipe(
    v.number(message),
    v.check((n) => Number.isInteger(n) && n >= low && n <= high, message),
  );
};

const rate = (() => {
  const message = (issue: v.BaseIssue<unknown>) =>
    `got ${shown(issue.input)}; expected at least 0 and below 1`;
  return v.pipe(
    v.number(message),
    v.check((share) => share >= 0 && share < 1, message),
  );
})();

const name = v.pipe(v.string("expected a name"), v.nonEmpty("expected a name"));

const data = v.variant(
  "kind",
  [
    v.strictObject({
      kind: v.literal("bundled"),
      name: v.picklist(["mnist", "fashion-mnist"], ({ input }) => notKnown("dataset", input, datasets)),
    }),
    v.strictObject({ kind: v.literal("own"), name }),
  ],
  "expected a bundled dataset or one of your own",
);
const datasets = ["mnist", "fashion-mnist"];

const size = whole(1, most.window);
const layer = v.variant(
  "kind",
  [
    v.strictObject({
      kind: v.literal("conv2d"),
      filters: whole(1, most.width),
      kernel: size,
      stride: size,
    }),
    v.strictObject({ kind: v.literal("dense"), units: whole(1, most.width) }),
    v.strictObject({ kind: v.literal("activation") }),
    v.strictObject({ kind: v.literal("maxPool2d"), size }),
    v.strictObject({ kind: v.literal("averagePool2d"), size }),
    v.strictObject({ kind: v.literal("batchNorm") }),
    v.strictObject({ kind: v.literal("layerNorm") }),
    v.strictObject({ kind: v.literal("dropout"), rate }),
    v.strictObject({ kind: v.literal("flatten") }),
  ],
  ({ input }) => notKnown("layer", kindOf(input), layerKinds),
);

/** In the order of an editor's menu. */
export const layerKinds: readonly LayerKind[] = [
  "conv2d",
  "dense",
  "activation",
  "maxPool2d",
  "averagePool2d",
  "batchNorm",
  "layerNorm",
  "dropout",
  "flatten",
];

const layers = v.pipe(
  v.array(layer, "expected a list of layers"),
  v.maxLength(most.layers, `more than ${most.layers} layers`),
);
const fields = v.record(v.string(), v.unknown(), "expected settings");
const epochs = whole(1, most.epochs);
const seed = whole(0, 0xffff_ffff);

/**
 * Makes sure of what controls, an address or a stored run say a training is. Nothing is thrown: each mistake is a message
 * for its field.
 * @param examples of the experiment's data; without it layers are held against those of a bundled dataset, and not at all
 *   where the data are the visitor's own
 */
export function checkExperiment(value: unknown, examples?: ExamplesShown): Checked {
  const problems: Problem[] = [];
  const given = v.safeParse(v.record(v.string(), v.unknown()), value);
  if (!given.success) return { problems: [{ message: "expected an experiment" }] };
  const parts = {
    data: parsed(data, given.output["data"], "data", problems),
    layers: parsed(layers, given.output["layers"], "layers", problems),
    settings: settingsOf(given.output["settings"], problems),
    seed: parsed(seed, given.output["seed"], "seed", problems),
  };
  problems.push(...unknownFields(given.output, Object.keys(defaultExperiment), ""));
  const { data: choice, layers: stack, settings, seed: number } = parts;
  const shape = examples ?? (choice?.kind === "bundled" ? bundledExamples : undefined);
  if (stack && shape) {
    // Which activation or initializer it is changes no shape: layers are held against each other even if those are wrong.
    const { problem } = fitOf(
      { layers: stack, settings: settings ?? defaultExperiment.settings },
      shape.shape,
      shape.classes,
    );
    if (problem) problems.push(problem);
  }
  if (problems.length > 0 || !choice || !stack || !settings || number === undefined) return { problems };
  return { experiment: { data: choice, layers: stack, settings, seed: number } };
}

function settingsOf(value: unknown, problems: Problem[]): Experiment["settings"] | undefined {
  const given = parsed(fields, value, "settings", problems);
  if (!given) return undefined;
  const before = problems.length;
  for (const { where, problem, got, expected, hint } of wrongSettings(given)) {
    const parts = [
      ...(problem === "wrong value" ? [] : [problem]),
      `got ${got}`,
      hint ?? `expected ${expected}`,
    ];
    problems.push({ message: parts.join("; "), field: `settings.${where}` });
  }
  const ownEpochs = parsed(epochs, given["epochs"], "settings.epochs", problems);
  problems.push(...unknownFields(given, settingNames, "settings."));
  if (problems.length > before || !areSettings(given) || ownEpochs === undefined) return undefined;
  const { batchSize, accumulate } = given;
  if (batchSize % accumulate !== 0) {
    const message = `got ${accumulate} parts of ${batchSize} images; expected a divisor of the batch size`;
    problems.push({ message, field: "settings.accumulate" });
    return undefined;
  }
  return { ...given, epochs: ownEpochs };
}

/** Those of the default experiment are all that there are. */
export const settingNames: readonly string[] = Object.keys({
  ...plainSettings,
  ...defaultExperiment.settings,
});

function parsed<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  field: string,
  problems: Problem[],
): v.InferOutput<Schema> | undefined {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  for (const issue of result.issues) {
    const path = v.getDotPath(issue);
    problems.push({ message: messageOf(issue), field: path === null ? field : `${field}.${path}` });
  }
  return undefined;
}

/** What valibot says of a strict object's keys is written for programmers. */
function messageOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== "strict_object") return issue.message;
  return issue.expected === "never" ? "there is no such field" : "got nothing; expected a value";
}

function unknownFields(given: Readonly<Record<string, unknown>>, known: readonly string[], above: string) {
  return Object.keys(given)
    .filter((field) => !known.includes(field))
    .map((field): Problem => ({ message: notKnown("field", field, known), field: `${above}${field}` }));
}

/** What to say of a name that there is not. */
export function notKnown(what: string, got: unknown, known: readonly string[]): string {
  const near = typeof got === "string" ? nearestNames(got, known) : [];
  const hint = near.length > 0 ? `did you mean ${near.join(" or ")}?` : `expected ${known.join(", ")}`;
  return `there is no ${what} ${shown(got)}; ${hint}`;
}

const kindOf = (input: unknown): unknown =>
  typeof input === "object" && input !== null ? Reflect.get(input, "kind") : input;

const shown = (value: unknown): string => (value === undefined ? "nothing" : String(value));
