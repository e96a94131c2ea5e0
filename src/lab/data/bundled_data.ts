import * as v from "valibot";
import { DataError } from "../../index.browser.ts";
import type { BundledDataset } from "../experiment.ts";
import { type CompactImages, unpackImages } from "./compact_images.ts";

const size = v.object({ count: v.number(), of: v.number() });
const listSchema = v.array(
  v.object({
    name: v.picklist(["mnist", "fashion-mnist"]),
    file: v.string(),
    bytes: v.number(),
    train: size,
    test: size,
  }),
);

/** A dataset that the page's folder has: what to fetch, and how much of the published dataset it is. */
export type BundledEntry = v.InferOutput<typeof listSchema>[number];

/**
 * The datasets that lie beside the page.
 * @param base folder with `datasets.json`; relative to the page, so that it works below any path
 * @throws DataError where the list cannot be fetched
 */
export async function bundledDatasets(
  base = "data/",
  signal?: AbortSignal,
): Promise<readonly BundledEntry[]> {
  const response = await fetched(`${base}datasets.json`, signal);
  const list = v.safeParse(listSchema, await response.json().catch(() => undefined));
  if (list.success) return list.output;
  throw new DataError({ where: `${base}datasets.json`, problem: "no list of datasets" });
}

/** @throws DataError where the page's folder has no such dataset, or its file cannot be fetched or is broken */
export async function loadBundled(
  name: BundledDataset,
  base = "data/",
  signal?: AbortSignal,
): Promise<CompactImages> {
  const list = await bundledDatasets(base, signal);
  const entry = list.find((candidate) => candidate.name === name);
  if (!entry) {
    const expected = list.map((known) => known.name).join(", ") || "none: the page was built without data";
    throw new DataError({
      where: "data",
      problem: "this page does not bring the dataset",
      got: name,
      expected,
    });
  }
  const response = await fetched(base + entry.file, signal);
  return unpackImages(new Uint8Array(await response.arrayBuffer()), entry.file);
}

async function fetched(url: string, signal: AbortSignal | undefined): Promise<Response> {
  let got: string;
  try {
    const response = await fetch(url, { signal: signal ?? null });
    if (response.ok) return response;
    got = `HTTP ${response.status}`;
  } catch (error) {
    // fetch reports every failure of the network as a TypeError.
    if (!(error instanceof TypeError)) throw error;
    got = error.message;
  }
  throw new DataError({ where: `data(${url})`, problem: "the file cannot be fetched", got });
}
