import type { ImageDataset, TableDataset } from "../../index.browser.ts";
import { DataError, data, split, standardisationOf, standardiseBy } from "../../index.browser.ts";
import { imagesOfIdx } from "./idx_files.ts";
import { decodeImage, type ImageDecoder, imagesInFolders } from "./image_folders.ts";

/** The visitor's own examples. Where the files have no test part, a fifth is held back for it. */
export interface OwnData {
  readonly train: ImageDataset | TableDataset;
  readonly test: ImageDataset | TableDataset;
}

/** Files above this together are refused before they are read: a page cannot hold them. */
export const mostBytes = 2 * 1024 ** 3 - 1;
const heldBack = { validation: 0.2 };

/**
 * A dataset of dropped or chosen files: pairs of idx files, a CSV table whose classes stand in its column `label`, `class`,
 * `target` or `species`, else its last, or images in folders named after their classes.
 * @param name of the dataset, for messages
 * @throws DataError that names the file and what is wrong with it
 */
export async function readOwnData(
  name: string,
  files: readonly File[],
  decode: ImageDecoder = decodeImage,
): Promise<OwnData> {
  expectSize(name, files);
  const [first] = files;
  if (!first) throw new DataError({ where: name, problem: "no files" });
  if (files.some((file) => /\.csv$/i.test(file.name))) {
    if (files.length === 1) return tableOf(first);
    const got = `${files.length} files`;
    throw new DataError({ where: name, problem: "a table is one file", got, expected: "one CSV file" });
  }
  if (files.some((file) => /idx\d-ubyte/i.test(file.name))) {
    const { train, test } = await imagesOfIdx(name, files);
    return test ? { train, test } : inTwo(train);
  }
  return inTwo(await imagesInFolders(name, files, decode));
}

function expectSize(name: string, files: readonly File[]): void {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes <= mostBytes) return;
  const where = files.length === 1 ? (files[0]?.name ?? name) : name;
  throw new DataError({
    where,
    problem: "too large for a page",
    got: `${(bytes / 1e9).toFixed(1)} GB`,
    expected: "less than 2 GB",
    hint: "train in Node, or on fewer examples",
  });
}

async function tableOf(file: File): Promise<OwnData> {
  const text = await file.text();
  const [header = ""] = text.split(/\r?\n/, 1);
  const columns = header.split(",").map((column) => column.replace(/^\ufeff?\s*"?|"?\s*$/g, ""));
  const labels =
    columns.find((column) => /^(label|class|target|species)$/i.test(column)) ?? columns.at(-1) ?? "";
  const { train, validation: test } = split(data.csv(text, { name: file.name, labels }), heldBack);
  // By the training part alone: the test part is what nobody has seen.
  const standardisation = standardisationOf(train);
  return { train: standardiseBy(train, standardisation), test: standardiseBy(test, standardisation) };
}

function inTwo(images: ImageDataset): OwnData {
  const { train, validation: test } = split(images, heldBack);
  return { train, test };
}
