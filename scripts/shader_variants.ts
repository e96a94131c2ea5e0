/** Complete WGSL that the engine may compile. */
export interface ShaderVariant {
  readonly label: string;
  readonly source: string;
}

/**
 * The hook for the op registry: every variant that an op's cases reach, specialised.
 * Null while there is no registry; the gate then says so.
 */
export const variants: (() => Iterable<ShaderVariant>) | null = null;
