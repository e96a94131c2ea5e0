import { FastRandom } from "../../src/benchmarks/sample.ts";
import type { RunRecorder } from "../../src/training/node/run_recorder.ts";
import type { RunBeginning } from "../../src/training/node/run_types.ts";
import type { LayerStatistics } from "../../src/training/statistics/layer_statistics.ts";

/** A training that never was: the same numbers for the same seed. */
export interface DemoOptions {
  readonly seed?: number;
  readonly name?: string;
  readonly optimizer?: string;
  readonly epochs?: number;
  readonly stepsPerEpoch?: number;
  readonly beginning?: Partial<RunBeginning>;
}

const layerNames = [
  "layer1.dense.weights",
  "layer2.relu",
  "layer3.dense.weights",
  "layer4.relu",
  "layer5.dense.weights",
  "layer6.relu",
  "layer7.dense.weights",
];

export function demoBeginning({ seed = 1, name = "demo", optimizer = "adam" }: DemoOptions): RunBeginning {
  return {
    name,
    recipe: "mnist-mlp",
    seed,
    command: `npx wgrad train mnist-mlp --optimizer ${optimizer} --seed ${seed}`,
    config: { optimizer, learningRate: 0.001, batchSize: 128, activation: "relu", schedule: "cosine" },
    environment: { "adapter.vendor": "none", "adapter.software": true, "versions.wgrad": "0.1.0" },
  };
}

/** Records all but the end. */
export function recordDemo(recorder: RunRecorder, options: DemoOptions = {}): string | undefined {
  const { seed = 1, epochs = 10, stepsPerEpoch = 60 } = options;
  const random = new FastRandom(seed * 7919 + 13);
  const noise = () => random.next() - 0.5;
  const id = recorder.begin({ ...demoBeginning(options), ...options.beginning });
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const first = (epoch - 1) * stepsPerEpoch;
    const rows = Array.from({ length: stepsPerEpoch }, (_, index) => {
      const step = first + index + 1;
      const loss = 0.15 + 2.15 * Math.exp(-step / 120) + 0.25 * noise() * Math.exp(-step / 400);
      const accuracy = Math.min(1, Math.max(0, 0.97 - 0.87 * Math.exp(-step / 90) + 0.08 * noise()));
      const learningRate = 0.0005 * (1 + Math.cos((Math.PI * step) / (epochs * stepsPerEpoch)));
      return { step, epoch, loss, accuracy, learningRate, milliseconds: 12 + noise() };
    });
    recorder.steps(rows);
    const step = first + stepsPerEpoch;
    recorder.layers({ epoch, step, steps: stepsPerEpoch }, layerNames.map(demoLayer(epoch, noise)));
    const last = rows.at(-1);
    recorder.epoch({
      epoch,
      step,
      loss: last?.loss,
      accuracy: last?.accuracy,
      validationLoss: (last?.loss ?? 0) + 0.03,
      validationAccuracy: (last?.accuracy ?? 0) - 0.01,
      metrics: { top5: 0.99 },
      milliseconds: 12 * stepsPerEpoch,
    });
  }
  return id;
}

/** Of each class one: the second layer explodes, the fourth vanishes later on, nothing reaches the last but one. */
function demoLayer(epoch: number, noise: () => number) {
  const norms = [0.4, 4, 1.1, epoch > 3 ? 0.0008 : 0.05, 0.04, 0, 0.9];
  return (layer: string, place: number): LayerStatistics => {
    const l2 = (norms[place] ?? 1) * Math.exp(-epoch / 12) * (1 + 0.2 * noise());
    const activation = layer.endsWith("relu");
    return {
      layer,
      kind: activation ? "activation" : "parameter",
      l1: l2 * 9,
      l2,
      max: l2 / 3,
      mean: l2 / 1000,
      meanMagnitude: l2 / 100,
      belowThousandth: 0.4,
      belowHundredThousandth: 0.1,
      nonFinite: 0,
      updateRatio: activation ? null : 0.002,
      deadShare: activation ? 0.05 : null,
      saturation: null,
    };
  };
}
