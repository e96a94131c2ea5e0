export const scalar = (prediction: number, target: number, delta: number): number => {
  const error = Math.abs(prediction - target);
  return error > delta ? delta * (error - delta / 2) : error ** 2 / 2;
};
