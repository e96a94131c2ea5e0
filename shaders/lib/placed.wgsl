// lib/placed: which line of x stands at a line of the output, over up to 6 collapsed axes: at start + i · step of each.

struct Placed {
  size1: u32, size2: u32, size3: u32, size4: u32,
  start0: i32, start1: i32, start2: i32, start3: i32, start4: i32,
  step0: i32, step1: i32, step2: i32, step3: i32, step4: i32,
  count0: u32, count1: u32, count2: u32, count3: u32, count4: u32,
}

const NOWHERE: u32 = 0xffffffff;

// The i of a coordinate, past all counts where none stands there.
fn number_at(at: u32, start: i32, step: i32, stepped: bool) -> u32 {
  let distance = i32(at) - start;
  if (!stepped) { return u32(distance); }
  let number = distance / step;
  return select(NOWHERE, u32(number), number * step == distance);
}

// Row-major in x, or NOWHERE. Of the 5 axes before the last, those of more than one element are the last `rank` − 1.
fn placed_line(line: u32, axes: Placed, rank: u32, stepped: bool) -> u32 {
  if (rank <= 2) {
    let one = number_at(line, axes.start4, axes.step4, stepped);
    return select(NOWHERE, one, one < axes.count4);
  }
  let i3 = line / axes.size4;
  let n4 = number_at(line - i3 * axes.size4, axes.start4, axes.step4, stepped);
  if (rank <= 3) {
    let n3 = number_at(i3, axes.start3, axes.step3, stepped);
    return select(NOWHERE, n3 * axes.count4 + n4, n3 < axes.count3 && n4 < axes.count4);
  }
  let i2 = i3 / axes.size3;
  let i1 = i2 / axes.size2;
  let i0 = i1 / axes.size1;
  let n3 = number_at(i3 - i2 * axes.size3, axes.start3, axes.step3, stepped);
  let n2 = number_at(i2 - i1 * axes.size2, axes.start2, axes.step2, stepped);
  let n1 = number_at(i1 - i0 * axes.size1, axes.start1, axes.step1, stepped);
  let n0 = number_at(i0, axes.start0, axes.step0, stepped);
  let inner = n2 < axes.count2 && n3 < axes.count3 && n4 < axes.count4;
  let at = (((n0 * axes.count1 + n1) * axes.count2 + n2) * axes.count3 + n3) * axes.count4 + n4;
  return select(NOWHERE, at, inner && n0 < axes.count0 && n1 < axes.count1);
}
