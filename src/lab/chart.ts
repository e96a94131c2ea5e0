import { niceTicks, type Tick } from "./ticks.ts";

interface Point {
  readonly step: number;
  readonly loss: number;
  readonly smooth: number;
}

/** Room around the plot for the axes' labels, in CSS pixels. */
const MARGIN = { left: 52, right: 12, top: 12, bottom: 40 };
/** Share of the running mean that each step keeps. */
const SMOOTHING = 0.9;
/** Beyond this, every second point is dropped: no screen shows more, and a page may stay open for days. */
const MOST_POINTS = 4096;

/** The plot's place on the canvas and what its axes span. */
interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly steps: readonly Tick[];
  readonly losses: readonly Tick[];
  readonly x: (step: number) => number;
  readonly y: (loss: number) => number;
}

/** A live curve of the loss on a canvas. It draws itself anew when points come, its size or the colours change. */
export class LossChart {
  readonly #canvas: HTMLCanvasElement;
  readonly #resized = new ResizeObserver(() => this.#redraw());
  readonly #dark = matchMedia("(prefers-color-scheme: dark)");
  #points: Point[] = [];
  #stride = 1;
  #seen = 0;
  #mean = 0;
  #weight = 0;
  #frame = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#resized.observe(canvas);
    this.#dark.addEventListener("change", () => this.#redraw());
  }

  /** Appends a step's loss. */
  add(step: number, loss: number): void {
    if (Number.isFinite(loss)) {
      // The weights' sum corrects the mean for starting at zero.
      this.#mean = SMOOTHING * this.#mean + (1 - SMOOTHING) * loss;
      this.#weight = SMOOTHING * this.#weight + (1 - SMOOTHING);
    }
    if (this.#seen++ % this.#stride === 0) {
      this.#points.push({ step, loss, smooth: this.#mean / (this.#weight || 1) });
    }
    if (this.#points.length > MOST_POINTS) {
      this.#points = this.#points.filter((_, index) => index % 2 === 0);
      this.#stride *= 2;
    }
    this.#redraw();
  }

  /** At most once a frame of the screen. */
  #redraw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const context = this.#canvas.getContext("2d");
    if (!context) return;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const scale = devicePixelRatio;
    this.#canvas.width = Math.round(width * scale);
    this.#canvas.height = Math.round(height * scale);
    context.scale(scale, scale);
    const frame = this.#layOut(width, height);
    const style = getComputedStyle(this.#canvas);
    drawAxes(context, frame, style);
    context.save();
    context.beginPath();
    context.rect(frame.left, 0, frame.right - frame.left, frame.bottom);
    context.clip();
    this.#drawCurve(context, frame, "loss", style.getPropertyValue("--curve-raw"), 1.25);
    this.#drawCurve(context, frame, "smooth", style.getPropertyValue("--curve"), 2);
    context.restore();
    this.#describe();
  }

  #layOut(width: number, height: number): Frame {
    const last = this.#points.at(-1)?.step ?? 0;
    const highest = this.#points.reduce(
      (most, { loss }) => (Number.isFinite(loss) ? Math.max(most, loss) : most),
      0,
    );
    const left = MARGIN.left;
    const right = Math.max(left + 1, width - MARGIN.right);
    const top = MARGIN.top;
    const bottom = Math.max(top + 1, height - MARGIN.bottom);
    const stepEnd = Math.max(10, last);
    const lossEnd = (highest || 1) * 1.05;
    return {
      left,
      right,
      top,
      bottom,
      steps: niceTicks(stepEnd, Math.max(2, Math.floor((right - left) / 90)), true),
      losses: niceTicks(lossEnd, Math.max(2, Math.floor((bottom - top) / 45))),
      x: (step) => left + (step / stepEnd) * (right - left),
      y: (loss) => bottom - (loss / lossEnd) * (bottom - top),
    };
  }

  #drawCurve(
    context: CanvasRenderingContext2D,
    frame: Frame,
    of: "loss" | "smooth",
    colour: string,
    width: number,
  ): void {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.lineJoin = "round";
    context.beginPath();
    let pen: "up" | "down" = "up";
    for (const point of this.#points) {
      if (!Number.isFinite(point[of])) {
        pen = "up"; // a loss that is no number leaves a gap
        continue;
      }
      if (pen === "up") context.moveTo(frame.x(point.step), frame.y(point[of]));
      else context.lineTo(frame.x(point.step), frame.y(point[of]));
      pen = "down";
    }
    context.stroke();
  }

  /** The curve in words, for those who do not see it. */
  #describe(): void {
    const first = this.#points[0];
    const last = this.#points.at(-1);
    if (!first || !last) return;
    const text = `Loss against step: from ${first.loss.toFixed(3)} to ${last.smooth.toFixed(3)} at step ${last.step}`;
    this.#canvas.setAttribute("aria-label", text);
  }
}

function drawAxes(context: CanvasRenderingContext2D, frame: Frame, style: CSSStyleDeclaration): void {
  const { left, right, top, bottom, steps, losses, x, y } = frame;
  context.font = `13px ${style.fontFamily}`;
  context.fillStyle = style.getPropertyValue("--quiet");
  context.strokeStyle = style.getPropertyValue("--line");
  context.lineWidth = 1;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, label } of losses) {
    line(context, left, y(value), right, y(value));
    context.fillText(label, left - 8, y(value));
  }
  context.textBaseline = "top";
  for (const { value, label } of steps) {
    line(context, x(value), bottom, x(value), bottom + 4);
    // The last label would stick out of the canvas.
    context.textAlign = x(value) > right - 20 ? "right" : "center";
    context.fillText(label, x(value), bottom + 7);
  }
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.fillText("step", (left + right) / 2, bottom + MARGIN.bottom - 1);
  context.save();
  context.translate(2, (top + bottom) / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = "top";
  context.fillText("loss", 0, 0);
  context.restore();
}

function line(context: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  // In the middle of a pixel, or a thin line is blurred over two.
  const sharp = (value: number) => Math.round(value) + 0.5;
  context.beginPath();
  context.moveTo(sharp(x0), sharp(y0));
  context.lineTo(sharp(x1), sharp(y1));
  context.stroke();
}
