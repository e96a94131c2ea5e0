import { warpAffine } from "../../ops/warpAffine.ts";
import type { Settings } from "../../optim/gradient_transform.ts";
import type { Batch } from "../dataset_types.ts";
import { compose, identity, matricesOf } from "./affine.ts";
import type { Augmentation, AugmentationStep, GeometricStep, ImageSize } from "./augmentation.ts";
import { imageSizes, Streams } from "./augmentation.ts";

/**
 * Augmentations one after the other, on the device: `augment.pipeline([augment.rotation({ degrees: 10 }), augment.mixup({ … })])`.
 * Steps in a row that move pixels alike are one resampling. Every draw is of Philox, by the seed, the step's number, the
 * example's place in its batch and the draw's own stream: the same on every adapter, different in every step.
 */
export function pipeline(steps: readonly AugmentationStep[]): Augmentation {
  return {
    name: steps.map(({ name }) => name).join(", ") || "none",
    settings: settingsOf(steps),
    apply: (batch) => {
      const streams = new Streams();
      return runsOf(steps).reduce(
        (current, run) => (Array.isArray(run) ? moved(current, run, streams) : run.apply(current, streams)),
        batch,
      );
    },
  };
}

/** Steps that move pixels alike, together; others alone. */
function runsOf(
  steps: readonly AugmentationStep[],
): (GeometricStep[] | Exclude<AugmentationStep, GeometricStep>)[] {
  const runs: (GeometricStep[] | Exclude<AugmentationStep, GeometricStep>)[] = [];
  for (const step of steps) {
    if (step.kind === "image") {
      runs.push(step);
      continue;
    }
    const last = runs.at(-1);
    const [first] = Array.isArray(last) ? last : [];
    const alike = first?.interpolation === step.interpolation && first.fill === step.fill;
    if (Array.isArray(last) && alike) last.push(step);
    else runs.push([step]);
  }
  return runs;
}

/** One resampling for all of a run. */
function moved(batch: Batch, run: readonly GeometricStep[], streams: Streams): Batch {
  const [first] = run;
  if (!first) return batch;
  const [batchSize, height, width] = imageSizes(first.name, batch.x);
  let size: ImageSize = [height, width];
  let map = identity;
  for (const step of run) {
    const placed = step.place(batchSize, size, streams);
    map = compose(map, placed.map);
    size = placed.size;
  }
  const { interpolation, fill } = first;
  return { ...batch, x: warpAffine(batch.x, matricesOf(map, batchSize), { interpolation, fill, size }) };
}

/** `2 cutout.size`: the step's place, name and setting. */
function settingsOf(steps: readonly AugmentationStep[]): Settings {
  return Object.fromEntries(
    steps.flatMap(({ name, settings }, place) =>
      Object.entries(settings).map(([key, value]) => [`${place + 1} ${name}.${key}`, value]),
    ),
  );
}
