import type { NonFiniteOrigin } from "../../device/errors.ts";
import type { Graph } from "../../graph/graph.ts";
import { sortedNodes } from "../../graph/graph.ts";
import { isConstant, isState, State, stateTensor } from "../../graph/leaves.ts";
import { passNames } from "../../graph/pass_names.ts";
import type { Node } from "../../graph/tensor.ts";
import { record, Tensor } from "../../graph/tensor.ts";
import type { StepValues } from "../../kernels/step.ts";
import { elementCount, isFloat } from "../../kernels/types.ts";
import type { ParameterSet } from "../../nn/parameters.ts";
import { cast } from "../../ops/convert.ts";
import { flagNonFinite } from "../../ops/flagNonFinite.ts";
import { recordOp } from "../../ops/record.ts";
import { reshape } from "../../ops/reshape.ts";
import type { Engine } from "../../plan/engine.ts";
import { validConstant } from "./sentinel.ts";

type Origin = Omit<NonFiniteOrigin, "step">;

/**
 * Runs a step node by node, nothing fused, and looks for the first whose result is not finite although all that it is
 * made of is. State must be as it was before the step, and is what the step makes of it afterwards.
 * @param values the step's row
 * @param watched the states whose new values are held to be finite
 */
export async function findOrigin(
  engine: Engine,
  graph: Graph,
  values: StepValues,
  parameters: ParameterSet,
  watched: ReadonlySet<State>,
): Promise<Origin> {
  const roots = watchedRoots(graph, watched);
  const nodes = sortedNodes(roots);
  const wrong = await wrongNodes(engine, nodes, values, parameters);
  const origin = firstOrigin(roots, wrong);
  if (!origin) return { tensor: "a value", layer: "", op: "", gradientOf: undefined };
  const { op, place } = origin;
  const named = op.kind === "update" || isState(origin) ? await parameterOf(engine, origin, parameters) : "";
  const layer = named ? named.split(".").slice(0, -1).join(".") : (place?.layer ?? "");
  const tensor = describe(origin, named);
  return { tensor, layer, op: op.name, gradientOf: place?.gradientOf };
}

/** What is watched of that which the step writes, and the losses that it records. */
function watchedRoots({ updates }: Graph, watched: ReadonlySet<State>): Tensor[] {
  return updates.flatMap(({ state, value }) => {
    if (watched.has(state)) return [value];
    const { op, inputs } = value.node;
    return op.name === recordOp.name ? inputs.slice(0, 1) : [];
  });
}

/** The nodes with a result that is not finite. */
async function wrongNodes(
  engine: Engine,
  nodes: readonly Node[],
  values: StepValues,
  parameters: ParameterSet,
): Promise<Set<Node>> {
  const seen = nodes.filter(isSeen);
  const state = new State("inspection", { shape: [seen.length], dtype: "u32" }, new Uint32Array(seen.length));
  const step = await engine.compile(
    () => inspection(nodes, seen, state, parameters),
    {},
    { without: passNames },
  );
  try {
    step.replay([{ ...values, row: 0 }]);
    const flags = await engine.readState(state);
    return spread(nodes, new Set(seen.filter((_, slot) => flags[slot] !== 0)));
  } finally {
    step.dispose();
    engine.releaseState(state);
  }
}

/** Views and packs run nothing of their own: they are as wrong as what they show. */
const isSeen = ({ op, types }: Node): boolean =>
  op.kind !== "view" &&
  op.kind !== "pack" &&
  types.some((type) => isFloat(type.dtype) && elementCount(type.shape) > 0);

function spread(nodes: readonly Node[], wrong: Set<Node>): Set<Node> {
  for (const node of nodes) {
    if (isSeen(node)) continue;
    if (node.inputs.some((input) => wrong.has(input.node))) wrong.add(node);
  }
  return wrong;
}

