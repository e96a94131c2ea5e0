/** What went wrong, in parts: a message reads `where: problem; got …; expected …; hint`. */
export interface Problem {
  /** The operation and its label, such as `matmul(logits)`. */
  readonly where: string;
  readonly problem: string;
  readonly got?: string | undefined;
  readonly expected?: string | undefined;
  readonly hint?: string | undefined;
}

function sentence({ where, problem, got, expected, hint }: Problem): string {
  const parts = [`${where}: ${problem}`];
  if (got !== undefined) parts.push(`got ${got}`);
  if (expected !== undefined) parts.push(`expected ${expected}`);
  if (hint !== undefined) parts.push(hint);
  return parts.join("; ");
}

/** The base of everything wgrad throws on purpose. */
export class WgradError extends Error implements Problem {
  override readonly name: string = "WgradError";
  readonly where: string;
  readonly problem: string;
  readonly got: string | undefined;
  readonly expected: string | undefined;
  readonly hint: string | undefined;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(sentence(problem), options);
    this.where = problem.where;
    this.problem = problem.problem;
    this.got = problem.got;
    this.expected = problem.expected;
    this.hint = problem.hint;
  }
}

/** Shapes, ranks or dtypes that do not fit each other. */
export class ShapeError extends WgradError {
  override readonly name: string = "ShapeError";
}

/** The GPU refused something: a validation or internal error, inside a scope or uncaptured. */
export class DeviceError extends WgradError {
  override readonly name: string = "DeviceError";
}

/** The device is gone: a driver reset, a sleeping laptop, `destroy()` from outside. A new one has to be opened. */
export class DeviceLostError extends DeviceError {
  override readonly name: string = "DeviceLostError";
  /** The browser's word for it, `destroyed` or `unknown`. */
  readonly reason: string;

  constructor(where: string, reason: string, message: string) {
    super({
      where,
      problem: `the device was lost (${reason})${message ? `: ${message}` : ""}`,
      hint: "open a new device and restore the last checkpoint",
    });
    this.reason = reason;
  }
}

/** A buffer above the device's limit, or memory that the device could not give. */
export class OutOfMemoryError extends DeviceError {
  override readonly name: string = "OutOfMemoryError";
}

/** What stopped being finite first in a training. */
export interface NonFiniteOrigin {
  /** The step, counted from 1. */
  readonly step: number;
  /** Path of the layer, such as `layer2.dense`; empty where it is unknown, or belongs to no layer. */
  readonly layer: string;
  /** The op whose result is not finite although what it was made of is; empty where it is unknown. */
  readonly op: string;
  /** The op whose gradient this is part of, in the backward pass. */
  readonly gradientOf: string | undefined;
  /** What it is, in words: `the output of log`, `the parameter layer0.dense.bias`. */
  readonly tensor: string;
}

/** A value of a training became infinite or NaN; the trainer's weights are those before that step. */
export class NonFiniteError extends WgradError implements NonFiniteOrigin {
  override readonly name: string = "NonFiniteError";
  readonly step: number;
  readonly layer: string;
  readonly op: string;
  readonly gradientOf: string | undefined;
  readonly tensor: string;

  constructor({ step, layer, op, gradientOf, tensor }: NonFiniteOrigin) {
    super({
      where: "train",
      problem: `${tensor}${layer ? `, in ${layer},` : ""} became infinite or NaN at step ${step}`,
      hint: "the weights are those before that step; a lower learning rate or gradient clipping may help",
    });
    this.step = step;
    this.layer = layer;
    this.op = op;
    this.gradientOf = gradientOf;
    this.tensor = tensor;
  }
}

/** A file or a dataset that is missing, broken or not of the form it claims. */
export class DataError extends WgradError {
  override readonly name: string = "DataError";
}

/** A checkpoint that does not fit the model, or cannot be read. */
export class CheckpointError extends WgradError {
  override readonly name: string = "CheckpointError";
}

/** A file that could not be written or read: a full disk, a folder without permission. What was there before is whole. */
export class StorageError extends WgradError {
  override readonly name: string = "StorageError";
}

/** wgrad was called in a way that cannot work: a wrong option, a wrong order of calls, use after `dispose()`. */
export class UsageError extends WgradError {
  override readonly name: string = "UsageError";
}

/** No adapter that fits was found; lists what was tried. */
export class NoAdapterError extends DeviceError {
  override readonly name: string = "NoAdapterError";
  readonly tried: readonly string[];

  constructor(wanted: string, tried: readonly string[], hint: string) {
    const list = tried.map((line) => `\n  - ${line}`).join("");
    super({
      where: "openDevice",
      problem: `no usable WebGPU adapter for ${wanted}`,
      hint: list ? `${hint}; tried:${list}` : hint,
    });
    this.tried = tried;
  }
}

/** One message of the shader compiler; line and column count from 1, 0 where unknown. */
export interface ShaderMessage {
  readonly type: "error" | "warning" | "info";
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** WGSL that did not compile. The message shows the numbered source around each error. */
export class ShaderError extends DeviceError {
  override readonly name: string = "ShaderError";
  readonly source: string;
  readonly messages: readonly ShaderMessage[];

  constructor(label: string, source: string, messages: readonly ShaderMessage[], detail = "") {
    const errors = messages.filter((message) => message.type === "error");
    const shown = errors.length > 0 ? errors.map((error) => excerpt(source, error)).join("\n") : detail;
    super({ where: `shader(${label})`, problem: `does not compile\n${shown}` });
    this.source = source;
    this.messages = messages;
  }
}

const CONTEXT_LINES = 3;

/** The error's line with its neighbours, numbered, and a caret under the column. */
function excerpt(source: string, { line, column, message }: ShaderMessage): string {
  const head = `[error at ${line}:${column}] ${message}`;
  if (line < 1) return head;
  const lines = source.split("\n");
  const first = Math.max(1, line - CONTEXT_LINES);
  const last = Math.min(lines.length, line + CONTEXT_LINES);
  const width = String(last).length;
  const shown = [head];
  for (let number = first; number <= last; number++) {
    shown.push(
      `${number === line ? ">" : " "} ${String(number).padStart(width)} | ${lines[number - 1] ?? ""}`,
    );
    if (number === line && column > 0) shown.push(`  ${" ".repeat(width)} | ${" ".repeat(column - 1)}^`);
  }
  return shown.join("\n");
}
