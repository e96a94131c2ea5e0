import { ShaderError, type ShaderMessage } from "./errors.ts";

/**
 * Compiles WGSL with the entry point `main` into a pipeline. Rejects with a ShaderError that shows the lines; also
 * where the shader is right and the layout does not fit it.
 */
export async function compilePipeline(
  gpu: GPUDevice,
  label: string,
  source: string,
  layout: GPUPipelineLayout,
): Promise<GPUComputePipeline> {
  // Popped before anything is awaited: see scopes.ts. The pipeline's own error comes by its promise.
  gpu.pushErrorScope("validation");
  const module = gpu.createShaderModule({ label, code: source });
  const scope = gpu.popErrorScope();
  const made = gpu.createComputePipelineAsync({ label, layout, compute: { module, entryPoint: "main" } });
  const [pipeline, broken] = await Promise.all([
    made.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))),
    scope,
  ]);
  if (!(pipeline instanceof Error) && !broken) return pipeline;
  const detail = pipeline instanceof Error ? pipeline.message : "";
  throw new ShaderError(label, source, await messagesOf(module), broken?.message ?? detail);
}

async function messagesOf(module: GPUShaderModule): Promise<ShaderMessage[]> {
  const info = await module.getCompilationInfo();
  return info.messages.map(({ type, lineNum, linePos, message }) => ({
    type,
    line: lineNum,
    column: linePos,
    message,
  }));
}
