/** In the order in which they run; some run again after others. */
export const passNames = [
  "deadCode",
  "simplify",
  "commonSubexpressions",
  "fuseLossGradient",
  "maskBeforeUnpooling",
  "measureBeforeUnpooling",
  "splitScans",
  "splitSoftmaxes",
  "splitReductions",
  "fuseElementwise",
  "fuseEpilogue",
  "winograd",
  "lowerConvolution",
  "splitMatmuls",
] as const;

export type PassName = (typeof passNames)[number];
