// The numbers of the WebGPU specification. Node has no global GPUBufferUsage, and these never change.

/** `GPUBufferUsage`, also where it is no global. */
export const BufferUsage = {
  MAP_READ: 0x1,
  MAP_WRITE: 0x2,
  COPY_SRC: 0x4,
  COPY_DST: 0x8,
  INDEX: 0x10,
  VERTEX: 0x20,
  UNIFORM: 0x40,
  STORAGE: 0x80,
  INDIRECT: 0x100,
  QUERY_RESOLVE: 0x200,
} as const;

/** `GPUMapMode`, also where it is no global. */
export const MapMode = { READ: 0x1, WRITE: 0x2 } as const;

/** `GPUShaderStage`, also where it is no global. */
export const ShaderStage = { VERTEX: 0x1, FRAGMENT: 0x2, COMPUTE: 0x4 } as const;
