import { kernelFacts, kernelFiles, shaderSources, stepLayout } from "../../kernels/every_shader.ts";
import type { CheckItem } from "../outcome.ts";
import { itemName } from "../outcome.ts";
import { raceSizes } from "./race_sizes.ts";
import { findRaces, usesWorkgroupMemory } from "./races.ts";
import { expand, parseShaderFile } from "./shader_files.ts";

/** Each kernel with workgroup memory, run by an interpreter at tiny sizes: a missing barrier seldom shows in results. */
export function* raceSuite(): Generator<CheckItem> {
  const files = new Map(
    Object.entries(shaderSources()).map(([name, source]) => [
      name,
      parseShaderFile(name, `shaders/${name}.wgsl`, source),
    ]),
  );
  for (const name of kernelFiles()) {
    const file = files.get(name);
    if (!file) throw new Error(`internal: no source of ${name}`);
    const expanded = expand(file, files);
    if (!usesWorkgroupMemory(expanded)) continue;
    const [op = name] = name.split("/");
    yield {
      kind: "races",
      op,
      case: name,
      variant: "races",
      name: itemName(op, name, "races"),
      subject: `shaders/${name}.wgsl`,
      kernel: null,
      file: null,
      prepare: async () => undefined,
      async check() {
        const races = findRaces(file, kernelFacts(name), expanded, stepLayout, raceSizes[name]);
        if (races.length > 0) throw new Error(races.join("; "));
        return { worst: 0, failures: [] };
      },
    };
  }
}
