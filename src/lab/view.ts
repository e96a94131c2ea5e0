import { LossChart } from "./chart.ts";

/** What the page shows of a step. */
export interface StepFigures {
  /** Steps done. */
  readonly step: number;
  readonly loss: number;
  /** Of recent batches, in [0, 1]; undefined while none is known. */
  readonly accuracy: number | undefined;
  readonly imagesPerSecond: number | undefined;
}

/** The page's elements: the one place that touches the document. */
export class LabView {
  readonly chart = new LossChart(element("chart", HTMLCanvasElement));
  readonly #toggle = element("toggle", HTMLButtonElement);
  readonly #status = element("status");
  readonly #step = element("step");
  readonly #loss = element("loss");
  readonly #accuracy = element("accuracy");
  readonly #speed = element("speed");

  /** Shows the controls, with the name of who computes. */
  showAdapter(name: string, software: boolean): void {
    element("adapter").textContent = `Computing on: ${name}`;
    element("software").hidden = !software;
    element("lab").hidden = false;
  }

  /** Shows in place of all else that there is no adapter, and why. */
  showUnsupported(reason: string): void {
    element("unsupported-reason").textContent = reason;
    element("unsupported").hidden = false;
  }

  onToggle(listener: () => void): void {
    this.#toggle.addEventListener("click", listener);
  }

  setButton(label: string, enabled = true): void {
    this.#toggle.textContent = label;
    this.#toggle.disabled = !enabled;
  }

  setStatus(text: string): void {
    this.#status.textContent = text;
  }

  showFigures({ step, loss, accuracy, imagesPerSecond }: StepFigures): void {
    this.#step.textContent = step.toLocaleString("en-US");
    this.#loss.textContent = loss.toFixed(4);
    this.#accuracy.textContent = accuracy === undefined ? "–" : `${(accuracy * 100).toFixed(1)} %`;
    this.#speed.textContent =
      imagesPerSecond === undefined ? "–" : Math.round(imagesPerSecond).toLocaleString("en-US");
  }
}

/** The element with this id, of this kind. */
function element(id: string): HTMLElement;
function element<T extends HTMLElement>(id: string, kind: new () => T): T;
function element(id: string, kind: new () => HTMLElement = HTMLElement): HTMLElement {
  const found = document.getElementById(id);
  if (!(found instanceof kind))
    throw new Error(`internal: the page has no element ${id} of the kind expected`);
  return found;
}
