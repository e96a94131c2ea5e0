import type { StatisticsRowAttributes } from "../ops/statisticsRow.ts";
import type { HostTensor, Reference } from "./reference.ts";
import { input } from "./reference.ts";
import { elementsOf, numberOf, rowsOf } from "./tally.ts";

const largest = 3.4028234e38;
const [tensorPartWidth, parameterPartWidth, entryWidth] = [8, 12, 8];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export const reference: Reference<StatisticsRowAttributes> = (inputs, { entries, rows }, { step }) => {
  const [parts, units] = [input(inputs, 0), input(inputs, 1)];
  const ring = Float64Array.from(input(inputs, 3).data);
  const row = (step.index % rows) * entries * entryWidth;
  rowsOf(input(inputs, 2)).forEach((about, entry) => {
    const values = about[0] === 2 ? ofUnits(parts, units, about) : ofTensor(parts, about);
    ring.set(values, row + entry * entryWidth);
  });
  return [ring];
};

function ofTensor(parts: HostTensor, [kind = 0, first = 0, count = 0, bits = 0]: readonly number[]) {
  const width = kind === 1 ? parameterPartWidth : tensorPartWidth;
  const elements = numberOf(bits);
  const found = Array.from({ length: count }, (_, part) =>
    elementsOf(parts, 4 * first + part * width, width),
  );
  const total = (column: number) => sum(found.map((part) => part[column] ?? 0));
  const mean = (column: number) =>
    sum(found.map((part) => ((part[0] ?? 0) / elements) * (part[column] ?? 0)));
  const root = (column: number) =>
    Math.sqrt(sum(found.map((part) => ((part[0] ?? 0) / elements) * (part[column] ?? 0) ** 2)));
  const zeros = elements - total(0);
  const [weight, update] = kind === 1 ? [root(8), root(9)] : [0, 0];
  const ratio = update === 0 ? 0 : Math.min(update / weight, largest);
  const maximum = Math.max(0, ...found.map((part) => part[4] ?? 0));
  const shares = [(total(5) + zeros) / elements, (total(6) + zeros) / elements];
  return [mean(1), mean(2), root(3), maximum, ...shares, total(7), kind === 1 ? ratio : elements];
}

function ofUnits(parts: HostTensor, units: HostTensor, about: readonly number[]) {
  const [, first = 0, count = 0, , unit = 0, all = 0] = about;
  const pairs = elementsOf(parts, 2 * first, 2 * count);
  const [ends, elements] = [0, 1].map((column) => sum(pairs.filter((_, index) => index % 2 === column)));
  const alive = sum(elementsOf(units, unit, all));
  return [(all - alive) / all, (ends ?? 0) / Math.max(1, elements ?? 0), 0, 0, 0, 0, 0, 0];
}
