/** Every op has its reference, its cases, its shader and its line in the registry. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { ops as registered } from "../src/ops/registry.ts";
import { withoutComments } from "../src/validation/static/shader_files.ts";
import { Gate } from "./gate.ts";

interface OpFile {
  readonly name: string;
  /** False where the op only changes how storage is looked at. */
  readonly needsShader: boolean;
}

/** A file defines an op when it exports a `…Op`, or the answer of `defineOp` or its like; their definitions do not. */
const defines = /^export const (\w+Op\b|\w+[^=\n]*=\s*define(?!Kernel\b)[A-Z]\w*\s*[<(])/m;
/** Ops that move nothing themselves. */
const withoutKernel = /\bkind:\s*"(view|leaf|pack)"/;

const ops = existsSync("src/ops")
  ? readdirSync("src/ops")
      .filter((path) => path.endsWith(".ts"))
      .flatMap(readOp)
  : [];
const registry = existsSync("src/ops/registry.ts")
  ? withoutComments(readFileSync("src/ops/registry.ts", "utf8"))
  : "";

const gate = new Gate("coverage gate");
gate.each("reference", ops, (op) => missing(op, [`src/reference/${op.name}.ts`]));
gate.each("cases", ops, (op) => missing(op, [`src/validation/cases/${op.name}.ts`]));
gate.each("shader", ops, function* (op) {
  if (!op.needsShader || hasShader(op.name)) return;
  yield `${op.name}: no shaders/${op.name}.wgsl, shaders/${op.name}/*.wgsl or shaders/elementwise/${op.name}.wgsl`;
});
gate.each("registry line", ops, function* (op) {
  if (!registry.includes(`"./${op.name}.ts"`)) yield `${op.name}: src/ops/registry.ts does not import it`;
});
gate.each("registry names ops only", registry.matchAll(/from "\.\/(\w+)\.ts"/g), function* ([, name]) {
  if (!ops.some((op) => op.name === name)) yield `src/ops/registry.ts imports ${name}, which exports no op`;
});
gate.finish();

function readOp(path: string): OpFile[] {
  const source = withoutComments(readFileSync(`src/ops/${path}`, "utf8"));
  if (path === "registry.ts" || !defines.test(source)) return [];
  return [{ name: basename(path, ".ts"), needsShader: !withoutKernel.test(source) }];
}

function* missing(op: OpFile, paths: readonly string[]): Iterable<string> {
  for (const path of paths) if (!existsSync(path)) yield `${op.name}: no ${path}`;
}

/** Its own file, or a family's: elementwise kernels are everyone's, and call the op's own function. */
function hasShader(name: string): boolean {
  const op = Object.values(registered).find((own) => own.name === name);
  if (op?.kernels.some(({ file }) => !file.startsWith("elementwise/"))) return true;
  if (existsSync(`shaders/${name}.wgsl`) || existsSync(`shaders/elementwise/${name}.wgsl`)) return true;
  return (
    existsSync(`shaders/${name}`) && readdirSync(`shaders/${name}`).some((path) => path.endsWith(".wgsl"))
  );
}
