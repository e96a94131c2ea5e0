/** The page: opens the adapter, then trains between Start and Pause. */
import { createEngine, NoAdapterError, type WgradEngine } from "../index.browser.ts";
import { Training } from "./training.ts";
import { LabView } from "./view.ts";

const view = new LabView();

try {
  const engine = await createEngine({ seed: 1 });
  const { name, software } = describe(engine);
  view.showAdapter(name, software);
  new Training(engine, view);
} catch (error) {
  if (!(error instanceof NoAdapterError)) throw error;
  view.showUnsupported(error.message);
}

/** Who computes. Browsers keep back much of an adapter's name, some of them all of it. */
function describe({ device: { adapter } }: WgradEngine): { name: string; software: boolean } {
  const { vendor, architecture, device, description, software } = adapter;
  const name = description || [vendor, architecture, device].filter(Boolean).join(" ");
  return { name: name || "a GPU that the browser does not name", software };
}
