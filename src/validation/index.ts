/** What a spec file imports: `import type { KernelSpec } from "wgrad/validation"`. */
export type { Fill, Tolerance } from "./case.ts";
export type { KernelSpec, SpecInput, SpecOutput } from "./spec/kernel_spec.ts";
