import { ceilDivide } from "./types.ts";

/** WebGPU's default limit of workgroups in one dimension of a dispatch. */
export const maxWorkgroupsPerDimension = 65_535;

/**
 * Folds a one-dimensional grid into x and y; `lib/grid.wgsl` unfolds it. Beyond the limit, a dispatch would be
 * dropped with no more than a printed message.
 */
export function foldGrid(workgroups: number): [x: number, y: number] {
  if (workgroups <= maxWorkgroupsPerDimension) return [workgroups, 1];
  const y = ceilDivide(workgroups, maxWorkgroupsPerDimension);
  if (y > maxWorkgroupsPerDimension) throw new Error(`internal: ${workgroups} workgroups fit no dispatch`);
  return [ceilDivide(workgroups, y), y];
}
