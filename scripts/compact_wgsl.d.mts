import type { Plugin } from "esbuild";

export function compactWgsl(source: string): string;
export function compactShaders(): Plugin;
