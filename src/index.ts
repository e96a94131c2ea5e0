/** What Node and the browser share of the public API. */
import "./ops/methods.ts";

export { gradient, vectorJacobianProduct } from "./autograd/gradient.ts";
export * as augment from "./data/augmentation/index.ts";
export type { ComputedFeature, CsvOptions } from "./data/csv.ts";
export type { ImageDatasetFields, Normalisation } from "./data/dataset.ts";
export { ImageDataset } from "./data/dataset.ts";
export type {
  Batch,
  Dataset,
  LabelTarget,
  Selectable,
  StoredExamples,
  Target,
  ValueTarget,
} from "./data/dataset_types.ts";
export type { SplitOptions } from "./data/examples.ts";
export { split } from "./data/examples.ts";
export { parseIdx } from "./data/idx.ts";
export type { MnistDatasets } from "./data/mnist-files.ts";
export { normalise } from "./data/normalise.ts";
export type { Standardisation } from "./data/standardise.ts";
export { standardisationOf, standardise, standardiseBy } from "./data/standardise.ts";
export type { TableDatasetFields, TableTargets } from "./data/table_dataset.ts";
export { TableDataset } from "./data/table_dataset.ts";
export type { AdapterSummary } from "./device/adapter.ts";
export * from "./device/errors.ts";
export { nearestNames } from "./device/nearest_names.ts";
export type { OpenOptions } from "./device/open.ts";
export type { EngineOptions } from "./engine.ts";
export { WgradEngine } from "./engine.ts";
export * as ops from "./functions.ts";
export type { Update } from "./graph/graph.ts";
export { inputTensor, State, scalar, stateTensor } from "./graph/leaves.ts";
export { Tensor } from "./graph/tensor.ts";
export { RandomStream } from "./kernels/philox.ts";
export type { StepValues } from "./kernels/step.ts";
export { firstStep } from "./kernels/step.ts";
export type { ProgramVerdict, TunedCandidate, TuningDocument, TuningEntry } from "./kernels/tuning_table.ts";
export { TuningTable } from "./kernels/tuning_table.ts";
export type { DType, Shape, TensorType, TypedArray } from "./kernels/types.ts";
export { spec } from "./kernels/types.ts";
export * as nn from "./nn/index.ts";
export type { Loss } from "./nn/losses.ts";
export * as losses from "./nn/losses.ts";
export * as optim from "./optim/index.ts";
export type { CompileOptions, StepResult } from "./plan/engine.ts";
export { Step } from "./plan/engine.ts";
export type { TuneOptions, TuneProgress, TuneReport } from "./plan/tuning/tune_program.ts";
export * as random from "./random.ts";
export type {
  EarlyStoppingOptions,
  EarlyStoppingState,
  EarlyStoppingVerdict,
} from "./training/early_stopping.ts";
export { EarlyStopping } from "./training/early_stopping.ts";
export type { EvaluateOptions, Evaluation, MeasuredEvaluation } from "./training/evaluation.ts";
export type {
  ImportOptions,
  WeightHolder,
  WeightLayout,
  WeightMap,
  WeightSource,
} from "./training/import_weights.ts";
export { importWeights, weightsInOrder } from "./training/import_weights.ts";
export * as metrics from "./training/metrics/index.ts";
export type { Prediction } from "./training/prediction.ts";
export type { Recipe, RecipeSettings } from "./training/recipes.ts";
export { recipeNamed, recipes } from "./training/recipes.ts";
export { rollingVariance } from "./training/rolling_variance.ts";
export type { SafetensorsDtype, SafetensorsFile, SafetensorsTensor } from "./training/safetensors.ts";
export { readSafetensors, toFloat32, writeSafetensors } from "./training/safetensors.ts";
export type { AugmentationName, TrainingSettings } from "./training/settings.ts";
export { areSettings, augmentationNames, plainSettings, wrongSettings } from "./training/settings.ts";
export * as statistics from "./training/statistics/index.ts";
export { Trainer } from "./training/trainer.ts";
export type * from "./training/trainer_options.ts";
export { trainerOptionsOf } from "./training/trainer_options_of.ts";
export type { SubmitReport } from "./training/training_loop.ts";