/** The nodes once more, each followed by its check, so that nothing has to live longer than in the step itself. */
function inspection(nodes: readonly Node[], seen: readonly Node[], state: State, parameters: ParameterSet) {
  const slots = new Map(seen.map((node, slot) => [node, slot]));
  const made = new Map<Node, readonly Tensor[]>();
  const written = new Map<State, Tensor>();
  let flags = stateTensor(state);
  const check = (node: Node): void => {
    const slot = slots.get(node);
    if (slot === undefined) return;
    for (const tensor of made.get(node) ?? []) {
      const length = elementCount(tensor.shape);
      if (!isFloat(tensor.dtype) || length === 0) continue;
      const floats = tensor.dtype === "f16" ? cast(tensor, "f32") : tensor;
      const own = { width: seen.length, slot };
      flags = flagNonFinite([reshape(floats, [length])], validConstant(parameters, length), flags, own);
    }
  };
  // Leaves first: what reads state has to come before what overwrites it.
  const leaves = nodes.filter(({ op }) => op.kind === "leaf");
  for (const node of leaves) {
    made.set(
      node,
      node.types.map((_, index) => new Tensor(node, index)),
    );
    check(node);
  }
  for (const node of nodes) {
    if (node.op.kind === "leaf") continue;
    const inputs = node.inputs.map(
      ({ node: from, index }) => made.get(from)?.[index] ?? new Tensor(from, index),
    );
    const outputs = record(node.op, inputs, node.attributes, node.label);
    made.set(node, outputs);
    check(node);
    node.op.updates?.forEach((input, index) => {
      const target = stateBehind(node.inputs[input]);
      const value = outputs[index];
      if (target && value) written.set(target, value);
    });
  }
  const updates = [...written].map(([target, value]) => ({ state: target, value }));
  return { updates: [...updates, { state, value: flags }] };
}

/** The state that an update overwrites, seen through updates before it. */
function stateBehind(tensor: Tensor | undefined): State | undefined {
  if (!tensor) return undefined;
  const { node, index } = tensor;
  if (isState(node)) return node.attributes.state;
  const through = node.op.kind === "view" ? 0 : node.op.updates?.[index];
  return through === undefined ? undefined : stateBehind(node.inputs[through]);
}

/** Goes from what the step leaves up to where it began, along what is not finite. */
function firstOrigin(roots: readonly Tensor[], wrong: ReadonlySet<Node>): Node | undefined {
  const reached = new Set<Node>();
  const pending = roots.map(({ node }) => node).filter((node) => wrong.has(node));
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    for (const input of node.inputs) if (wrong.has(input.node)) pending.push(input.node);
  }
  const origins = [...reached].filter((node) => node.inputs.every((input) => !wrong.has(input.node)));
  return origins.sort((a, b) => a.id - b.id)[0];
}

/** The first parameter that is not finite in what a node reads as state, or writes; empty where there is none. */
async function parameterOf(engine: Engine, node: Node, { state, parameters }: ParameterSet): Promise<string> {
  if (isState(node)) {
    const { attributes, label = "" } = node;
    if (attributes.state !== state || parameters.some(({ name }) => name === label)) return label;
  }
  const inputs = (node.op.updates ?? []).map((index) => node.inputs[index]);
  const states = isState(node) ? [state] : inputs.flatMap((input) => stateBehind(input) ?? []);
  for (const written of states) {
    const values = await engine.readState(written);
    if (values.length !== elementCount(state.type.shape) || !(values instanceof Float32Array)) continue;
    const found = parameters.find((parameter) =>
      parameter.slice(values).some((value) => !Number.isFinite(value)),
    );
    if (found) return found.name;
  }
  return "";
}

function describe(node: Node, named: string): string {
  const { op, place, label } = node;
  const name = label ? `${op.name}(${label})` : op.name;
  if (isState(node)) return `${named || name}, as the step found it`;
  if (isConstant(node)) return "a constant";
  if (op.kind === "update") return `what ${op.name} makes of ${named || "the parameters"}`;
  return place?.gradientOf ? `the gradient of ${place.gradientOf} (${name})` : `the output of ${name}`;
}
