/** A task for programs whose size is measured: which of ten directions a vector of 20 numbers is nearest to. */
export const [features, classes, batch] = [20, 10, 64];

export const featureNames = Array.from({ length: features }, (_, index) => `x${index}`);
export const classNames = Array.from({ length: classes }, (_, index) => `${index}`);

/** Values in rows, and the label of each row. */
export function examples(): { x: Float32Array<ArrayBuffer>; y: Uint32Array<ArrayBuffer> } {
  const x = new Float32Array(batch * features);
  const y = new Uint32Array(batch);
  for (let row = 0; row < batch; row++) {
    y[row] = row % classes;
    for (let column = 0; column < features; column++)
      x[row * features + column] =
        (column % classes === row % classes ? 1 : 0) + Math.sin(row * 7 + column) / 4;
  }
  return { x, y };
}
