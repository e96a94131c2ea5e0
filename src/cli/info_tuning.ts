import { tuningIdentity } from "../device/adapter.ts";
import type { Device } from "../device/device.ts";
import { UsageError } from "../device/errors.ts";
import { nodeTuningStore } from "../device/node/tuning_folder.ts";
import { nodePlatform } from "../device/node.ts";
import { openDevice } from "../device/open.ts";
import type { TuningStore } from "../device/tuning_store.ts";
import { kernelHash } from "../kernels/generated/hash.ts";
import type { ProgramVerdict, TuningEntry } from "../kernels/tuning_table.ts";
import { TuningTable } from "../kernels/tuning_table.ts";
import { adapterDocument, adapterSentence } from "./adapter.ts";
import { type ExitCode, exitCodes, type GlobalOptions } from "./options.ts";
import { Output } from "./output.ts";
import { formatTable } from "./table.ts";
import { fromHome } from "./tuning.ts";

export interface TuningInfoOptions extends GlobalOptions {
  readonly tuning?: boolean;
  readonly reset?: boolean;
  readonly unchecked?: boolean;
}

/** What is stored for an adapter, and whether it counts. */
interface StoredTuning {
  readonly file: string;
  readonly state: "none" | "valid" | "void" | "damaged";
  readonly problem: string | null;
  readonly table: TuningTable | null;
}

/** Shows what was measured by tuning on an adapter, choice by choice, or forgets it. */
export async function runTuningInfo(options: TuningInfoOptions): Promise<ExitCode> {
  const output = new Output(options);
  const store = nodeTuningStore();
  if (!store) {
    const hint = "unset it to use the cache";
    throw new UsageError({
      where: "info(--tuning)",
      problem: "nothing is stored: WGRAD_TUNING is off",
      hint,
    });
  }
  const device = await openDevice(nodePlatform, { adapter: options.adapter, unchecked: options.unchecked });
  try {
    const identity = tuningIdentity(device.adapter, options.unchecked);
    if (options.reset) await store.remove(identity);
    const stored = await readStored(store, identity);
    output.result(tuningDocument(device, identity, stored), () => tuningText(device, stored));
    return exitCodes.done;
  } finally {
    device.dispose();
  }
}

async function readStored(store: TuningStore, identity: string): Promise<StoredTuning> {
  const file = fromHome(store.placeOf(identity));
  try {
    const text = await store.load(identity);
    if (text === undefined) return { file, state: "none", problem: null, table: null };
    const table = TuningTable.parse(text, file);
    const problem = table.voidFor(identity);
    return { file, state: problem === null ? "valid" : "void", problem, table };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { file, state: "damaged", problem, table: null };
  }
}

/** The JSON document: its fields are part of the public interface, see docs/cli.md. */
function tuningDocument({ adapter }: Device, identity: string, { table, ...stored }: StoredTuning) {
  return {
    adapter: adapterDocument(adapter),
    identity,
    ...stored,
    kernelHash: { stored: table?.kernelHash ?? null, current: kernelHash },
    entries: [...(table?.entries ?? [])].map(([key, entry]) => ({ key, ...entry })),
    programs: [...(table?.programs ?? [])].map(([key, verdict]) => ({ key, ...verdict })),
  };
}

function tuningText({ adapter }: Device, { file, state, problem, table }: StoredTuning): string {
  const head = [
    `Adapter:  ${adapterSentence(adapter)}`,
    `File:     ${file}`,
    `State:    ${problem ?? state}`,
  ];
  if (!table) return head.join("\n");
  const entries = [...table.entries];
  const changed = entries.filter(([, entry]) => entry.choice !== entry.default);
  return [
    ...head,
    `Kernels:  ${table.kernelHash}${table.kernelHash === kernelHash ? "" : `, now ${kernelHash}`}`,
    `Choices:  ${entries.length}, of which ${changed.length} differ from the untuned ones`,
    ...programsText([...table.programs.values()]),
    ...entries.flatMap(([key, entry]) => ["", key, entryTable(entry)]),
  ].join("\n");
}

function programsText(programs: readonly ProgramVerdict[]): string[] {
  if (programs.length === 0) return [];
  const rows = programs.map((own) => [
    own.label,
    own.use === "tuned" ? "tuned" : `untuned: ${own.why ?? ""}`,
    own.untunedMilliseconds.toPrecision(3),
    own.tunedMilliseconds.toPrecision(3),
    own.ratio.toFixed(2),
  ]);
  return ["", formatTable(["Program", "Goes", "Untuned ms", "Tuned ms", "Tuned ×"], rows)];
}

function entryTable({ choice, default: usual, ratio, noise, candidates }: TuningEntry): string {
  const rows = candidates.map(({ name, milliseconds, out = "" }) => {
    const chosen =
      choice === usual
        ? "chosen, the default"
        : `chosen, ${ratio.toFixed(2)} × the default ± ${noise.toFixed(2)}`;
    const word = name === choice ? chosen : name === usual ? `the default${out && `, ${out}`}` : out;
    return [name, milliseconds?.toPrecision(3) ?? "", word];
  });
  return formatTable(["Candidate", "ms", ""], rows);
}
