import type { Graph } from "../graph/graph.ts";
import type { State } from "../graph/leaves.ts";
import { isConstant, isInput, isState } from "../graph/leaves.ts";
import { attributesOf } from "../graph/op.ts";
import type { Node, Tensor } from "../graph/tensor.ts";
import type { DType, TensorType, TypedArray } from "../kernels/types.ts";
import { elementBytes, elementCount, storageBytes } from "../kernels/types.ts";
import { packOp } from "../ops/pack.ts";
import { partOp } from "../ops/part.ts";

/** A piece of memory that values live in; each becomes one GPUBuffer, or takes turns in a slot. */
export interface Cell {
  readonly home: CellHome;
  readonly bytes: number;
  /** For printed plans and errors. */
  readonly label: string;
}

export type CellHome =
  /** Lives between its first writer and its last reader; the planner gives it a slot. */
  | { readonly kind: "slot" }
  | { readonly kind: "state"; readonly state: State }
  | { readonly kind: "constant"; readonly values: TypedArray; readonly dtype: DType }
  | { readonly kind: "input"; readonly name: string };

/** Where a value lies. */
export interface Location {
  readonly cell: Cell;
  /** In bytes. */
  readonly offset: number;
  readonly bytes: number;
}

/** Finds each value's place before liveness is known: views share, updates take over, packs gather their parts. */
export class Storage {
  readonly #places = new Map<Node, (Location | undefined)[]>();
  readonly #constants = new Map<TypedArray, Map<DType, Cell>>();
  readonly #inputs = new Map<string, Cell>();
  readonly #states = new Map<State, Cell>();
  /** Parts of packs that their producers write in place. */
  readonly #placedParts = new Map<Node, (Location | undefined)[]>();
  /** Parts that have to be copied: by pack node, the part's number. */
  readonly copiedParts = new Map<Node, number[]>();

  constructor(graph: Graph, nodes: readonly Node[]) {
    const uses = new Uses(graph, nodes);
    for (const node of nodes) if (node.op.name === packOp.name) this.#placePack(node, uses);
    for (const node of nodes) this.#placeNode(node);
  }

  of(tensor: Tensor): Location {
    const place = this.#places.get(tensor.node)?.[tensor.index];
    if (!place) throw new Error(`internal: no storage for ${tensor.node.op.name}`);
    return place;
  }

  /** Gives a value the storage of another that dies as it is written. */
  takeOver(tensor: Tensor, location: Location): void {
    const places = this.#places.get(tensor.node);
    if (!places) throw new Error("internal: a value without storage cannot move");
    places[tensor.index] = location;
  }

  /** Where a view looks: all of its input's storage, or a piece of it. */
  viewed(view: Node): Location {
    const [inner] = view.inputs;
    const [type] = view.types;
    if (!inner || !type) throw new Error("internal: a view of nothing");
    const whole = this.of(inner);
    if (view.op.name !== partOp.name) return whole;
    const { offset } = attributesOf(partOp, view);
    return { cell: whole.cell, offset: whole.offset + offset * 4, bytes: storageBytes(type) };
  }

  /** Where a part of a pack lies inside it. */
  partOf(pack: Node, part: number): Location {
    const whole = this.of({ node: pack, index: 0 } as Tensor);
    const input = pack.inputs[part];
    const offset = attributesOf(packOp, pack).offsets[part];
    if (!input || offset === undefined) throw new Error("internal: a pack without that part");
    return { cell: whole.cell, offset: offset * 4, bytes: storageBytes(input.type) };
  }

  /** Whether the node writes a part of a pack: such a value cannot move. */
  isPart(node: Node): boolean {
    return this.#placedParts.has(node);
  }

