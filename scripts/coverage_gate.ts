/** Every op has its reference, its cases, its shader and its line in the registry. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { Gate } from "./gate.ts";
import { withoutComments } from "./shader_files.ts";

interface OpFile {
  readonly name: string;
  /** It changes how a tensor is looked at, and needs no shader. */
  readonly view: boolean;
}

/** A file defines an op when it calls `defineOp(` or `defineElementwise(`; helpers do not. */
const defines = /(?<!function\s+)\bdefine(Op|Elementwise)\s*(<[^()]*>)?\s*\(/;

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
gate.each("cases", ops, (op) => missing(op, [`test/cases/${op.name}.ts`]));
gate.each("shader", ops, function* (op) {
  if (op.view || hasShader(op.name)) return;
  yield `${op.name}: no shaders/${op.name}.wgsl, shaders/${op.name}/*.wgsl or shaders/elementwise/${op.name}.wgsl`;
});
gate.each("registry line", ops, function* (op) {
  if (!registry.includes(`"./${op.name}.ts"`)) yield `${op.name}: src/ops/registry.ts does not import it`;
});
gate.finish();

function readOp(path: string): OpFile[] {
  const source = withoutComments(readFileSync(`src/ops/${path}`, "utf8"));
  if (path === "registry.ts" || !defines.test(source)) return [];
  return [{ name: basename(path, ".ts"), view: /\bview\s*[:(]/.test(source) }];
}

function* missing(op: OpFile, paths: readonly string[]): Iterable<string> {
  for (const path of paths) if (!existsSync(path)) yield `${op.name}: no ${path}`;
}

function hasShader(name: string): boolean {
  if (existsSync(`shaders/${name}.wgsl`) || existsSync(`shaders/elementwise/${name}.wgsl`)) return true;
  return (
    existsSync(`shaders/${name}`) && readdirSync(`shaders/${name}`).some((path) => path.endsWith(".wgsl"))
  );
}
