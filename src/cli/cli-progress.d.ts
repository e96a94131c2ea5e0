/** The part of cli-progress 3.12 that wgrad uses; the package ships no types. */
declare module "cli-progress" {
  interface Options {
    format: string;
    stream: { write(text: string): unknown };
    barsize: number;
    barCompleteChar: string;
    barIncompleteChar: string;
    linewrap: boolean;
  }
  class SingleBar {
    constructor(options: Options);
    start(total: number, startValue: number, payload: Record<string, string>): void;
    update(current: number, payload: Record<string, string>): void;
    stop(): void;
  }
  const cliProgress: { SingleBar: typeof SingleBar };
  export default cliProgress;
}
