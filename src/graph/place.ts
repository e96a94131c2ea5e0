/** Where in a model a node comes from: for messages, and nothing else. */
export interface Place {
  /** Path of the layer: `layer2.dense`. */
  readonly layer: string;
  /** Op and label of the node whose gradient this is part of; undefined in the forward pass. */
  readonly gradientOf: string | undefined;
}

let current: Place | undefined;

/** The place of what is recorded now. */
export function currentPlace(): Place | undefined {
  return current;
}

/** Has what body records belong to a place. */
export function at<Result>(place: Place | undefined, body: () => Result): Result {
  const outer = current;
  current = place;
  try {
    return body();
  } finally {
    current = outer;
  }
}

/** Has what body records belong to a layer; the innermost counts. */
export function inLayer<Result>(layer: string, body: () => Result): Result {
  return at({ layer, gradientOf: undefined }, body);
}
