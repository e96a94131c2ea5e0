import type { KernelRequest } from "../kernels/kernel.ts";
import type { Shape } from "../kernels/types.ts";
import type { DrawAttributes, StreamOptions } from "./random_draw.ts";
import { drawVectors, expectDraw, expectFinite } from "./random_draw.ts";

export interface NormalOptions extends StreamOptions {
  /** 0 by default. */
  readonly mean?: number | undefined;
  /** 1 by default. */
  readonly standardDeviation?: number | undefined;
}

export interface NormalAttributes extends DrawAttributes {
  readonly mean: number;
  readonly standardDeviation: number;
}

/** Fills the defaults. @throws UsageError where an option or the shape is out of range */
export function normalAttributes(where: string, shape: Shape, options: NormalOptions): NormalAttributes {
  const { stream, mean = 0, standardDeviation = 1 } = options;
  expectDraw(where, shape, stream);
  expectFinite(where, { mean, standardDeviation });
  return { shape, stream, mean, standardDeviation };
}

export function normalParams(request: KernelRequest<NormalAttributes>) {
  const { stream, mean, standardDeviation } = request.attributes;
  return { vectors: drawVectors(request), stream, mean, deviation: standardDeviation };
}
