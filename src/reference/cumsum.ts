import type { ScanAttributes } from "../ops/scan_attributes.ts";
import type { Reference } from "./reference.ts";
import { scanLines } from "./scan.ts";

export const reference: Reference<ScanAttributes> = (inputs, attributes) =>
  scanLines(inputs, attributes, 0, (total, value) => total + value);
