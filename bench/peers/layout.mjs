// Moving tensors between layouts, on the processor and before anything is timed.

/** @typedef {{ readonly shape: readonly number[], readonly values: Float32Array }} Tensor */

/**
 * @param {Tensor} tensor
 * @param {readonly number[]} axes for each axis of the result, the tensor's axis it is
 * @returns {Tensor}
 */
export function transpose({ shape, values }, axes) {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const moved = new Float32Array(values.length);
  const sizes = axes.map((axis) => shape[axis]);
  const steps = axes.map((axis) => strides[axis]);
  const place = new Array(axes.length).fill(0);
  let from = 0;
  for (let to = 0; to < moved.length; to++) {
    moved[to] = values[from];
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      place[axis]++;
      if (place[axis] < sizes[axis]) break;
      from -= steps[axis] * sizes[axis];
      place[axis] = 0;
    }
  }
  return { shape: sizes, values: moved };
}

/**
 * A dense layer's weights behind a flattened image: rows in the order of NHWC to rows in the order of NCHW.
 * @param {Tensor} weights [height · width · channels, units]
 * @param {readonly number[]} image [height, width, channels]
 * @returns {Tensor}
 */
export function flattenedRows({ shape, values }, [height, width, channels]) {
  const moved = transpose({ shape: [height, width, channels, shape[1]], values }, [2, 0, 1, 3]);
  return { shape, values: moved.values };
}
