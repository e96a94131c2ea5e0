import { serveLab } from "./lab.ts";
import { type ExitCode, exitCodes, type GlobalOptions } from "./options.ts";
import { Output } from "./output.ts";

export interface LabOptions extends GlobalOptions {
  readonly port: number;
  readonly host: string;
}

/** Serves the page until it is interrupted. */
export async function runLab(options: LabOptions): Promise<ExitCode> {
  const output = new Output(options);
  const { url, close } = await serveLab({ port: options.port, host: options.host });
  output.result({ url }, () => `The lab: ${url}`);
  output.notice("Ctrl-C ends it.");
  await new Promise<void>((ended) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ended());
  });
  await close();
  return exitCodes.done;
}
