import type { AdapterSummary } from "../device/adapter.ts";

/** The adapter's fields in JSON documents. */
export function adapterDocument({ vendor, architecture, description, software }: AdapterSummary) {
  return { vendor, architecture, description, software };
}

/** The adapter in words, with what a software adapter means. */
export function adapterSentence(adapter: AdapterSummary): string {
  const name = [adapter.vendor, adapter.architecture].filter(Boolean).join(" ");
  const words =
    [name, adapter.description || adapter.device].filter(Boolean).join(", ") || "an adapter without a name";
  if (!adapter.software) return words;
  const which =
    adapter.source === "bundled software adapter" ? "the bundled software adapter" : "a software adapter";
  return `${words}: ${which}, the processor does the work`;
}
