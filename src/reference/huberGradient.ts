export const scalar = (prediction: number, target: number, delta: number): number => {
  const error = prediction - target;
  return Math.abs(error) > delta ? Math.sign(error) * delta : error;
};
