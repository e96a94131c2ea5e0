// mergeRuns/mergeRuns: each `ways` sorted runs of keys become one, their positions with them; of equal keys the earlier comes first.
// keys, positions, sortedKeys, sortedPositions: [count]
// Grid: one invocation a key: its place is the number of keys of its runs that go before it, found by bisection in each.
// No atomics and no barriers: the order hangs on nothing but the keys.
const FIRST: u32 = 0;        // variant: 1 where positions are those of the keys, not read
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { count: u32, run: u32, ways: u32 }

@group(0) @binding(0) var<storage, read> keys: array<u32>;
@group(0) @binding(1) var<storage, read> positions: array<u32>;
@group(0) @binding(2) var<storage, read_write> sortedKeys: array<u32>;
@group(0) @binding(3) var<storage, read_write> sortedPositions: array<u32>;
@group(0) @binding(4) var<uniform> params: Params;

// How many keys of a run go before the key: those below it, and those equal to it where the run comes first.
fn keys_before(key: u32, first: u32, end: u32, equal_too: bool) -> u32 {
  var low = first;
  var high = end;
  while (low < high) {
    let middle = (low + high) / 2;
    let other = keys[middle];
    if (other < key || (equal_too && other == key)) { low = middle + 1; } else { high = middle; }
  }
  return low - first;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.count) { return; }
  let key = keys[index];
  let own = index / params.run;
  let first_run = own - own % params.ways;
  var place = index - own * params.run;
  for (var other = first_run; other < first_run + params.ways; other++) {
    let first = other * params.run;
    if (first >= params.count) { break; }
    if (other != own) { place += keys_before(key, first, min(first + params.run, params.count), other < own); }
  }
  place += first_run * params.run;
  sortedKeys[place] = key;
  sortedPositions[place] = select(positions[index], index, FIRST == 1);
}
