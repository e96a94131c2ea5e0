import type { BrowserGpu } from "../device/node/peer_host.ts";
import type { Spread } from "../device/timing.ts";
import type { Shape } from "../kernels/types.ts";
import type { LayerTask } from "./networks.ts";

/** A tensor in wgrad's layout: images NHWC, filters HWIO, a product's operands row-major. */
export interface PeerTensor {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** The kernels that peers are asked for, by the name of our op. */
export type PeerOp = "matmul" | "conv2d" | "conv2dInputGradient" | "conv2dFilterGradient";

/** One call: a product, or a convolution by stride 1 with padding `same`. */
export interface KernelTask {
  readonly op: PeerOp;
  /** In the op's argument order. */
  readonly inputs: readonly PeerTensor[];
  readonly outputShape: Shape;
}

/** A training step on one batch that stays on the device: forward, mean cross-entropy, gradients, update. */
export interface TrainingTask {
  readonly layers: readonly LayerTask[];
  /** Initial values: weights, then bias, of each layer that has them. */
  readonly parameters: readonly PeerTensor[];
  readonly optimizer: {
    readonly name: string;
    readonly settings: Readonly<Record<string, number | string | boolean>>;
  };
  readonly x: PeerTensor;
  /** For each example its class, below `classes`. */
  readonly y: Uint32Array;
  readonly classes: number;
}

export interface PeerKernel {
  /** One call's result, in our layout. */
  result(): Promise<Float32Array>;
  /** Calls it `count` times back to back, then waits for the device once. */
  run(count: number): Promise<void>;
  release(): void;
}

export interface PeerTraining {
  /** Does the next step and reads its loss, which is that before the update. */
  step(): Promise<number>;
  release(): void;
}

/** Another library, running on our adapter with a device of its own. */
export interface Peer {
  readonly version: string;
  kernel(task: KernelTask): Promise<PeerKernel>;
  training(task: TrainingTask): Promise<PeerTraining>;
  /** Destroys its device. */
  close(): void;
}

/** What `bench/peers/NAME.mjs` exports. */
export interface PeerModule {
  open(host: BrowserGpu): Promise<Peer>;
}

/** A peer that was asked for: running, or the reason why not. */
export type AskedPeer =
  | { readonly name: string; readonly peer: Peer }
  | { readonly name: string; readonly error: string };

/** What peers have to do to be compared with a row, and how their answer is judged: what is wrong with it, or null. */
export type Comparison =
  | {
      readonly kind: "kernel";
      task(): KernelTask;
      check(result: Float32Array): string | null;
    }
  | {
      readonly kind: "training";
      task(): TrainingTask;
      /** Of the first steps, from the initial parameters. */
      check(losses: readonly number[]): string | null;
    };

/** A peer beside one of our rows. */
export interface PeerResult {
  /** Of one run: of kernels many back to back, of a training step one with its loss read. Null where the result is wrong. */
  readonly milliseconds: Spread | null;
  /** The peer's median by ours, measured the same way: above 1, we are faster. */
  readonly ratio: number | null;
  /** The library's, where it started. */
  readonly version: string | null;
  /** Why there is no time; only where there is none. */
  readonly error?: string;
}
