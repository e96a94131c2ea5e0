import { digits, percent } from "../../src/benchmarks/charts/svg.ts";
import type { StoredRow, StoredRun } from "../../src/benchmarks/stored_run.ts";

/** What the project wants to reach; the adapter is the name of a stored run's file. */
type Adapter = "swiftshader" | "lavapipe";

/** Times as fast as a peer at least. */
interface PeerTarget {
  readonly rows: RegExp;
  readonly peer: "tfjs" | "jax";
  readonly ratio: number;
}

const peerTarget = (rows: RegExp, jax: number, tfjs?: number): PeerTarget[] => [
  { rows, peer: "jax", ratio: jax },
  ...(tfjs === undefined ? [] : [{ rows, peer: "tfjs" as const, ratio: tfjs }]),
];

const [cnn, mlp, tiny] = [/^step\/cnn /, /^step\/mlp(-sgd|-adam|12) /, /^step\/tiny /];
const squares = /^matmul (512×512×512|1024×1024×1024) /;

const peerTargets: Readonly<Record<Adapter, readonly PeerTarget[]>> = {
  swiftshader: [
    ...peerTarget(cnn, 5, 18),
    ...peerTarget(mlp, 3, 10),
    ...peerTarget(tiny, 10),
    ...peerTarget(squares, 2.5),
  ],
  lavapipe: [...peerTarget(cnn, 5, 25), ...peerTarget(mlp, 4, 6), ...peerTarget(tiny, 5)],
};

/** Of the measured peak of multiply-adds, for the two square products. */
const peakTargets: Readonly<Record<Adapter, { readonly checked: number; readonly unchecked?: number }>> = {
  swiftshader: { checked: 0.35, unchecked: 0.5 },
  lavapipe: { checked: 0.3 },
};

/** Of the measured copy bandwidth. */
const copyTarget = 0.7;
const copying = /^(elementwise|adam|softmaxCrossEntropyWithGradient) /;

/** Of our own product's GFLOP/s at the size of the layer, for a convolution and both of its gradients. */
const convolutionTarget = 0.6;
const productOf: readonly (readonly [layer: RegExp, product: string])[] = [
  [/^14²·32→64, batch 64$/, "12544×288×64"],
  [/^28²·1→32, batch 64$/, "50176×9×32"],
];

const isAdapter = (slug: string): slug is Adapter => slug === "swiftshader" || slug === "lavapipe";

const keyOf = ({ name, case: sizes }: StoredRow): string => `${name} ${sizes} `;

/** A figure that is wanted, and the measured one beside it. */
const judged = (wanted: string, got: string, met: boolean): string =>
  `${wanted}: ${got}, ${met ? "met" : "**not met**"}`;

/** What is wanted of a row against peers, and whether it is met; nothing where nothing is wanted. */
export function peerVerdict(slug: string, row: StoredRow): string {
  const targets = isAdapter(slug) ? peerTargets[slug].filter(({ rows }) => rows.test(keyOf(row))) : [];
  return targets
    .map(({ peer, ratio }) => {
      const wanted = `≥ ${ratio} × ${peer}`;
      const measured = row.peers.find(({ name }) => name === peer);
      return measured
        ? judged(wanted, digits(measured.ratio), measured.ratio >= ratio)
        : `${wanted}: not measured`;
    })
    .join("; ");
}

/** What is wanted of a kernel, and whether it is met; nothing where nothing is wanted or it has no time. */
export function kernelVerdict(slug: string, run: StoredRun, row: StoredRow): string {
  if (!isAdapter(slug)) return "";
  if (squares.test(keyOf(row))) return peakVerdict(slug, run, row);
  if (copying.test(keyOf(row))) return copyVerdict(run, row);
  return convolutionVerdict(run, row);
}

function peakVerdict(slug: Adapter, { roofline }: StoredRun, { gflops, milliseconds, unchecked }: StoredRow) {
  if (gflops === null || roofline.gflops === null) return "";
  const { checked, unchecked: wantedUnchecked } = peakTargets[slug];
  const ofPeak = gflops / roofline.gflops;
  const first = judged(`≥ ${100 * checked} % of the peak`, percent(ofPeak), ofPeak >= checked);
  if (wantedUnchecked === undefined || !unchecked || !milliseconds) return first;
  const without = (ofPeak * milliseconds.median) / unchecked.median;
  return `${first}; ${judged(`unchecked ≥ ${100 * wantedUnchecked} %`, percent(without), without >= wantedUnchecked)}`;
}

function copyVerdict({ roofline }: StoredRun, { gigabytesPerSecond }: StoredRow): string {
  if (gigabytesPerSecond === null || roofline.gigabytesPerSecond === null) return "";
  const ofCopy = gigabytesPerSecond / roofline.gigabytesPerSecond;
  return judged(`≥ ${100 * copyTarget} % of copying`, percent(ofCopy), ofCopy >= copyTarget);
}

function convolutionVerdict({ rows }: StoredRun, row: StoredRow): string {
  if (!/^conv2d(InputGradient|FilterGradient)?$/.test(row.name) || row.gflops === null) return "";
  const size = productOf.find(([layer]) => layer.test(row.case))?.[1];
  const product = rows.find(({ name, case: sizes }) => name === "matmul" && sizes === size);
  if (size === undefined || !product?.gflops) return "";
  const ofProduct = row.gflops / product.gflops;
  const wanted = `≥ ${100 * convolutionTarget} % of matmul ${size}`;
  return judged(wanted, percent(ofProduct), ofProduct >= convolutionTarget);
}
