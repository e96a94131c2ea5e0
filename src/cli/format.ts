/** A number with thousands separated by commas and no fraction, such as `12,345`. */
export function formatCount(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** Three digits, never in powers of ten, such as `0.0123`. */
export function formatSignificant(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3, useGrouping: false });
}

/** A share in [0, 1] as `97.31 %`. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

/** A duration as `8 s`, `3 min 05 s` or `2 h 07 min`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number): string => String(value).padStart(2, "0");
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

const BYTE_UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** Bytes in the largest binary unit of which there is one, such as `1.5 MiB`; whole units without a fraction. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}
