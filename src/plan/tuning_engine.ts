import { tuningIdentity } from "../device/adapter.ts";
import type { Device } from "../device/device.ts";
import { TuningTable } from "../kernels/tuning_table.ts";
import type { Step } from "./engine.ts";
import { Engine } from "./engine.ts";
import type { TuneOptions, TuneReport } from "./tuning/tune_program.ts";

/** An engine that measures what its adapter does best, and goes by it. */
export class TuningEngine extends Engine {
  #tuning: TuningTable;

  constructor(device: Device, tuning?: TuningTable, open?: () => Promise<Device>) {
    super(device, open);
    this.#tuning = tuning ?? new TuningTable(tuningIdentity(device.adapter));
  }

  /** What was measured on this adapter: `tune` adds to it, and whatever is compiled goes by it. Empty at first. */
  get tuning(): TuningTable {
    return this.#tuning;
  }

  protected override get answers(): TuningTable {
    return this.#tuning;
  }

  protected override moved(from: Device, to: Device): void {
    const identity = tuningIdentity(to.adapter);
    if (identity !== tuningIdentity(from.adapter)) this.#tuning = new TuningTable(identity);
  }

  /**
   * Measures what a step could do otherwise on this adapter, at its own shapes: kernels, and ways to convolve. Every
   * candidate's results are checked before it is timed. The step then goes on with what was faster by more than noise,
   * with its state and its inputs as they were; answers stay in `tuning` for whatever is compiled later. Takes seconds to
   * minutes, and as much memory again as the step.
   * @throws DeviceError where the device fails for good
   */
  async tune(step: Step, options: TuneOptions = {}): Promise<TuneReport> {
    const { tuneProgram } = await import("./tuning/tune_program.ts");
    const report = await tuneProgram(this.bench, this.tuning, step.source, options);
    await this.recompile(step);
    return report;
  }
}
