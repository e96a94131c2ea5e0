// lib/strided: where an element of the output lies in a strided view: up to 6 collapsed axes, strides of any sign.

struct Axes {
  size1: u32, size2: u32, size3: u32, size4: u32, size5: u32,
  stride0: i32, stride1: i32, stride2: i32, stride3: i32, stride4: i32, stride5: i32,
}

// Σ cₖ · strideₖ over the coordinates of `index`; of 6 axes, the last `rank` have more than one element.
fn strided_place(index: u32, axes: Axes, rank: u32) -> i32 {
  let i4 = index / axes.size5;
  var at = i32(index - i4 * axes.size5) * axes.stride5;
  if (rank <= 2) { return at + i32(i4) * axes.stride4; }
  let i3 = i4 / axes.size4;
  let i2 = i3 / axes.size3;
  at += i32(i4 - i3 * axes.size4) * axes.stride4 + i32(i3 - i2 * axes.size3) * axes.stride3;
  if (rank <= 4) { return at + i32(i2) * axes.stride2; }
  let i1 = i2 / axes.size2;
  let i0 = i1 / axes.size1;
  at += i32(i2 - i1 * axes.size2) * axes.stride2 + i32(i1 - i0 * axes.size1) * axes.stride1;
  return at + i32(i0) * axes.stride0;
}
