// lib/grid: what kernels do with the number of workgroups: unfolding the grid from x and y, hiding bounds.

fn flat_workgroup(group: vec3<u32>, groups: vec3<u32>) -> u32 {
  return group.x + group.y * groups.x;
}

// A loop's bound that comes from `params`, unchanged: groups.z is 1. Mesa's lavapipe compiles a kernel anew, at every
// dispatch, for the value of a uniform that bounds a loop; this keeps it from seeing one.
fn loop_bound(bound: u32, groups: vec3<u32>) -> u32 {
  return bound + groups.z - 1;
}
