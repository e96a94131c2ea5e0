import { exitCodes } from "./options.ts";
import { runCommandLine } from "./program.ts";

// Holds where the process ends without an answer, because nothing is left that could give one.
process.exitCode = exitCodes.failed;

// A reader that has seen enough, such as `head`, is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}

process.exitCode = await runCommandLine(process.argv.slice(2));
