import type { Command } from "commander";
import type { ExitCode } from "./options.ts";
import { count, positive, seed } from "./parsers.ts";
import { trainFlags } from "./train_flags.ts";

/** Adds `train` to the program. */
export function addTrain(program: Command, done: (exitCode: ExitCode) => void): void {
  const command = program
    .command("train")
    .description("train a recipe's model, test it, and save it")
    .argument("[recipe]", "mnist-cnn (the default) or mnist-mlp")
    .option("--epochs <n>", "times through the training images, in all", positive)
    .option("--steps <n>", "training steps, in all", count)
    .option(
      "--budget <seconds>",
      "choose the number of steps so that training takes about this long",
      positive,
    )
    .option("--limit <n>", "use the first n training images only", count)
    .option("--seed <n>", "of initial parameters and of the images' order; 0 by default", seed);
  for (const { flag, text, parse } of trainFlags) {
    if (parse) command.option(flag, text, parse);
    else command.option(flag, text);
  }
  command
    .option("--out <folder>", "where results go; runs/RECIPE-TIME by default")
    .option("--runs <folder>", "where the database of runs lies; runs by default")
    .option("--checkpoint-every <steps>", "save the training every so many steps, for kill -9", count)
    .option("--keep <n>", "how many of these checkpoints are kept; 3 by default", count)
    .option("--resume <path>", "go on from a checkpoint, or from the newest of a run's folder")
    .option("--untuned", "choose kernels by rule, whatever was measured by tuning")
    .option("--unwatched", "do not measure every layer's gradients at every step")
    .option("--losses", "with --json: the loss of every step")
    .option("--trace", "print the compiled training step to stderr, a line a dispatch")
    .action(async (recipe: string | undefined) => {
      const { runTrain } = await import("./train.ts");
      done(await runTrain({ ...command.optsWithGlobals(), recipe }));
    });
}
