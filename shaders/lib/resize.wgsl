// lib/resize: where the places of a resized axis lie on the axis that it was made of. Place i is at (step · i + shift) / unit
// in whole numbers, so that no rounding moves it over an edge; positions here are counted in units.

struct ResizedAxis { size: u32, resized: u32, step: u32, shift: i32, unit: u32 }

// Held between the first place and the last.
fn position_of(place: u32, axis: ResizedAxis) -> u32 {
  let position = i32(place * axis.step) + axis.shift;
  return u32(clamp(position, 0, i32((axis.size - 1) * axis.unit)));
}

// The first resized place whose position is not below a limit.
fn first_from(limit: i32, axis: ResizedAxis) -> u32 {
  let beyond = u32(max(limit - axis.shift, 0));
  return min((beyond + axis.step - 1) / axis.step, axis.resized);
}

// First and end of the resized places that read a place: those less than a unit above it, and `below` of them below it.
// All that lie past an end are held at it.
fn readers_of(place: u32, below: u32, axis: ResizedAxis) -> vec2<u32> {
  let middle = i32(place * axis.unit);
  let first = select(first_from(middle - i32(below), axis), 0, place == 0);
  return vec2(first, select(first_from(middle + i32(axis.unit), axis), axis.resized, place + 1 == axis.size));
}
