import { describe, expect, test } from "vitest";
import type { CsvOptions } from "../../src/data/csv.ts";
import { csv } from "../../src/data/csv.ts";
import { ImageDataset } from "../../src/data/dataset.ts";
import { split } from "../../src/data/examples.ts";
import { GpuDataset } from "../../src/data/gpu_dataset.ts";
import { normalise } from "../../src/data/normalise.ts";
import { standardisationOf, standardise, standardiseBy } from "../../src/data/standardise.ts";
import { TableDataset } from "../../src/data/table_dataset.ts";
import { DataError, UsageError } from "../../src/device/errors.ts";
import { firstStep } from "../../src/kernels/step.ts";
import { ignoredLabel } from "../../src/ops/labels.ts";
import { evaluateOnCpu } from "../../src/reference/executor.ts";
import { toyImages } from "../support/toy_images.ts";
import { toyTable } from "../support/toy_tables.ts";

const flowers = (labels: readonly number[]) =>
  new TableDataset({
    name: "flowers",
    features: Float32Array.from({ length: labels.length * 2 }, (_, at) => at),
    featureNames: ["length", "width"],
    targets: { kind: "labels", classes: ["rose", "tulip"], labels: Uint32Array.from(labels) },
  });

describe("TableDataset", () => {
  test("its batches are its rows in the order; the last one is filled up", () => {
    const table = toyTable(7);
    const { x, y, present } = new GpuDataset(table).batch(4, "plain");
    if (!present) throw new Error("a batch of values says which are there");
    expect([x.shape, y.shape]).toEqual([
      [4, 3],
      [4, 1],
    ]);
    const step = { ...firstStep, batchStart: 4 };
    const [features, values, there] = evaluateOnCpu([x, y, present], { step });
    expect([...(features ?? [])]).toEqual([...table.features.subarray(12), 0, 0, 0]);
    const targets = table.targets.kind === "values" ? table.targets.values : [];
    expect([...(values ?? [])]).toEqual([...targets.slice(4), 0]);
    expect([...(there ?? [])]).toEqual([1, 1, 1, 0]);
  });

  test("labels past the end are ignored ones", () => {
    const { x, y, present } = new GpuDataset(flowers([1, 0, 1])).batch(2, "plain");
    expect(present).toBeUndefined();
    const [features, labels] = evaluateOnCpu([x, y], { step: { ...firstStep, batchStart: 2 } });
    expect([...(features ?? [])]).toEqual([4, 5, 0, 0]);
    expect([...(labels ?? [])]).toEqual([1, ignoredLabel]);
  });

  test("knows means and variances of its targets, far from 0 too", () => {
    const { target, targets } = toyTable(500, { offset: 1e6 });
    if (target.kind !== "values" || targets.kind !== "values") throw new Error("values");
    const mean = targets.values.reduce((sum, value) => sum + value, 0) / 500;
    const variance = targets.values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 500;
    expect(target.means[0]).toBeCloseTo(mean, 6);
    expect((target.variances[0] ?? 0) / variance).toBeCloseTo(1, 9);
  });

  test("refuses what does not fit, with row and column", () => {
    const fields = toyTable(4);
    const { name, featureNames, targets } = fields;
    const of = (features: Float32Array) => () => new TableDataset({ name, features, featureNames, targets });
    expect(of(fields.features.subarray(1))).toThrow(/do not fit/);
    expect(of(new Float32Array())).toThrow(/no rows/);
    const broken = Float32Array.from(fields.features);
    broken[7] = Number.NaN;
    expect(of(broken)).toThrow(/row 3, column b/);
    expect(() => flowers([0, 2])).toThrow(/label of row 2/);
    expect(() => fields.take(0)).toThrow(UsageError);
    expect(fields.take(2).features).toEqual(fields.features.subarray(0, 6));
    expect(flowers([0, 1, 1]).take(2).count).toBe(2);
  });
});

describe("split", () => {
  test("gives every row to one part, by the seed", () => {
    const table = toyTable(50);
    const { train, validation } = split(table, { validation: 0.2, seed: 3 });
    expect([train.count, validation.count]).toEqual([40, 10]);
    const firsts = (of: TableDataset) => [...of.features].filter((_, at) => at % 3 === 0);
    expect([...firsts(train), ...firsts(validation)].sort()).toEqual(firsts(table).sort());
    expect(split(table, { validation: 0.2, seed: 3 }).validation.features).toEqual(validation.features);
    expect(split(table, { validation: 0.2, seed: 4 }).validation.features).not.toEqual(validation.features);
    expect(split(table, { validation: 0.001 }).validation.count).toBe(1);
    expect(() => split(table, { validation: 1 })).toThrow(/share/);
    expect(() => split(table.take(1), { validation: 0.5 })).toThrow(/too few/);
  });

  test("of images, keeps each with its label", () => {
    const images = toyImages(20);
    const { validation } = split(images, { validation: 0.5 });
    for (let at = 0; at < validation.count; at++) {
      const own = validation.images.subarray(at * 30, (at + 1) * 30).join();
      const found = Array.from({ length: 20 }, (_, of) => of).find(
        (of) => images.images.subarray(of * 30, (of + 1) * 30).join() === own,
      );
      expect(validation.labels[at]).toBe(images.labels[found ?? -1]);
    }
  });
});

