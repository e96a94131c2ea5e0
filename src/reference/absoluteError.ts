export const scalar = (prediction: number, target: number): number => Math.abs(prediction - target);
