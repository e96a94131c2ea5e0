// lib/taps: taps of a window that lead from a place of the image to a window, which lie a stride apart.

// The first tap whose distance leaves `rest` by the stride; every stride / gcd(stride, dilation)-th from it does as well.
// `kernel`, their number, where there is none.
fn first_tap(rest: u32, stride: u32, dilation: u32, kernel: u32) -> u32 {
  var tap = 0u;
  while (tap < kernel && tap * dilation % stride != rest) { tap++; }
  return tap;
}