describe("standardise", () => {
  test("tables: mean 0 and variance 1 of the training split, the same for the others", () => {
    const [train, test] = [toyTable(300), toyTable(40, { seed: 9 })];
    const done = standardise(train, test);
    const { means, standardDeviations } = standardisationOf(done.train);
    means.forEach((mean, at) => {
      expect(mean).toBeCloseTo(0, 6);
      expect(standardDeviations[at]).toBeCloseTo(1, 6);
    });
    const [mean = 0] = done.standardisation.means;
    const [deviation = 0] = done.standardisation.standardDeviations;
    expect(done.others[0]?.features[3]).toBeCloseTo(((test.features[3] ?? 0) - mean) / deviation, 6);
    expect(done.train.targets).toEqual(train.targets);
    expect(() => standardiseBy(test, { means: [0], standardDeviations: [1] })).toThrow(DataError);
  });

  test("what does not vary is only centred", () => {
    const { featureNames, targets } = toyTable(2);
    const table = new TableDataset({
      name: "flat",
      features: new Float32Array(6).fill(7),
      featureNames,
      targets,
    });
    expect([...standardise(table).train.features]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test("images: per channel, on the device as on the host", () => {
    const pixels = Uint8Array.from({ length: 5 * 12 }, (_, at) => (at * 37 + (at % 3) * 60) % 256);
    const images = new ImageDataset({
      name: "coloured",
      images: pixels,
      labels: new Uint8Array(5),
      shape: [2, 2, 3],
      classes: ["only"],
      normalisation: { mean: 0, standardDeviation: 1 },
    });
    const { train } = standardise(images);
    const host = normalise(train.images, train.normalisation, 3);
    for (const channel of [0, 1, 2]) {
      const own = host.filter((_, at) => at % 3 === channel);
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
      expect(mean).toBeCloseTo(0, 5);
      expect(own.reduce((sum, value) => sum + value ** 2, 0) / own.length).toBeCloseTo(1, 5);
    }
    const { x } = new GpuDataset(train).batch(5, "plain");
    const [device] = evaluateOnCpu([x], { step: firstStep });
    device?.forEach((value, at) => {
      expect(value).toBeCloseTo(host[at] ?? Number.NaN, 5);
    });
    expect(() => images.withNormalisation({ mean: [0, 0], standardDeviation: 1 })).toThrow(/each channel/);
  });
});

describe("csv", () => {
  const text = 'a,b,"the ""c""",kind\r\n1,2.5,3,x\r\n\r\n-4e2,5,6,"y, z"\n7,8,9,x';

  test("reads columns of numbers, with quotes and either line end", () => {
    const table = csv(text, { target: "b", without: ["kind"] });
    expect(table.featureNames).toEqual(["a", 'the "c"']);
    expect([...table.features]).toEqual([1, 3, -400, 6, 7, 9]);
    expect(table.targets).toEqual({ kind: "values", names: ["b"], values: Float32Array.of(2.5, 5, 8) });
  });

  test("reads classes, chosen and computed features", () => {
    const sum = { name: "sum", of: (row: (column: string) => number) => row("a") + row("b") };
    const table = csv(text, { labels: "kind", features: ["b", sum] });
    expect(table.featureNames).toEqual(["b", "sum"]);
    expect([...table.features]).toEqual([2.5, 3.5, 5, -395, 8, 15]);
    expect(table.targets).toEqual({
      kind: "labels",
      classes: ["x", "y, z"],
      labels: Uint32Array.of(0, 1, 0),
    });
  });

  test("drops rows with empty fields where it is told to", () => {
    const gaps = "a,b\n1,2\n,3\n4,5\n";
    expect(csv(gaps, { target: "b", missing: "drop" }).count).toBe(2);
    const twice = { name: "twice", of: (row: (column: string) => number) => 2 * row("a") };
    expect([...csv(gaps, { target: "b", features: [twice], missing: "drop" }).features]).toEqual([2, 8]);
    expect(() =>
      csv("a,b\n0,1\n", { target: "b", features: [{ name: "c", of: (row) => 1 / row("a") }] }),
    ).toThrow(/row 1, column c: what was computed is not finite/);
    expect(() => csv(gaps, { target: "b" })).toThrow(/row 2, column a: the field is empty/);
  });

  const wrong: readonly [string, string, CsvOptions, RegExp][] = [
    ["a word", "a,b\n1,2\n3,four\n", { target: "b" }, /row 2, column b: the field is no number; got "four"/],
    ["an overflow", "a,b\n1e39,2\n", { target: "b" }, /row 1, column a/],
    ["a short row", "a,b\n1,2\n3\n", { target: "b" }, /row 2 has another number of fields.*got 1/],
    ["an unknown column", "a,b\n1,2\n", { target: "c" }, /no such column; got c; expected a, b/],
    ["an unknown column left out", "a,b\n1,2\n", { target: "a", without: ["c"] }, /no such column/],
    ["a name twice", "a,a\n1,2\n", { target: "a" }, /two columns have one name/],
    ["an open quote", 'a,b\n1,"2\n', { target: "b" }, /line 2: a quote is not closed/],
    ["text behind a quote", 'a,b\n1,"2"3\n', { target: "b" }, /line 2: something follows/],
    ["no rows", "a,b\n", { target: "b" }, /no rows/],
    ["nothing", "", { target: "b" }, /no such column/],
    ["no target", "a,b\n1,2\n", {}, /what is predicted/],
    ["two targets", "a,b\n1,2\n", { target: "a", labels: "b" }, /what is predicted/],
    ["no feature left", "b\n2\n", { target: "b" }, /no features/],
  ];
  test.each(wrong)("refuses %s", (_, given, options, message) => {
    expect(() => csv(given, options)).toThrow(message);
  });
});
