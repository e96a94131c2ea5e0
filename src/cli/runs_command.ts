import { type Command, Option } from "commander";
import type { ExitCode } from "./options.ts";
import { exportFormats } from "./runs_options.ts";

/** `wgrad runs …`: what training wrote into the database of runs. */
export function addRuns(program: Command, end: (exitCode: ExitCode) => void): void {
  const runs = program
    .command("runs")
    .description("records of runs: list, show, compare, export, plot")
    .addHelpText("after", "\nRUN is an id, the beginning of one, a name (its newest run), or latest.");

  sub(runs, "list", "the newest first, a line each").action(async (_options, command: Command) => {
    const { runList } = await import("./runs_list.ts");
    end(await runList(command.optsWithGlobals()));
  });

  sub(runs, "show", "configuration, result, course and layers of a run")
    .argument("[run]", "which one", "latest")
    .action(async (run: string, _options, command: Command) => {
      const { runShow } = await import("./runs_show.ts");
      end(await runShow({ ...command.optsWithGlobals(), run }));
    });

  sub(runs, "compare", "where runs differ, side by side, and what came out")
    .argument("<run...>", "two or more")
    .action(async (selectors: string[], _options, command: Command) => {
      const { runCompare } = await import("./runs_compare.ts");
      end(await runCompare({ ...command.optsWithGlobals(), selectors }));
    });

  sub(runs, "export", "a run's numbers as files for other programs")
    .argument("<run>", "which one")
    .addOption(new Option("--format <format>", "how").choices(exportFormats).makeOptionMandatory())
    .requiredOption("--out <path>", "csv: a folder, a file a table; json: a file; tensorboard: a folder")
    .action(async (run: string, _options, command: Command) => {
      const { runExport } = await import("./runs_export.ts");
      end(await runExport({ ...command.optsWithGlobals(), run }));
    });

  sub(runs, "plot", "SVG files: loss, accuracy, gradient norms and their ratios")
    .argument("<run>", "which one")
    .requiredOption("--out <folder>", "where they go")
    .action(async (run: string, _options, command: Command) => {
      const { runPlot } = await import("./runs_plot.ts");
      end(await runPlot({ ...command.optsWithGlobals(), run }));
    });
}

const sub = (runs: Command, name: string, description: string): Command =>
  runs
    .command(name)
    .description(description)
    .option("--runs <folder>", "where the database of runs lies", "runs");
