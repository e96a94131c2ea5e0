export const scalar = (logit: number, target: number, positiveWeight: number): number =>
  positiveWeight * target * softplus(-logit) + (1 - target) * softplus(logit);

const softplus = (x: number) => Math.log1p(Math.exp(-Math.abs(x))) + (x < 0 ? 0 : x);
