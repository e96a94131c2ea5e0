/** wgrad in a page or a worker. */
import { loadMnist } from "./data/browser/mnist.ts";
import { csv } from "./data/csv.ts";
import type { MnistDatasets } from "./data/mnist-files.ts";
import { browserPlatform } from "./device/browser.ts";
import { browserTuningStore } from "./device/browser_tuning.ts";
import type { WgradEngine } from "./engine.ts";
import { createEngineFor } from "./engine.ts";

export * from "./index.ts";

/** Opens the browser's adapter. @throws NoAdapterError */
export const createEngine = createEngineFor(browserPlatform, {
  submitMilliseconds: 50,
  tuningStore: browserTuningStore,
});

export interface MnistOptions {
  /** Where the four files are served; `mnist/` beside the page by default. */
  readonly baseUrl?: string | URL;
  readonly signal?: AbortSignal;
}

/** Datasets by name, and of texts. */
export const data = {
  /**
   * MNIST, checked against its published sums. Given an engine, the images go to its device at once, else when they
   * are first used.
   * @throws DataError that says how to serve the files
   */
  async mnist(
    engine?: WgradEngine,
    { baseUrl = "mnist/", signal }: MnistOptions = {},
  ): Promise<MnistDatasets> {
    const mnist = await loadMnist(baseUrl, signal);
    for (const part of [mnist.train, mnist.test]) engine?.upload(part);
    return mnist;
  },
  csv,
};
