import { DataError } from "../device/errors.ts";
import { ImageDataset } from "./dataset.ts";
import { columnMoments } from "./moments.ts";
import type { TableDataset } from "./table_dataset.ts";

/** What was measured of a training split: the mean and standard deviation of each feature, or of each channel. */
export interface Standardisation {
  readonly means: readonly number[];
  readonly standardDeviations: readonly number[];
}

/**
 * Means and standard deviations (dividing by the count) of a dataset: per feature of a table; per channel of images, of
 * pixels scaled to [0, 1]. What does not vary gets the deviation 1.
 */
export function standardisationOf(dataset: TableDataset | ImageDataset): Standardisation {
  const images = dataset instanceof ImageDataset;
  const scale = images ? 255 : 1;
  const { means, variances } = images
    ? columnMoments(dataset.images, dataset.shape[2])
    : columnMoments(dataset.features, dataset.featureNames.length);
  return {
    means: means.map((mean) => mean / scale),
    standardDeviations: variances.map((variance) => Math.sqrt(variance) / scale || 1),
  };
}

/**
 * Applies a standardisation, (x − mean) / standardDeviation, to datasets of the same features or channels: a table's numbers
 * are computed anew, in f64; images get it as their normalisation, which steps apply as they unpack.
 * @throws DataError where the dataset has another number of features or channels
 */
export function standardiseBy<Kind extends TableDataset | ImageDataset>(
  dataset: Kind,
  standardisation: Standardisation,
): Kind;
export function standardiseBy(
  dataset: TableDataset | ImageDataset,
  { means, standardDeviations }: Standardisation,
): TableDataset | ImageDataset {
  const width = dataset instanceof ImageDataset ? dataset.shape[2] : dataset.featureNames.length;
  if (means.length !== width || standardDeviations.length !== width) {
    throw new DataError({
      where: `standardise(${dataset.name})`,
      problem: "the standardisation is of other data",
      got: `${means.length} means and ${standardDeviations.length} standard deviations`,
      expected: `${width} of each`,
    });
  }
  if (dataset instanceof ImageDataset) {
    return dataset.withNormalisation({ mean: means, standardDeviation: standardDeviations });
  }
  return dataset.withFeatures(
    dataset.features.map(
      (value, at) => (value - (means[at % width] ?? 0)) / (standardDeviations[at % width] ?? 1),
    ),
  );
}

/**
 * Datasets with inputs of mean 0 and variance 1: measured of the first, the training split, and applied to all alike, so
 * that nothing is learned from the others.
 */
export function standardise<Kind extends TableDataset | ImageDataset>(
  train: Kind,
  ...others: readonly Kind[]
): { readonly standardisation: Standardisation; readonly train: Kind; readonly others: readonly Kind[] } {
  const standardisation = standardisationOf(train);
  return {
    standardisation,
    train: standardiseBy(train, standardisation),
    others: others.map((dataset) => standardiseBy(dataset, standardisation)),
  };
}