  #placePack(pack: Node, uses: Uses): void {
    const cell = slotCell(pack, storageBytes(pack.types[0] ?? { shape: [], dtype: "f32" }));
    this.#places.set(pack, [{ cell, offset: 0, bytes: cell.bytes }]);
    pack.inputs.forEach((input, part) => {
      const source = throughViews(input);
      const free = uses.onlyBy(input) && isFresh(source);
      if (free) {
        const parts = this.#placedParts.get(source.node) ?? [];
        parts[source.index] = this.partOf(pack, part);
        this.#placedParts.set(source.node, parts);
      } else this.copiedParts.set(pack, [...(this.copiedParts.get(pack) ?? []), part]);
    });
  }

  #placeNode(node: Node): void {
    if (this.#places.has(node)) return;
    this.#places.set(
      node,
      node.types.map((_, index) => this.#locate(node, index)),
    );
  }

  #locate(node: Node, index: number): Location {
    const type = node.types[index];
    if (!type) throw new Error(`internal: ${node.op.name} has no output ${index}`);
    const bytes = storageBytes(type);
    if (isState(node)) {
      const cell = this.#stateCell(node.attributes.state);
      return { cell, offset: node.attributes.offset * elementBytes(type.dtype), bytes };
    }
    if (isConstant(node)) return whole(this.#constantCell(node.attributes.values, type));
    if (isInput(node)) return whole(this.#inputCell(node.attributes.name, bytes));
    if (node.op.kind === "view") return this.viewed(node);
    const overwritten = node.inputs[node.op.updates?.[index] ?? -1];
    if (overwritten) return this.#stateOf(node, overwritten);
    return this.#placedParts.get(node)?.[index] ?? whole(slotCell(node, bytes));
  }

  #stateOf(node: Node, overwritten: Tensor): Location {
    const location = this.of(overwritten);
    if (location.cell.home.kind !== "state")
      throw new Error(`internal: ${node.op.name} overwrites what is no state`);
    return location;
  }

  #stateCell(state: State): Cell {
    const known = this.#states.get(state);
    if (known) return known;
    const bytes = storageBytes(state.type);
    const cell: Cell = { home: { kind: "state", state }, bytes, label: state.label };
    this.#states.set(state, cell);
    return cell;
  }

  #constantCell(values: TypedArray, type: TensorType): Cell {
    const { dtype } = type;
    const ofValues = this.#constants.get(values) ?? new Map<DType, Cell>();
    this.#constants.set(values, ofValues);
    const known = ofValues.get(dtype);
    if (known) return known;
    const home = { kind: "constant", values, dtype } as const;
    const cell: Cell = { home, bytes: storageBytes(type), label: "constant" };
    ofValues.set(dtype, cell);
    return cell;
  }

  #inputCell(name: string, bytes: number): Cell {
    const known = this.#inputs.get(name);
    if (known) return known;
    const cell: Cell = { home: { kind: "input", name }, bytes, label: name };
    this.#inputs.set(name, cell);
    return cell;
  }
}

const whole = (cell: Cell): Location => ({ cell, offset: 0, bytes: cell.bytes });

const slotCell = (node: Node, bytes: number): Cell => ({
  home: { kind: "slot" },
  bytes,
  label: node.label ? `${node.op.name}(${node.label})` : node.op.name,
});

function throughViews(tensor: Tensor): Tensor {
  const [inner] = tensor.node.inputs;
  return isWholeView(tensor.node) && inner ? throughViews(inner) : tensor;
}

/** Written where the planner says, by a kernel: an update's outputs that take over no input are fresh too. */
function isFresh({ node, index }: Tensor): boolean {
  const { kind, updates } = node.op;
  return kind === "compute" || (kind === "update" && updates?.[index] === undefined);
}

/** A part of a value is written with the rest of it, so nothing else may claim where it goes. */
const isWholeView = ({ op }: Node): boolean => op.kind === "view" && op.name !== partOp.name;

/** Who reads each value, so that a pack may claim what nothing else reads. */
class Uses {
  readonly #counts = new Map<string, number>();

  constructor(graph: Graph, nodes: readonly Node[]) {
    for (const node of nodes) for (const input of node.inputs) this.#count(input);
    for (const output of graph.outputs.values()) this.#count(output);
    for (const { value } of graph.updates) this.#count(value);
  }

  /** One reader all the way through the views below the tensor, and at most f32 elements in whole words. */
  onlyBy(tensor: Tensor): boolean {
    const [inner] = tensor.node.inputs;
    if (this.#counts.get(key(tensor)) !== 1 || elementCount(tensor.shape) === 0) return false;
    return isWholeView(tensor.node) && inner ? this.onlyBy(inner) : true;
  }

  #count(tensor: Tensor): void {
    this.#counts.set(key(tensor), (this.#counts.get(key(tensor)) ?? 0) + 1);
  }
}

const key = (tensor: Tensor) => `${tensor.node.id}.${tensor.index}`;
