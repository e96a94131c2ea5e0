// lib/border: padding that repeats what is there: which of `count` elements stands at a distance from the first one.

// Reflection is about the outermost elements, which stand once; it reaches no further than the axis is long.
fn behind_border(mode: u32, distance: i32, count: u32) -> u32 {
  let size = i32(count);
  if (mode == EDGE) { return u32(clamp(distance, 0, size - 1)); }
  if (mode == WRAP) { return u32((distance % size + size) % size); }
  let folded = abs(distance);
  return u32(select(folded, 2 * (size - 1) - folded, folded >= size));
}

// The modes.
const REFLECT: u32 = 0;
const EDGE: u32 = 1;
const WRAP: u32 = 2;
