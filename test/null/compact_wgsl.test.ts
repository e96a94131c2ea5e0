/** What the package ships of a shader is the shader: the same tokens, and what the specialiser looks for at the same places. */
import { expect, test } from "vitest";
import { compactWgsl } from "../../scripts/compact_wgsl.mjs";
import { shaderSources } from "../../src/kernels/every_shader.ts";
import { withoutComments } from "../../src/validation/static/shader_files.ts";

const sources = Object.entries(shaderSources());

const tokens = (source: string): string[] => withoutComments(source).split(/\s+/).filter(Boolean);

/** Lines that are looked for by how they begin. */
const marked = (source: string): string[] =>
  source
    .split("\n")
    .flatMap((line) =>
      /^(const|alias|enable|fn|\/\/!|\})/.test(line) ? [line.replace(/ *\/\/[^!].*/, "")] : [],
    );

test.each(sources)("%s", (_, source) => {
  const compact = compactWgsl(source);
  expect(tokens(compact)).toEqual(tokens(source));
  expect(marked(compact)).toEqual(marked(source));
  expect(compact.length).toBeLessThan(source.length);
});
