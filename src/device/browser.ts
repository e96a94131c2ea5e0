import type { Attempt, OpenOptions, Platform } from "./open.ts";

/** The browser's adapters, in a page and in a worker alike. */
export const browserPlatform: Platform = {
  name: "the browser",
  help:
    "use a browser with WebGPU (Chrome or Edge 113, Safari 26, Firefox 141, or later) over https or localhost, with " +
    "hardware acceleration switched on",
  async *attempts(options: OpenOptions): AsyncIterable<Attempt> {
    const gpu = (globalThis.navigator as Partial<Navigator> | undefined)?.gpu;
    if (!gpu) {
      const secure = globalThis.isSecureContext === false ? "; this page is not a secure context" : "";
      yield { what: "navigator.gpu", adapter: null, problem: `it is not there${secure}` };
      return;
    }
    if (options.adapter !== "software") {
      const request = { powerPreference: options.powerPreference ?? "high-performance" } as const;
      yield await attempt("the browser's adapter", gpu, request);
    }
    yield await attempt("the browser's fallback adapter", gpu, { forceFallbackAdapter: true });
    // Where software is all there is, it may come to a plain request only.
    if (options.adapter === "software") yield await attempt("the browser's adapter", gpu, {});
  },
};

async function attempt(what: string, gpu: GPU, request: GPURequestAdapterOptions): Promise<Attempt> {
  try {
    return { what, adapter: await gpu.requestAdapter(request) };
  } catch (error) {
    return { what, adapter: null, problem: error instanceof Error ? error.message : String(error) };
  }
}
