// lib/placed: which element of x stands at an element of the output, up to 6 collapsed axes: at start + i · step of each.

struct Placed {
  size1: u32, size2: u32, size3: u32, size4: u32, size5: u32,
  starts_outer: vec3<i32>, starts_inner: vec3<i32>,
  steps_outer: vec3<i32>, steps_inner: vec3<i32>,
  counts_outer: vec3<u32>, counts_inner: vec3<u32>,
}

const NOWHERE: u32 = 0xffffffff;

// The i of three coordinates, past all counts where a step leads past one.
fn numbers(at: vec3<u32>, starts: vec3<i32>, steps: vec3<i32>, stepped: bool) -> vec3<u32> {
  let distance = vec3<i32>(at) - starts;
  if (!stepped) { return vec3<u32>(distance); }
  let number = distance / steps;
  return select(vec3<u32>(NOWHERE), vec3<u32>(number), number * steps == distance);
}

// Row-major in x, or NOWHERE. Of 6 axes, the last `rank` have more than one element; without steps, all steps are 1.
fn placed(index: u32, axes: Placed, rank: u32, stepped: bool) -> u32 {
  let i4 = index / axes.size5;
  let i3 = i4 / axes.size4;
  if (rank <= 2) {
    let two = numbers(vec3<u32>(0, i4, index - i4 * axes.size5), axes.starts_inner, axes.steps_inner, stepped);
    let here = two.y < axes.counts_inner.y && two.z < axes.counts_inner.z;
    return select(NOWHERE, two.y * axes.counts_inner.z + two.z, here);
  }
  let i2 = i3 / axes.size3;
  let inner = numbers(vec3<u32>(i3 - i2 * axes.size3, i4 - i3 * axes.size4, index - i4 * axes.size5), axes.starts_inner,
                      axes.steps_inner, stepped);
  let i1 = i2 / axes.size2;
  let i0 = i1 / axes.size1;
  let outer = numbers(vec3<u32>(i0, i1 - i0 * axes.size1, i2 - i1 * axes.size2), axes.starts_outer, axes.steps_outer,
                      stepped);
  let here = all(outer < axes.counts_outer) && all(inner < axes.counts_inner);
  let lines = (outer.x * axes.counts_outer.y + outer.y) * axes.counts_outer.z + outer.z;
  let at = ((lines * axes.counts_inner.x + inner.x) * axes.counts_inner.y + inner.y) * axes.counts_inner.z + inner.z;
  return select(NOWHERE, at, here);
}
