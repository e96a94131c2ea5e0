import type { AdapterSummary } from "../device/adapter.ts";

/** The adapter's fields in JSON documents. */
export function adapterDocument({ vendor, architecture, description, software }: AdapterSummary) {
  return { vendor, architecture, description, software };
}

/** The adapter in words, with what a software adapter means. */
export function adapterSentence({
  vendor,
  architecture,
  device,
  description,
  software,
  source,
}: AdapterSummary): string {
  const family = [vendor, architecture].filter(Boolean).join(" ");
  const model = description || device;
  if (!software) return [family, model].filter(Boolean).join(", ") || "an adapter without a name";
  const bundled = source === "bundled software adapter" ? "bundled " : "";
  return `${model || family} (${bundled}software adapter, on the processor)`;
}
