import { DeviceError, OutOfMemoryError, type WgradError } from "./errors.ts";

/**
 * The first thing that went wrong for good on a device, and everyone who waits on it.
 * A set of rejecters and not `Promise.race` against one long-lived promise: each race would leave a reaction on it
 * for ever, and a training loop guards a promise a step.
 */
export class Failure {
  #error: WgradError | undefined;
  readonly #waiting = new Set<(error: WgradError) => void>();

  get error(): WgradError | undefined {
    return this.#error;
  }

  /** Records the first failure and rejects everyone who waits; later ones are consequences and are dropped. */
  fail(error: WgradError): void {
    if (this.#error) return;
    this.#error = error;
    for (const reject of this.#waiting) reject(error);
    this.#waiting.clear();
  }

  /** Throws the failure, if there was one. */
  check(): void {
    if (this.#error) throw this.#error;
  }

  /** The promise's value, unless the device fails first or had failed by the time it came. */
  guard<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#error) {
        promise.catch(() => {}); // its own rejection would otherwise count as unhandled
        reject(this.#error);
        return;
      }
      this.#waiting.add(reject);
      promise.then(
        (value) => {
          this.#waiting.delete(reject);
          if (this.#error) reject(this.#error);
          else resolve(value);
        },
        (error: unknown) => {
          this.#waiting.delete(reject);
          reject(this.#error ?? error);
        },
      );
    });
  }
}

/** Turns an error of WebGPU into one of ours. */
export function typedError(where: string, error: GPUError): DeviceError {
  const kind = error.constructor.name;
  const problem = error.message.trim();
  if (kind === "GPUOutOfMemoryError") {
    return new OutOfMemoryError(
      { where, problem: problem || "the device is out of memory" },
      { cause: error },
    );
  }
  const word = kind === "GPUInternalError" ? "internal error" : "validation error";
  return new DeviceError({ where, problem: `${word}: ${problem}` }, { cause: error });
}
