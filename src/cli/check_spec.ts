import type { Device } from "../device/device.ts";
import { ShaderError, UsageError } from "../device/errors.ts";
import { nodePlatform } from "../device/node.ts";
import { openDevice } from "../device/open.ts";
import type { CompiledKernel } from "../kernels/pipelines.ts";
import { PipelineCache } from "../kernels/pipelines.ts";
import { checkSpec, type SpecReport } from "../validation/spec/check_spec.ts";
import type { SpecFinding } from "../validation/spec/spec_finding.ts";
import type { UserKernel } from "../validation/static/check_shader.ts";
import { adviceOn, racesOf, readKernel } from "../validation/static/check_shader.ts";
import { loadSpec } from "../validation/static/load_spec.ts";
import { originOf } from "../validation/static/shader_files.ts";
import { adapterDocument, adapterSentence } from "./adapter.ts";
import { formatCount, formatSignificant } from "./format.ts";
import { type ExitCode, exitCodes, type GlobalOptions } from "./options.ts";
import { Output } from "./output.ts";
import { jsonText, runContext, writeReport } from "./run_context.ts";
import { formatTable } from "./table.ts";

export interface CheckSpecOptions extends GlobalOptions {
  /** The WGSL file. */
  readonly file: string;
  readonly spec: string;
  readonly out?: string;
}

/** Checks a kernel of a user's own: what can be said without a GPU, then what it does on one. */
export async function runCheckSpec(options: CheckSpecOptions): Promise<ExitCode> {
  const output = new Output(options);
  const spec = await loadSpec(options.spec);
  const kernel = readKernel(options.file, spec);
  await compileWithoutGpu(kernel);
  const races = racesOf(kernel, spec).map(
    (message): SpecFinding => ({ problem: "race", where: kernel.file.path, message }),
  );
  const device = await openDevice(nodePlatform, { adapter: options.adapter });
  try {
    output.notice(`Adapter: ${adapterSentence(device.adapter)}`);
    const compiled = await compile(device, kernel);
    const { module, file } = kernel;
    const report = await checkSpec(device, { name: file.name, module, compiled, spec }, races);
    const advice = adviceOn(kernel);
    const document = {
      ...runContext(),
      adapter: adapterDocument(device.adapter),
      file: options.file,
      spec: options.spec,
      ...report,
      advice,
    };
    if (options.out !== undefined) await writeReport("check(--out)", options.out, jsonText(document));
    output.result(document, () => specText(kernel, report, advice));
    return report.findings.length > 0 ? exitCodes.failed : exitCodes.done;
  } finally {
    device.dispose();
  }
}

/** Dawn's null backend: the same messages on every machine, and the default limits. */
async function compileWithoutGpu(kernel: UserKernel): Promise<void> {
  const device = await openDevice(nodePlatform, { nullBackend: true });
  try {
    await compile(device, kernel);
  } finally {
    device.dispose();
  }
}

/** @throws UsageError with the file's line, and the lines around it */
async function compile(device: Device, { file, module, expanded }: UserKernel): Promise<CompiledKernel> {
  const { bindings, usesStep } = module;
  try {
    const specialised = { label: file.name, source: expanded.text, bindings, usesStep };
    return await new PipelineCache(device).compile(specialised);
  } catch (cause) {
    if (!(cause instanceof ShaderError)) throw cause;
    const [first] = cause.messages.filter(({ type }) => type === "error");
    const { path, line } = originOf(expanded, first?.line ?? 1);
    const [head = "", ...rest] = (first?.message ?? cause.message).split("\n");
    const lines = cause.message.split("\n").slice(2);
    const problem = [`does not compile: ${head}`, ...(first ? lines : rest)].join("\n");
    throw new UsageError({ where: `${path}:${line}`, problem }, { cause });
  }
}

function specText(
  { file }: UserKernel,
  { outcomes, findings }: SpecReport,
  advice: readonly string[],
): string {
  const rows = outcomes.map(({ output, elements, faults, worst }) => [
    output,
    formatCount(elements),
    faults === 0 ? "" : formatCount(faults),
    Number.isFinite(worst) ? `${formatSignificant(100 * worst)} %` : "beyond",
  ]);
  return [
    formatTable(["output", "elements", "wrong", "worst error"], rows),
    ...advice.map((line) => `advice: ${line}`),
    ...findings.map(({ problem, message }) => `FAILED ${problem}: ${message}`),
    `${file.path}: ${findings.length === 0 ? "all right" : `${findings.length} FAILED`}`,
  ].join("\n");
}
