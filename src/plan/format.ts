import type { Plan } from "./plan.ts";
import type { Location } from "./storage.ts";

/** A printed plan: a line a dispatch with its grid, what it reads and writes, and where; then the memory. */
export function formatPlan(plan: Plan): string {
  const place = ({ cell, offset, bytes }: Location) => {
    const slot = plan.slotOf.get(cell);
    const buffer = slot === undefined ? cell.label : `slot${slot}`;
    return `${buffer}${offset > 0 ? `+${offset}` : ""}:${formatBytes(bytes)}`;
  };
  const lines = plan.dispatches.map(({ label, bindings, specialised, grid }, index) => {
    const listed = (access: "read" | "write") =>
      bindings.flatMap(({ planned, location }) => {
        const own = specialised.bindings.find((binding) => binding.binding === planned.binding);
        return location && own?.access === access ? [place(location)] : [];
      });
    const size = grid[1] > 1 ? `${grid[0]}×${grid[1]}` : `${grid[0]}`;
    return `${String(index).padStart(3)}  ${label}  <${size}>  ${listed("read").join(" ")} → ${listed("write").join(" ")}`;
  });
  const slots = plan.slotBytes.map((bytes, slot) => `slot${slot} ${formatBytes(bytes)}`).join(", ");
  return [
    ...lines,
    `${plan.dispatches.length} dispatches a step; ${formatBytes(plan.peakBytes)} in all; ${slots}`,
  ].join("\n");
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
