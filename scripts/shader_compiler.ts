/** Compiles WGSL with Dawn's null backend: full validation, no adapter, nothing runs. */
import { create } from "webgpu";

export interface ShaderCompiler {
  /** @returns what the compiler has against the source; nothing for warnings */
  compile(label: string, source: string, isKernel: boolean): Promise<CompilerMessage[]>;
  close(): void;
}

export interface CompilerMessage {
  readonly line: number;
  readonly text: string;
}

export async function openShaderCompiler(): Promise<ShaderCompiler> {
  // Held for the life of the device: where nothing holds it, the process dies.
  const gpu = create(["backend=null"]);
  const adapter = await gpu.requestAdapter();
  if (adapter === null) throw new Error("the null backend has no adapter");
  const features = [...adapter.features] as GPUFeatureName[];
  const device = await adapter.requestDevice({ requiredFeatures: features.filter(isShaderFeature) });
  return {
    compile: (label, source, isKernel) => compile(device, label, source, isKernel),
    close() {
      device.destroy();
      void gpu;
    },
  };
}

function isShaderFeature(feature: GPUFeatureName): boolean {
  return feature === "shader-f16" || feature === "subgroups";
}

async function compile(device: GPUDevice, label: string, source: string, isKernel: boolean) {
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ label, code: source });
  const { messages } = await module.getCompilationInfo();
  const errors: CompilerMessage[] = messages
    .filter((message) => message.type === "error")
    .map((message) => ({ line: message.lineNum, text: message.message }));
  // The pipeline knows what the module does not: workgroup sizes and memory, and the limits of bindings.
  if (isKernel && errors.length === 0)
    device.createComputePipeline({ label, layout: "auto", compute: { module, entryPoint: "main" } });
  const scoped = await device.popErrorScope();
  if (scoped !== null && errors.length === 0) errors.push({ line: 1, text: scoped.message });
  return errors;
}
