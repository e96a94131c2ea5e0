/** docs/training.md: a hand-written frame, and tables of what can be named, from the code's own tables and docstrings. */
import { readFileSync } from "node:fs";
import { type InitializerName, initializerNames } from "../../src/nn/initializer_named.ts";
import { namedOptimizers, optimizerNames } from "../../src/optim/names.ts";
import { type ScheduleName, scheduleNamed, scheduleNames } from "../../src/optim/schedules/index.ts";
import type { PublicFunction } from "./functions.ts";
import { publicFunctions } from "./functions.ts";
import type { Page } from "./markdown.ts";
import { fill, table } from "./markdown.ts";

const path = "docs/training.md";

/** @throws Error where a name has no function with a docstring */
export function trainingPage(): Page {
  const parts: readonly (readonly [name: string, content: string])[] = [
    ["optimizers", optimizersTable()],
    ["schedules", schedulesTable()],
    ["initializers", initializersTable()],
  ];
  return parts.reduce((page, [name, content]) => fill(page, name, content), {
    path,
    text: readFileSync(path, "utf8"),
  });
}

type Settings = Readonly<Record<string, unknown>>;

/** Settings that do something at their defaults. */
function shown(settings: Settings): string {
  const given = Object.entries(settings).filter(([name, value]) => name !== "learningRate" && Boolean(value));
  return given.map(([name, value]) => `${name} ${readable(value)}`).join(", ");
}

/** Numbers as they are written by hand: 1e-6, 0.3333. */
function readable(value: unknown): string {
  if (typeof value !== "number") return String(value);
  const short = Number(value.toPrecision(4));
  return short < 1e-3 ? short.toExponential() : String(short);
}

function optimizersTable(): string {
  const rows = optimizerNames.map((name) => ({ name, ...namedOptimizers[name] }));
  return table(
    [
      ["name", ({ name }) => `\`${name}\``],
      ["what it is, and whose", ({ description }) => description],
      [">learning rate", ({ learningRate }) => readable(learningRate)],
      ["other settings", ({ make, learningRate }) => shown(make(learningRate).settings)],
    ],
    rows,
  );
}

/** Of names that are not the function's with hyphens. */
const scheduleFunctions: Readonly<Partial<Record<ScheduleName, string>>> = { plateau: "reduceOnPlateau" };

function schedulesTable(): string {
  const functions = byName(publicFunctions("src/optim/schedules/index.ts"));
  const rows = scheduleNames.map((name) => {
    const camel = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return { name, one: functions(scheduleFunctions[name] ?? camel) };
  });
  return table(
    [
      ["name", ({ name }) => `\`${name}\``],
      ["function", ({ one }) => `\`${one.name}\``],
      ["the factor", ({ one }) => opening(one)],
      ["settings", ({ name }) => shown(scheduleNamed(name).settings)],
    ],
    rows,
  );
}

function initializersTable(): string {
  const files = ["src/nn/initializers.ts", "src/nn/orthogonal.ts"];
  const functions = byName(files.flatMap((file) => publicFunctions(file)));
  const rows = initializerNames.map((name: InitializerName) =>
    name === "ones"
      ? { name, call: "constant(1)", text: "Every element 1." }
      : described(name, functions(name)),
  );
  return table(
    [
      ["name", ({ name }) => `\`${name}\``],
      ["function", ({ call }) => `\`nn.${call}\``],
      ["what it draws, and whose", ({ text }) => text],
    ],
    rows,
  );
}

const described = (name: InitializerName, one: PublicFunction) => ({
  name,
  call: one.signature.replace(/: Initializer$/, ""),
  text: opening(one),
});

function byName(functions: readonly PublicFunction[]): (name: string) => PublicFunction {
  const known = new Map(functions.map((one) => [one.name, one]));
  return (name) => {
    const one = known.get(name);
    if (!one) throw new Error(`scripts/docs/training.ts: no documented function is called ${name}`);
    return one;
  };
}

/** The first sentence whole, with what follows its colons. */
const opening = ({ text }: PublicFunction): string =>
  /^.*?\.(?=\s|$)/s.exec(text)?.[0].replaceAll("\n", " ") ?? text;
