import { UsageError } from "../../device/errors.ts";

/** What to watch in the report of an epoch, and which way is better. */
export interface MonitorOptions {
  /**
   * `loss`, `accuracy` or another number of an epoch's report: that of the validation where there is one, else of the
   * training. `validation.loss` and `training.loss` say which. "loss" by default.
   */
  readonly monitor?: string;
  /** Whether less or more is better; "max" for accuracy, precision, recall, F1, R² and top-k, else "min" by default. */
  readonly mode?: "min" | "max";
  /** A change counts as better only where it is larger than this; see the default there. */
  readonly minimumDelta?: number;
}

/** Watches one number of reports. */
export class Monitor {
  readonly name: string;
  readonly mode: "min" | "max";
  readonly minimumDelta: number;
  readonly #where: string;

  /** @throws UsageError where an option is out of range */
  constructor(where: string, { monitor = "loss", mode, minimumDelta = 0 }: MonitorOptions) {
    this.#where = where;
    this.name = monitor;
    this.mode = mode ?? (/accuracy|precision|recall|f1|r2|r²|top/i.test(monitor) ? "max" : "min");
    this.minimumDelta = minimumDelta;
    if (this.mode !== "min" && this.mode !== "max") throw this.#wrong("mode", this.mode, '"min" or "max"');
    if (!(minimumDelta >= 0 && minimumDelta < Number.POSITIVE_INFINITY)) {
      throw this.#wrong("minimumDelta", String(minimumDelta), "a finite number of at least 0");
    }
  }

  /** @throws UsageError where the report has no such number */
  read(report: object): number {
    const value = valueIn(report, this.name);
    if (typeof value === "number") return value;
    throw new UsageError({
      where: `${this.#where}(monitor)`,
      problem: "an epoch's report has no number of this name",
      got: this.name,
      expected: numbersIn(report).join(", "),
      ...(this.name.startsWith("validation.") && { hint: "give the training a validation" }),
    });
  }

  /** Whether a value is better than the best so far; NaN never is. */
  improves(value: number, best: number | undefined): boolean {
    if (Number.isNaN(value)) return false;
    if (best === undefined) return true;
    return this.mode === "min" ? value < best - this.minimumDelta : value > best + this.minimumDelta;
  }

  #wrong(setting: string, got: string, expected: string): UsageError {
    return new UsageError({ where: `${this.#where}(${setting})`, problem: "wrong value", got, expected });
  }
}

function valueIn(report: object, name: string): unknown {
  const path = name.split(".");
  if (path[0] === "training") return follow(report, path.slice(1));
  if (path[0] === "validation") return follow(report, path);
  return follow(report, ["validation", ...path]) ?? follow(report, path);
}

const follow = (from: unknown, path: readonly string[]): unknown =>
  path.reduce(
    (value: unknown, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? Reflect.get(value, key)
        : undefined,
    from,
  );

function numbersIn(value: object, prefix = ""): string[] {
  return Object.entries(value).flatMap(([key, entry]: [string, unknown]) => {
    if (typeof entry === "number") return [prefix + key];
    return typeof entry === "object" && entry !== null ? numbersIn(entry, `${prefix}${key}.`) : [];
  });
}
