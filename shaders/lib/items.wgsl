// lib/items: where an item of a batch begins in an operand that repeats along some of the batch's axes.

// The batch is `inner` items that are `step` elements apart, again and again `outer_step` apart; 0 where they repeat.
fn item_start(item: u32, inner: u32, outer_step: u32, step: u32) -> u32 {
  return item / inner * outer_step + item % inner * step;
}
