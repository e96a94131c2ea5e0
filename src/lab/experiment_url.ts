import type { DataChoice, Experiment, LayerChoice } from "./experiment.ts";
import { checkExperiment, notKnown, settingNames } from "./experiment_check.ts";
import { defaultExperiment } from "./experiment_presets.ts";
import type { Problem } from "./worker/protocol.ts";

/** What an address says: all that it says rightly, defaults for the rest, and a problem for each mistake. */
export interface Addressed {
  readonly experiment: Experiment;
  readonly problems: readonly Problem[];
}

// Names and numbers of a query need no escapes with these between them.
const between = "_";
const inside = "-";
const none = "none";

/**
 * An experiment as a query string that people can read: `?layers=flatten_dense-128_activation&learningRate=0.01`. What is as
 * in the default experiment is left out, so that the default's address is empty.
 */
export function toAddress({ data, layers, settings, seed }: Experiment): string {
  const query = new URLSearchParams();
  const say = (key: string, value: string, usual: string) => {
    if (value !== usual) query.set(key, value);
  };
  if (data.kind === "own") query.set("own", data.name);
  else say("data", data.name, bundledName(defaultExperiment.data));
  say("layers", layers.map(layerText).join(between), defaultExperiment.layers.map(layerText).join(between));
  const usual = new Map<string, unknown>(Object.entries(defaultExperiment.settings));
  for (const [key, value] of Object.entries(settings))
    say(key, settingText(value), settingText(usual.get(key)));
  say("seed", String(seed), String(defaultExperiment.seed));
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** @param search of an address, with or without its question mark */
export function fromAddress(search: string): Addressed {
  const query = new URLSearchParams(search);
  const said = new Map<string, unknown>();
  const settings = new Map<string, unknown>(Object.entries(defaultExperiment.settings));
  const problems: Problem[] = [];
  for (const [key, text] of query) {
    if (key === "data") said.set("data", { kind: "bundled", name: text });
    else if (key === "own") said.set("data", { kind: "own", name: text });
    else if (key === "layers") said.set("layers", layersOf(text));
    else if (key === "seed") said.set("seed", numberOf(text));
    else if (settingNames.includes(key)) settings.set(key, settingOf(key, text));
    else problems.push({ message: notKnown("field", key, addressFields), field: key });
  }
  const whole = { ...defaultExperiment, ...Object.fromEntries(said), settings: Object.fromEntries(settings) };
  const taken = withoutMistakes(whole);
  return { experiment: taken.experiment, problems: [...problems, ...taken.problems] };
}

const addressFields: readonly string[] = ["data", "own", "layers", "seed", ...settingNames];

/** Puts the default in place of each part that is wrong. */
function withoutMistakes(
  whole: Readonly<Record<string, unknown>> & { settings: Record<string, unknown> },
): Addressed {
  const checked = checkExperiment(whole);
  if ("experiment" in checked) return { experiment: checked.experiment, problems: [] };
  const usual = new Map<string, unknown>(Object.entries(defaultExperiment.settings));
  const mended: Record<string, unknown> = { ...whole };
  const settings = { ...whole.settings };
  for (const { field = "" } of checked.problems) {
    const [part = "", setting = ""] = field.split(".");
    if (part === "settings") settings[setting] = usual.get(setting);
    else mended[part] = Reflect.get(defaultExperiment, part);
  }
  const again = checkExperiment({ ...mended, settings });
  // Parts that are right by themselves may not fit the defaults beside them: then it is the default throughout.
  const experiment = "experiment" in again ? again.experiment : defaultExperiment;
  return { experiment, problems: checked.problems };
}

const bundledName = (data: DataChoice): string => (data.kind === "bundled" ? data.name : "");

/** The numbers of each kind of layer, in the order in which an address has them; the last may be left out where it is usual. */
const numbersOf = {
  conv2d: { fields: ["filters", "kernel", "stride"], usual: { stride: 1 } },
  dense: { fields: ["units"], usual: {} },
  activation: { fields: [], usual: {} },
  maxPool2d: { fields: ["size"], usual: {} },
  averagePool2d: { fields: ["size"], usual: {} },
  batchNorm: { fields: [], usual: {} },
  layerNorm: { fields: [], usual: {} },
  dropout: { fields: ["rate"], usual: {} },
  flatten: { fields: [], usual: {} },
} as const satisfies {
  readonly [Kind in LayerChoice["kind"]]: {
    readonly fields: readonly string[];
    readonly usual: Readonly<Record<string, number>>;
  };
};

function layerText(layer: LayerChoice): string {
  const { fields, usual } = numbersOf[layer.kind];
  const said = fields.filter((field) => Reflect.get(usual, field) !== Reflect.get(layer, field));
  return [layer.kind, ...said.map((field) => String(Reflect.get(layer, field)))].join(inside);
}

/** As the text says them, right or wrong: `checkExperiment` judges. */
function layersOf(text: string): unknown[] {
  if (text === "") return [];
  return text.split(between).map((word) => {
    // The minus of an exponent, as in 1e-7, parts nothing.
    const [kind = "", ...numbers] = word.split(/(?<!\de)-/);
    if (!isLayerKind(kind)) return { kind };
    const { fields, usual } = numbersOf[kind];
    const given = numbers.map((number, at) => [fields[at] ?? `number ${at + 1}`, numberOf(number)]);
    return { kind, ...usual, ...Object.fromEntries(given) };
  });
}

const isLayerKind = (kind: string): kind is keyof typeof numbersOf => Object.hasOwn(numbersOf, kind);

function settingText(value: unknown): string {
  if (value === null) return none;
  return Array.isArray(value) ? value.join(between) : String(value);
}

/** Settings of names are words, that of augmentations a list of them, all others numbers or none. */
function settingOf(key: string, text: string): unknown {
  if (key === "augment") return text === "" ? [] : text.split(between);
  if (text === none) return null;
  const usual: unknown = Reflect.get(defaultExperiment.settings, key);
  return typeof usual === "string" || key === "initializer" ? text : numberOf(text);
}

/** What is no number stays a text, so that the message shows what was given. */
function numberOf(text: string): number | string {
  return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
}
