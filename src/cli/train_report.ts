import type { ImageDataset } from "../data/dataset.ts";
import { normalise } from "../data/normalise.ts";
import type { AdapterSummary } from "../device/adapter.ts";
import type { Evaluation } from "../training/evaluation.ts";
import type { Prediction } from "../training/prediction.ts";
import { adapterDocument } from "./adapter.ts";
import { type DigitPicture, digitGallery } from "./digits.ts";
import { formatBytes, formatCount, formatDuration, formatShare } from "./format.ts";
import { formatTable } from "./table.ts";
import { formatEpochs } from "./train_budget.ts";
import { recentSteps, type TrainLog } from "./train_log.ts";
import type { TrainSettings } from "./train_options.ts";

/** All that is known of a finished run. */
export interface TrainResult {
  readonly settings: TrainSettings;
  readonly adapter: AdapterSummary;
  /** Of the whole training, those before a checkpoint included. */
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly parameterCount: number;
  readonly log: TrainLog;
  readonly test: Evaluation;
  readonly dispatchesPerStep: number;
  readonly peakBytes: number;
  readonly milliseconds: { readonly setup: number; readonly training: number; readonly testing: number };
}

/** The document of --json: its fields are part of the public interface, see docs/cli.md. */
export function trainDocument(result: TrainResult, withLosses: boolean): object {
  const { settings, adapter, steps, parameterCount, log, test, dispatchesPerStep, peakBytes } = result;
  const { min, median, max } = log.stepTime;
  return {
    recipe: settings.recipe,
    adapter: adapterDocument(adapter),
    seed: settings.seed,
    steps,
    batchSize: settings.batchSize,
    parameterCount,
    loss: log.loss,
    testLoss: test.loss,
    testAccuracy: test.accuracy,
    setupMilliseconds: result.milliseconds.setup,
    stepMilliseconds: { min, median, max },
    dispatchesPerStep,
    submits: log.submits,
    peakBytes,
    ...(withLosses && { losses: log.losses }),
  };
}

/** The result as a table for people. */
export function trainTable(result: TrainResult): string {
  const { settings, steps, stepsPerEpoch, log, test, milliseconds } = result;
  const { min, median, max } = log.stepTime;
  const imagesPerSecond = (log.losses.length * settings.batchSize * 1000) / milliseconds.training;
  const total = milliseconds.setup + milliseconds.training + milliseconds.testing;
  const seconds = (time: number): string => formatDuration(time / 1000);
  const recent = Math.min(recentSteps, log.losses.length);
  return formatTable(
    ["Result", settings.recipe],
    [
      ["test accuracy", `${formatShare(test.accuracy)} of ${formatCount(test.count)} images`],
      ["test loss", test.loss.toFixed(4)],
      ["training loss", `${log.loss.toFixed(4)}, mean of the last ${recent} steps`],
      [
        "steps",
        `${formatCount(steps)} of ${settings.batchSize} images: ${formatEpochs(steps / stepsPerEpoch)}`,
      ],
      [
        "time a step",
        `${shortest(median)} ms (${shortest(min)} to ${shortest(max)}), ${formatCount(imagesPerSecond)} images/s`,
      ],
      ["dispatches", `${result.dispatchesPerStep} a step, in ${formatCount(log.submits)} submits`],
      ["memory", formatBytes(result.peakBytes)],
      [
        "wall time",
        `${seconds(total)}: setup ${seconds(milliseconds.setup)}, training ${seconds(milliseconds.training)}, ` +
          `testing ${seconds(milliseconds.testing)}`,
      ],
    ],
    { allText: true },
  );
}

/** Two digits or more, and no fraction of a large number. */
const shortest = (value: number): string => (value < 10 ? value.toPrecision(2) : formatCount(value));

/** Where the first image of each class stands. */
export function firstOfEachClass(dataset: ImageDataset): number[] {
  return dataset.classes.flatMap((_, label) => {
    const index = dataset.labels.indexOf(label);
    return index < 0 ? [] : [index];
  });
}

function imageAt({ images, shape: [height, width, channels] }: ImageDataset, index: number): Uint8Array {
  const bytes = height * width * channels;
  return images.subarray(index * bytes, (index + 1) * bytes);
}

/** Images of a dataset as the model takes them. */
export function modelInput(dataset: ImageDataset, indices: readonly number[]): Float32Array {
  const values = indices.map((index) => normalise(imageAt(dataset, index), dataset.normalisation));
  const input = new Float32Array(values.reduce((length, { length: more }) => length + more, 0));
  let at = 0;
  for (const image of values) {
    input.set(image, at);
    at += image.length;
  }
  return input;
}

/** Columns from which five whole digits stand side by side. */
const WIDE = 108;

/** Digits with what the model takes them for, whether that is right, and how sure it is. */
export function predictionGallery(
  dataset: ImageDataset,
  indices: readonly number[],
  { outputs, shape, classes }: Prediction,
  columns: number,
): string {
  const width = shape[1] ?? 1;
  const wide = columns >= WIDE;
  const pictures = indices.map((index, row): DigitPicture => {
    const guess = classes[row] ?? 0;
    const sure = softmaxAt(outputs.subarray(row * width, (row + 1) * width), guess);
    const verdict = guess === dataset.labels[index] ? "✓" : "✗";
    const image = imageAt(dataset, index);
    return {
      pixels: wide ? cropped(image) : halved(image),
      caption: `${guess} ${verdict} ${(sure * 100).toFixed(0)} %`,
    };
  });
  return digitGallery(pictures, { shape: wide ? [20, 20] : [14, 14], style: "blocks", columns });
}

function softmaxAt(logits: Float32Array, index: number): number {
  const most = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - most), 0);
  return Math.exp((logits[index] ?? Number.NaN) - most) / sum;
}

/** The middle 20 × 20 of 28 × 28 pixels: MNIST's digits are centred with a margin of four. */
function cropped(image: Uint8Array): Uint8Array {
  return Uint8Array.from(
    { length: 400 },
    (_, at) => image[(Math.floor(at / 20) + 4) * 28 + (at % 20) + 4] ?? 0,
  );
}

/** Half of 28 × 28 pixels each way; a little brighter, since thin strokes pale when they are averaged. */
function halved(image: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: 196 }, (_, at) => {
    const corner = Math.floor(at / 14) * 56 + (at % 14) * 2;
    const sum = [0, 1, 28, 29].reduce((total, offset) => total + (image[corner + offset] ?? 0), 0);
    return Math.min(255, (1.4 * sum) / 4);
  });
}
