/** How far a training has come: with the values, all that it takes to go on as if it had not stopped. */
export interface PositionFields {
  /** Steps done. */
  readonly step: number;
  /** Epochs over. */
  readonly epoch: number;
  /** Steps done in the epoch under way. */
  readonly epochStep: number;
  /** Dataset and batch size of the epoch under way, in words; empty before the first. */
  readonly source: string;
}

export class Position implements PositionFields {
  #fields: PositionFields = { step: 0, epoch: 0, epochStep: 0, source: "" };

  get fields(): PositionFields {
    return this.#fields;
  }

  get step(): number {
    return this.#fields.step;
  }

  get epoch(): number {
    return this.#fields.epoch;
  }

  get epochStep(): number {
    return this.#fields.epochStep;
  }

  get source(): string {
    return this.#fields.source;
  }

  restore({ step, epoch, epochStep, source }: PositionFields): void {
    this.#fields = { step, epoch, epochStep, source };
  }

  /** Goes on with a dataset and batch size; others than before end the epoch under way. */
  enter(source: string): void {
    const { step, epoch, epochStep } = this.#fields;
    const over = source !== this.#fields.source && epochStep > 0;
    this.#fields = { step, epoch: over ? epoch + 1 : epoch, epochStep: over ? 0 : epochStep, source };
  }

  /** Steps are done, none past the epoch's end. Returns whether it is over. */
  advance(steps: number, stepsPerEpoch: number): boolean {
    const { step, epoch, epochStep, source } = this.#fields;
    const over = epochStep + steps === stepsPerEpoch;
    this.#fields = {
      step: step + steps,
      epoch: over ? epoch + 1 : epoch,
      epochStep: over ? 0 : epochStep + steps,
      source,
    };
    return over;
  }
}
