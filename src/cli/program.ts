import { Command, CommanderError, Option } from "commander";
import { UsageError } from "../device/errors.ts";
import type { TuningInfoOptions } from "./info_tuning.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "./options.ts";
import { Output } from "./output.ts";
import { count, port, seed } from "./parsers.ts";
import { addRuns } from "./runs_command.ts";
import { addTrain } from "./train_command.ts";
import { versionOf } from "./versions.ts";

/**
 * Runs a command line and gives its exit code. The caller lets the process end by itself: what a pipe has not taken
 * yet is not cut.
 * @param args without the interpreter and the script
 */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  const run: Run = { exitCode: exitCodes.done };
  try {
    await createProgram(run).parseAsync([...args], { from: "user" });
    return run.exitCode;
  } catch (error) {
    const output = new Output({ json: args.includes("--json") });
    if (error instanceof CommanderError) return endOfParsing(error, output);
    output.fail(error);
    if (process.env["WGRAD_DEBUG"] && error instanceof Error) console.error(error.stack, error.cause ?? "");
    return exitCodeOf(error);
  }
}

/** Where a command leaves its exit code; commander drops what actions return. */
interface Run {
  exitCode: ExitCode;
}

/** Help and version end parsing too, and are no errors. */
function endOfParsing({ exitCode, message, code }: CommanderError, output: Output): ExitCode {
  if (exitCode === 0) return exitCodes.done;
  // Commander has printed the help where the command is missing.
  if (code !== "commander.help") output.fail(new UsageError({ where: "wgrad", problem: oneLine(message) }));
  return exitCodes.usage;
}

/** Commander's words, such as "error: unknown command 'trian'\n(Did you mean train?)". */
function oneLine(message: string): string {
  const [first = "", ...rest] = message.replace(/^error: /, "").split("\n");
  const suggestion = rest.join(" ").replace(/^\(Did you mean (.*)\?\)$/, "did you mean $1?");
  return `${first.replace(/\.$/, "")}; ${suggestion || "see wgrad --help"}`;
}

function createProgram(run: Run): Command {
  const program = new Command("wgrad")
    .description("Trains neural networks with WebGPU compute shaders.")
    .version(versionOf("wgrad") ?? "?", "--version", "print the version")
    .helpOption("--help", "print this help")
    .helpCommand(false)
    .option("--adapter <which>", "gpu, software, or a part of an adapter's name")
    .option("--json", "one JSON document on stdout; progress and notices stay on stderr")
    .option("--quiet", "no progress and no notices")
    .configureHelp({ showGlobalOptions: true })
    // Written by runCommandLine, with --json as a document.
    .configureOutput({ outputError: () => {} })
    .exitOverride();
  addInfo(program, run);
  addTrain(program, (exitCode) => {
    run.exitCode = exitCode;
  });
  addCheck(program, run);
  addBench(program, run);
  addLab(program, run);
  addRuns(program, (exitCode) => {
    run.exitCode = exitCode;
  });
  program.addHelpText(
    "after",
    "\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 no usable adapter, 130 interrupted.",
  );
  return program;
}

// A command's code is read when the command runs: help and usage errors come at once.

function addInfo(program: Command, run: Run): void {
  program
    .command("info")
    .description("show the adapter: limits, features, and its measured roofline")
    .option("--tuning", "instead, what was measured by tuning: choices, and every candidate's time")
    .option("--reset", "with --tuning: forget it")
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<TuningInfoOptions>();
      const { runInfo } = await import("./info.ts");
      const { runTuningInfo } = await import("./info_tuning.ts");
      run.exitCode = await (options.tuning ? runTuningInfo(options) : runInfo(options));
    });
}

