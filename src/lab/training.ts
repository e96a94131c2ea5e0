import {
  data,
  losses,
  type MnistDatasets,
  optim,
  recipeNamed,
  type SubmitReport,
  type Trainer,
  type WgradEngine,
} from "../index.browser.ts";
import type { LabView } from "./view.ts";

const recipe = recipeNamed("mnist-cnn");
const { batchSize, epochs, activation, learningRate } = recipe.defaults;

/** Share of a running mean that stays when a value comes. */
const SMOOTHING = 0.9;

/** The training that the button starts and pauses. */
export class Training {
  readonly #engine: WgradEngine;
  readonly #view: LabView;
  readonly #trainer: Trainer;
  readonly #accuracy = new RunningMean();
  readonly #speed = new RunningMean();
  #datasets: MnistDatasets | undefined;
  /** Of the run under way; undefined while there is none. */
  #stop: AbortController | undefined;
  #tested = "";

  constructor(engine: WgradEngine, view: LabView) {
    this.#engine = engine;
    this.#view = view;
    this.#trainer = engine.trainer({
      model: recipe.model(activation),
      loss: losses.crossEntropy(),
      optimizer: optim.adamW({ learningRate }),
      schedule: optim.schedules.cosine(),
    });
    view.onToggle(() => this.#toggle());
  }

  #toggle(): void {
    if (this.#stop) {
      this.#view.setButton("Pause", false); // until the submit under way has ended
      this.#stop.abort();
    } else {
      void this.#run();
    }
  }

  async #run(): Promise<void> {
    const stop = new AbortController();
    this.#stop = stop;
    try {
      const datasets = await this.#load();
      this.#view.setButton("Pause");
      const finished = await this.#train(datasets, stop.signal);
      this.#view.setButton(finished ? "Finished" : "Resume", !finished);
      this.#view.setStatus(`${finished ? "Finished" : "Paused"}${this.#tested}`);
    } catch (error) {
      this.#view.setButton("Start");
      this.#view.setStatus(error instanceof Error ? error.message : String(error));
    } finally {
      this.#stop = undefined;
    }
  }

  /** The images, fetched at the first start only: they are large. */
  async #load(): Promise<MnistDatasets> {
    if (this.#datasets) return this.#datasets;
    this.#view.setButton("Start", false);
    this.#view.setStatus("Loading MNIST, 55 MB …");
    const baseUrl = new URL("data/mnist/", document.baseURI);
    this.#datasets = await data.mnist(this.#engine, { baseUrl });
    return this.#datasets;
  }

  /** Trains on from where it was. True at the end of the last epoch. */
  async #train({ train, test }: MnistDatasets, signal: AbortSignal): Promise<boolean> {
    const last = epochs * Math.floor(train.count / batchSize);
    this.#view.setStatus("Compiling …");
    const options = { batchSize, steps: last - this.#trainer.step, scheduleSteps: last, signal };
    for await (const submit of this.#trainer.submits(train, options)) {
      this.#show(submit);
      if (submit.endsEpoch) {
        this.#view.setStatus("Testing …");
        const { accuracy } = await this.#trainer.evaluate(test);
        this.#tested = `; test accuracy ${(accuracy * 100).toFixed(2)} % after epoch ${submit.epoch}`;
      }
      this.#view.setStatus(`Training, epoch ${submit.epoch} of ${epochs}${this.#tested}`);
    }
    return this.#trainer.step >= last;
  }

  #show({ step, losses, accuracies, milliseconds }: SubmitReport): void {
    const first = step - losses.length + 1;
    losses.forEach((loss, index) => {
      this.#view.chart.add(first + index, loss);
    });
    for (const accuracy of accuracies) this.#accuracy.add(accuracy);
    this.#speed.add((losses.length * batchSize * 1000) / milliseconds);
    this.#view.showFigures({
      step,
      loss: losses.at(-1) ?? Number.NaN,
      accuracy: this.#accuracy.value,
      imagesPerSecond: this.#speed.value,
    });
  }
}

/** A mean in which the past fades. */
class RunningMean {
  #sum = 0;
  #weight = 0;

  add(value: number): void {
    this.#sum = SMOOTHING * this.#sum + value;
    this.#weight = SMOOTHING * this.#weight + 1;
  }

  get value(): number | undefined {
    return this.#weight === 0 ? undefined : this.#sum / this.#weight;
  }
}
