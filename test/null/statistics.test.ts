import { describe, expect, it } from "vitest";
import type { LayerStatistics } from "../../src/training/statistics/index.ts";
import {
  classOf,
  EpochStatistics,
  epochClasses,
  figureThresholds,
  layerNorms,
  normRatios,
} from "../../src/training/statistics/index.ts";

const layer = (name: string, l2: number, more: Partial<LayerStatistics> = {}): LayerStatistics => ({
  layer: name,
  kind: "parameter",
  l1: l2,
  l2,
  max: l2,
  mean: 0,
  meanMagnitude: l2,
  belowThousandth: 0,
  belowHundredThousandth: 0,
  nonFinite: 0,
  updateRatio: 0.01,
  deadShare: null,
  saturation: null,
  ...more,
});
const activation = (name: string, l2: number, deadShare: number): LayerStatistics =>
  layer(name, l2, { kind: "activation", updateRatio: null, deadShare });

describe("classes of norm ratios", () => {
  it("follow Table 6 of vanishing at and beside its thresholds", () => {
    expect([0, 1e-3, 1.001e-3, 1, 5, 5.01, 13.5].map((ratio) => classOf(ratio))).toEqual([
      "vanishing",
      "vanishing",
      "stable",
      "stable",
      "stable",
      "exploding",
      "exploding",
    ]);
    expect([Number.POSITIVE_INFINITY, Number.NaN].map((ratio) => classOf(ratio))).toEqual([
      "infinite",
      "infinite",
    ]);
    expect(classOf(13.5, figureThresholds)).toBe("stable");
  });

  it("are of whole layers, each against the one before", () => {
    const statistics = [
      layer("layer0.dense.weights", 3),
      layer("layer0.dense.bias", 4),
      activation("layer1.relu", 0.005, 0),
      layer("layer2.dense.weights", 0),
      layer("layer3.dense.weights", 1),
      layer("layer4.dense.weights", 1, { nonFinite: 2 }),
    ];
    expect(layerNorms(statistics).map(({ l2 }) => l2)).toEqual([5, 0.005, 0, 1, 1]);
    const ratios = normRatios(layerNorms(statistics));
    expect(ratios.map((ratio) => ratio.class)).toEqual(["vanishing", "vanishing", "infinite", "infinite"]);
    expect(ratios[0]).toMatchObject({ layer: "layer1.relu", previous: "layer0.dense", ratio: 0.001 });
    expect(epochClasses([{ epoch: 4, layers: statistics }])).toHaveLength(4);
  });
});

describe("an epoch's statistics", () => {
  it("are means over its steps, but the dead share is the last step's", () => {
    const epoch = new EpochStatistics();
    epoch.add([
      { step: 0, layers: [layer("a", 1), activation("b", 2, 0.5)] },
      { step: 1, layers: [layer("a", 3, { updateRatio: 0.03 }), activation("b", 4, 0.25)] },
    ]);
    epoch.add([{ step: 2, layers: [layer("a", 5), activation("b", 0, 0)] }]);
    expect(epoch.steps).toBe(3);
    const [a, b] = epoch.finish();
    expect(a).toMatchObject({ layer: "a", l2: 3, deadShare: null });
    expect(a?.updateRatio).toBeCloseTo(0.05 / 3, 12);
    expect(b).toMatchObject({ l2: 2, deadShare: 0, updateRatio: null, saturation: null });
    expect(epoch.finish()).toEqual([]);
  });
});