function addCheck(program: Command, run: Run): void {
  program
    .command("check")
    .description("hold kernels and gradients against the f64 reference on the processor")
    .argument("[pattern]", "a regular expression for op › case › variant, or a WGSL file with --spec")
    .option("--spec <file>", "check a kernel of your own: what it runs on, and what must come out")
    .option("--cases <n>", "random cases of each op, 4 by default; one that fails is made smaller", count)
    .option("--seed <n>", "of the random cases; 0 by default", seed)
    .option("--exhaustive", "every tile size and every epilogue on every case; they take turns by default")
    .option("--out <file>", "store the run as JSON")
    .option("--html <file>", "write a page with a row a kernel, its worst error as a bar")
    .action(async (pattern: string | undefined, { spec }: { readonly spec?: string }, command: Command) => {
      if (spec !== undefined || pattern?.endsWith(".wgsl")) {
        if (spec === undefined || pattern === undefined)
          throw new UsageError({
            where: "check",
            problem: "a kernel of your own takes both its file and its spec",
            expected: "wgrad check FILE.wgsl --spec FILE.spec.ts",
          });
        const { runCheckSpec } = await import("./check_spec.ts");
        run.exitCode = await runCheckSpec({ ...command.optsWithGlobals(), file: pattern, spec });
        return;
      }
      const { runCheck } = await import("./check.ts");
      run.exitCode = await runCheck({ ...command.optsWithGlobals(), pattern });
    });
}

/** Options that make another command of `bench`. */
interface BenchModes {
  readonly profile?: string;
  readonly scaling?: boolean;
}

function addBench(program: Command, run: Run): void {
  program
    .command("bench")
    .description("time kernels and training steps, each once its result is checked")
    .argument(
      "[pattern]",
      "a regular expression for names, cases and variants, such as matmul or step/tiny; or watch: what gradient statistics cost",
    )
    .option("--variants", "also the kernels that a program would not choose here")
    .option("--tune", "first measure and store what is fastest here, then time tuned beside untuned")
    .option("--untuned", "choose kernels by rule, whatever was measured by tuning")
    .option("--baseline <file>", "compare with a stored run; exit 1 where one is slower beyond noise")
    .option("--unchecked", "also without bounds checks in shaders")
    .addOption(
      new Option(
        "--profile <step>",
        "time each dispatch of a recipe's step or of one such as step/cnn",
      ).conflicts(["variants", "baseline", "against", "tune"]),
    )
    .addOption(
      new Option("--scaling", "cost against work: matmul, batch, depth, parameters").conflicts([
        "profile",
        "variants",
        "baseline",
        "against",
        "tune",
      ]),
    )
    .option("--against <peers>", "also time other libraries at it: tfjs, jax or both, with a comma between")
    .option("--out <file>", "store the run as JSON; with --profile the trace")
    .addOption(new Option("--html <file>", "write a page with charts of the run").conflicts("profile"))
    .action(async (pattern: string | undefined, { profile, scaling }: BenchModes, command: Command) => {
      if (profile !== undefined) {
        if (pattern !== undefined)
          throw new UsageError({ where: "bench(--profile)", problem: "takes no pattern", got: pattern });
        const { runProfile } = await import("./bench_profile.ts");
        run.exitCode = await runProfile({ ...command.optsWithGlobals(), profile });
        return;
      }
      if (scaling) {
        const { runScaling } = await import("./bench_scaling.ts");
        run.exitCode = await runScaling({ ...command.optsWithGlobals(), pattern });
        return;
      }
      if (pattern === "watch") {
        const { runWatchCost } = await import("./bench_watch.ts");
        run.exitCode = await runWatchCost(command.optsWithGlobals());
        return;
      }
      const { runBench } = await import("./bench.ts");
      run.exitCode = await runBench({ ...command.optsWithGlobals(), pattern });
    });
}

function addLab(program: Command, run: Run): void {
  program
    .command("lab")
    .description("serve the web page that trains in the browser")
    .option("--port <n>", "0 for any free port", port, 8080)
    .option("--host <name>", "127.0.0.1 is this machine only", "127.0.0.1")
    .action(async (_options, command: Command) => {
      const { runLab } = await import("./lab_command.ts");
      run.exitCode = await runLab(command.optsWithGlobals());
    });
}
