import { ShapeError, UsageError } from "../device/errors.ts";
import type { RandomStream } from "../kernels/philox.ts";
import type { Shape } from "../kernels/types.ts";
import { elementCount, formatShape } from "../kernels/types.ts";
import type { Initializer } from "./initializers.ts";

/**
 * A random matrix with orthonormal rows or columns, whichever are fewer, times a gain: all orthogonal matrices are equally
 * likely. Filters are taken as [height · width · inputs, outputs]. Saxe, McClelland and Ganguli, "Exact solutions to the
 * nonlinear dynamics of learning in deep linear neural networks", ICLR 2014. √2 is a gain for ReLU.
 *
 * By Householder's QR decomposition in f64 of a normal matrix, R's diagonal made positive: Mezzadri, "How to generate
 * random matrices from the classical compact groups", 2007.
 * @throws UsageError where the gain is not finite; the initializer ShapeError where there are fewer than two axes
 */
export function orthogonal(gain = 1): Initializer {
  expectGain("orthogonal", gain);
  return (values, shape, stream) => {
    const { rows, columns } = matrixOf("orthogonal", shape);
    const long = Math.max(rows, columns);
    const short = Math.min(rows, columns);
    const q = orthonormalColumns(long, short, stream);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const at = rows >= columns ? column * long + row : row * long + column;
        values[row * columns + column] = gain * (q[at] ?? 0);
      }
    }
  };
}

/**
 * What goes in comes out, times a gain: the identity matrix, and for filters one at the window's centre (floor(size / 2)).
 * Inputs beyond the outputs are dropped, outputs beyond the inputs are 0. Le, Jaitly and Hinton, "A simple way to
 * initialize recurrent networks of rectified linear units", 2015.
 * @throws UsageError where the gain is not finite; the initializer ShapeError where there are fewer than two axes
 */
export function identity(gain = 1): Initializer {
  expectGain("identity", gain);
  return (values, shape) => {
    matrixOf("identity", shape);
    const [inputs = 1, outputs = 1] = shape.slice(-2);
    const centre = shape.slice(0, -2).reduce((at, size) => at * size + Math.floor(size / 2), 0);
    values.fill(0);
    for (let channel = 0; channel < Math.min(inputs, outputs); channel++) {
      values[(centre * inputs + channel) * outputs + channel] = gain;
    }
  };
}

function expectGain(where: string, gain: number): void {
  if (Number.isFinite(gain)) return;
  throw new UsageError({ where, problem: "wrong gain", got: String(gain), expected: "a finite number" });
}

function matrixOf(where: string, shape: Shape): { rows: number; columns: number } {
  const columns = shape.at(-1);
  if (shape.length >= 2 && columns !== undefined) return { rows: elementCount(shape.slice(0, -1)), columns };
  const expected = "weights or filters, of two axes or more";
  throw new ShapeError({ where, problem: "this is no matrix", got: formatShape(shape), expected });
}

/** Column by column: `short` orthonormal vectors of `long` elements, long ≥ short. */
function orthonormalColumns(long: number, short: number, stream: RandomStream): Float64Array {
  const matrix = Float64Array.from({ length: long * short }, () => stream.normal());
  const signs = reflect(matrix, long, short);
  const q = new Float64Array(long * short);
  for (let column = 0; column < short; column++) q[column * long + column] = signs[column] ?? 1;
  // Q is the reflections applied to the first columns of the identity, the last reflection first.
  for (let step = short - 1; step >= 0; step--) {
    const reflector = matrix.subarray(step * long, (step + 1) * long);
    for (let column = step; column < short; column++) {
      mirror(q.subarray(column * long, (column + 1) * long), reflector, step);
    }
  }
  return q;
}

/**
 * Brings a matrix, which lies column by column, to a triangle by reflections I − 2 · u · uᵀ; leaves each unit vector u, from
 * the diagonal on, in its column. Returns the signs of R's diagonal.
 */
function reflect(matrix: Float64Array, long: number, short: number): Int8Array {
  const signs = new Int8Array(short);
  for (let step = 0; step < short; step++) {
    const u = matrix.subarray(step * long, (step + 1) * long);
    let squares = 0;
    for (let row = step; row < long; row++) squares += (u[row] ?? 0) ** 2;
    // The diagonal becomes −sign · length, which cancels nothing.
    const sign = (u[step] ?? 0) < 0 ? -1 : 1;
    signs[step] = -sign;
    const diagonal = u[step] ?? 0;
    const shifted = diagonal + sign * Math.sqrt(squares);
    const length = Math.sqrt(squares - diagonal * diagonal + shifted * shifted);
    u[step] = shifted;
    for (let row = step; row < long; row++) u[row] = length === 0 ? 0 : (u[row] ?? 0) / length;
    for (let column = step + 1; column < short; column++) {
      mirror(matrix.subarray(column * long, (column + 1) * long), u, step);
    }
  }
  return signs;
}

/** x ← x − 2 · (u · x) · u, from an element on. */
function mirror(x: Float64Array, u: Float64Array, from: number): void {
  let product = 0;
  for (let row = from; row < x.length; row++) product += (u[row] ?? 0) * (x[row] ?? 0);
  for (let row = from; row < x.length; row++) x[row] = (x[row] ?? 0) - 2 * product * (u[row] ?? 0);
}
