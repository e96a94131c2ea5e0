// lib/window: windows over one axis of an image. Places count from the first row of padding, so that none is negative.

// First tap and end of the taps inside the image, for the window that begins at `at` and has at least one.
fn taps_inside(at: u32, pad: u32, size: u32, kernel: u32, dilation: u32) -> vec2<u32> {
  var first = 0u;
  if (at < pad) { first = (pad - at - 1) / dilation + 1; }
  return vec2(first, min((pad + size - 1 - at) / dilation + 1, kernel));
}

// Of the window that begins at `at`, the taps before `end`.
fn taps_counted(at: u32, end: u32, kernel: u32, dilation: u32) -> u32 {
  return min((end - 1 - at) / dilation + 1, kernel);
}

// First and end of the windows that reach as far as `at`; where taps are dilated, some of them pass over it.
fn windows_over(at: u32, count: u32, kernel: u32, stride: u32, dilation: u32) -> vec2<u32> {
  let reach = (kernel - 1) * dilation;
  var first = 0u;
  if (at > reach) { first = (at - reach - 1) / stride + 1; }
  return vec2(first, min(at / stride + 1, count));
}

// First and end of a bin of adaptive pooling: of as many as asked, that cover an axis and may share a place. The bins
// over a place are the bin of that place, with the two counts changed about.
fn bin_range(bin: u32, bins: u32, size: u32) -> vec2<u32> {
  return vec2(bin * size / bins, ((bin + 1) * size + bins - 1) / bins);
}
