/** wgrad/core in a page or a worker. */
import { createCoreEngineFor } from "./core_engine.ts";
import { browserPlatform } from "./device/browser.ts";

export * from "./core.ts";

/** Opens the browser's adapter. @throws NoAdapterError */
export const createEngine = createCoreEngineFor(browserPlatform);
