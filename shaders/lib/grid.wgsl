// lib/grid: undoes the dispatcher's folding of a one-dimensional grid into x and y.

fn flat_workgroup(group: vec3<u32>, groups: vec3<u32>) -> u32 {
  return group.x + group.y * groups.x;
}
