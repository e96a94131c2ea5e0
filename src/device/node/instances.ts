/** What Dawn's module exports for making an instance. */
export type Create = (flags: string[]) => GPU;

interface Instances {
  readonly current: Map<string, GPU>;
  readonly retired: Set<GPU>;
}

// Dawn's instance must outlive every event that it still owes: one that is collected sooner takes the process down, in
// a later turn and not always. Nothing tells when it owes none, so an instance is kept as long as the process and used
// again; held this way, processes end by themselves. On globalThis, since a module may be loaded more than once.
const KEY = Symbol.for("wgrad.dawn.instances");
const shared = globalThis as unknown as { [KEY]?: Instances };

function instances(): Instances {
  shared[KEY] ??= { current: new Map(), retired: new Set() };
  return shared[KEY];
}

/** The instance for these flags and this choice of drivers, made on first use. */
export function instanceFor(create: Create, flags: readonly string[], drivers: string): GPU {
  const key = JSON.stringify([flags, drivers]);
  const { current } = instances();
  const known = current.get(key);
  if (known) return known;
  const made = create([...flags]);
  current.set(key, made);
  return made;
}

/** After a loss: the next device gets a fresh instance, which looks at the adapters anew. */
export function retire(gpu: GPU): void {
  const { current, retired } = instances();
  for (const [key, known] of current) {
    if (known !== gpu) continue;
    current.delete(key);
    retired.add(gpu);
  }
}
