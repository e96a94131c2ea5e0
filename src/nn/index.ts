/** Building blocks of models: `nn.sequential([nn.dense(10)])`. */
export * from "./activations.ts";
export * from "./convolution.ts";
export * from "./dense.ts";
export * from "./dropout.ts";
export * from "./flatten.ts";
export * from "./initializers.ts";
export * from "./learned_activations.ts";
export * from "./line_convolution.ts";
export type { BuildOptions, ForwardContext, Module } from "./module.ts";
export { inference, Layer, Model, statelessModule } from "./module.ts";
export type { ParameterKind } from "./parameters.ts";
export { Parameter, ParameterSet, Scope } from "./parameters.ts";
export * from "./pooling.ts";
export * from "./resizing.ts";
export * from "./sequential.ts";
