import type { Tensor } from "../../graph/tensor.ts";
import type { Case, CaseInput, Draw, Fill } from "../case.ts";
import { need } from "./shapes.ts";

const noClass = 0xffffffff;

/** An op of logits f32 [batch, classes] and labels u32 [batch]. */
type Apply = (logits: Tensor, labels: Tensor) => Tensor | readonly Tensor[];

function labelledCase(name: string, batch: number, classes: number, apply: Apply, fills: Fills = {}): Case {
  const logits: CaseInput = { shape: [batch, classes], fill: fills.logits ?? { kind: "normal", scale: 3 } };
  const labels: CaseInput = {
    shape: [batch],
    dtype: "u32",
    fill: fills.labels ?? { kind: "indices", below: classes },
  };
  return {
    name,
    inputs: [logits, labels],
    build: ([x, y]) => apply(need(x), need(y)),
    ...(batch * classes > 500 && { gradient: "skip: large" as const }),
  };
}

interface Fills {
  readonly logits?: Fill;
  readonly labels?: Fill;
}

const values = (...list: number[]): Fill => ({ kind: "values", values: list });

/** Cases of the losses of labelled rows: short and long rows, labels that are no class, logits far apart. */
export function labelledCases(apply: Apply): readonly Case[] {
  const extreme = values(3e38, -3e38, 0, -3e38, 3e38, 1, 1e4, 1e4, 1e4, 1, Number.NaN, 2);
  return [
    labelledCase("one class", 3, 1, apply),
    labelledCase("one row", 1, 10, apply),
    labelledCase("ten classes", 32, 10, apply),
    labelledCase("primes", 67, 7, apply),
    labelledCase("many rows", 257, 4, apply),
    labelledCase("labels that are no class", 6, 5, apply, {
      labels: values(4, 5, noClass, 0, 1000, noClass),
    }),
    labelledCase("every label ignored", 3, 4, apply, { labels: values(noClass, 4, noClass) }),
    labelledCase("a workgroup's stride + 1", 3, 257, apply, { labels: values(256, noClass, 0) }),
    labelledCase("long rows", 5, 1031, apply),
    {
      ...labelledCase("far apart and NaN", 4, 3, apply, { logits: extreme, labels: values(0, 1, 2, 0) }),
      gradient: "skip: not differentiable",
    },
  ];
}

/** Rows of any length, with labels of which a few may be no class. */
export function anyLabelled(draw: Draw, apply: Apply): Case {
  const [batch, classes] = [draw.integer(1, 80), draw.integer(1, 300)];
  const labels: Fill = { kind: "indices", below: classes + draw.integer(0, 2) };
  return labelledCase("any rows", batch, classes, apply, { labels });
}
