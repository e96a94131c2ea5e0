/** wgrad/core in Node. */
import { createCoreEngineFor } from "./core_engine.ts";
import { nodePlatform } from "./device/node.ts";

export * from "./core.ts";

/** Opens a device: a GPU, or a software adapter where there is none. @throws NoAdapterError */
export const createEngine = createCoreEngineFor(nodePlatform);
