import type { WindowAttributes } from "../../ops/convolution.ts";
import type { Draw } from "../case.ts";

/** Windows along an axis. */
export interface AxisOfWindows {
  /** Of the image. */
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

/** Windows of which each has a tap inside the image. */
export function anyAxis(draw: Draw): AxisOfWindows {
  const [kernel, stride, dilation] = [draw.integer(1, 4), draw.integer(1, 4), draw.integer(1, 2)];
  const reach = (kernel - 1) * dilation;
  const size = reach + draw.integer(1, 7);
  return { kernel, stride, dilation, size, before: draw.integer(0, reach), after: draw.integer(0, reach) };
}

/** Windows over images of up to nine channels. */
export function anyWindows(draw: Draw): WindowAttributes {
  const [batch, channels] = [draw.integer(1, 3), draw.integer(1, 9)];
  const [rows, columns] = [anyAxis(draw), anyAxis(draw)];
  return {
    inputShape: [batch, rows.size, columns.size, channels],
    kernel: [rows.kernel, columns.kernel],
    stride: [rows.stride, columns.stride],
    dilation: [rows.dilation, columns.dilation],
    padding: { top: rows.before, left: columns.before, bottom: rows.after, right: columns.after },
  };
}
