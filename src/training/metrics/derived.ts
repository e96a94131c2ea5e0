/** What follows from counts, on the host. */

/** How often each class was taken for each. */
export interface ConfusionMatrix {
  readonly classes: readonly string[];
  /** `counts[label][prediction]`. */
  readonly counts: readonly (readonly number[])[];
}

/** How well one class is told from the others. */
export interface ClassScores {
  readonly class: string;
  /** Of the examples that were taken for the class, the share that are of it; 0 where none was. */
  readonly precision: number;
  /** Of the examples of the class, the share that were taken for it; 0 where there are none. */
  readonly recall: number;
  /** The harmonic mean of both, 2 · hits / (taken for it + of it); 0 where both are 0. */
  readonly f1: number;
  /** Examples of the class. */
  readonly support: number;
}

/** Counts row after row as a matrix. */
export function confusionMatrixOf(counts: ArrayLike<number>, classes: readonly string[]): ConfusionMatrix {
  const size = classes.length;
  return {
    classes,
    counts: classes.map((_, row) =>
      Array.from({ length: size }, (_, column) => counts[row * size + column] ?? 0),
    ),
  };
}

/** The share of examples on the diagonal. NaN where there are none. */
export function accuracyOf({ counts }: ConfusionMatrix): number {
  const right = counts.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
  return right / total(counts.map(total));
}

/** Precision, recall and F1 of each class. */
export function classScoresOf({ classes, counts }: ConfusionMatrix): readonly ClassScores[] {
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  return classes.map((name, label) => {
    const hits = counts[label]?.[label] ?? 0;
    const support = total(counts[label] ?? []);
    const taken = total(counts.map((row) => row[label] ?? 0));
    return {
      class: name,
      precision: share(hits, taken),
      recall: share(hits, support),
      f1: share(2 * hits, taken + support),
      support,
    };
  });
}

/** The mean over classes of a score, each class counting alike: macro-averaged F1 and its like. */
export function macroAverage(scores: readonly ClassScores[], of: "precision" | "recall" | "f1"): number {
  return total(scores.map((score) => score[of])) / scores.length;
}

/**
 * R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)², the share of the variance that predictions explain.
 * @param residuals Σ (y − ŷ)²
 * @param variance Σ (y − ȳ)² / count
 * @returns NaN where the targets do not vary
 */
export function rSquaredOf(residuals: number, variance: number, count: number): number {
  return variance === 0 ? Number.NaN : 1 - residuals / (variance * count);
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
