/**
 * The engine for pages that count bytes: no methods on tensors, no trainer on the engine, so that a bundler leaves out all that is
 * not named. Functions of tensors are in `wgrad/ops`, layers in `wgrad/nn`, losses in `wgrad/losses`, optimizers in `wgrad/optim`.
 */
export { gradient, vectorJacobianProduct } from "./autograd/gradient.ts";
export { ImageDataset } from "./data/dataset.ts";
export { split } from "./data/examples.ts";
export { TableDataset } from "./data/table_dataset.ts";
export * from "./device/errors.ts";
export type { OpenOptions } from "./device/open.ts";
export type { Update } from "./graph/graph.ts";
export { constantTensor, inputTensor, State, scalar, stateTensor } from "./graph/leaves.ts";
export { Tensor } from "./graph/tensor.ts";
export { RandomStream } from "./kernels/philox.ts";
export type { StepValues } from "./kernels/step.ts";
export { firstStep } from "./kernels/step.ts";
export type { DType, Shape, TensorType, TypedArray } from "./kernels/types.ts";
export { spec } from "./kernels/types.ts";
export type { CompileOptions, Engine, StepResult } from "./plan/engine.ts";
export { Step } from "./plan/engine.ts";
export { createTrainer } from "./training/create_trainer.ts";
export type { Trainer } from "./training/trainer.ts";
export type * from "./training/trainer_options.ts";
