// runningMoments/runningMoments: runningMean += momentum · (mean − runningMean), and runningVariance the same by the unbiased
// variance: correction · variance.   mean: [2, channels], an origin and the distance from it   variance: [channels]
//   runningMean, runningVariance: [channels]
// Grid: one invocation a channel.
const WG: u32 = 64;          // variant: invocations a workgroup

//!include lib/grid.wgsl

struct Params { channels: u32, momentum: f32, correction: f32 }

@group(0) @binding(0) var<storage, read> mean: array<f32>;
@group(0) @binding(1) var<storage, read> variance: array<f32>;
@group(0) @binding(2) var<storage, read_write> runningMean: array<f32>;
@group(0) @binding(3) var<storage, read_write> runningVariance: array<f32>;
@group(0) @binding(4) var<uniform> params: Params;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let index = flat_workgroup(group, groups) * WG + local;
  if (index >= params.channels) { return; }
  let kept = 1 - params.momentum;
  runningMean[index] = kept * runningMean[index] + params.momentum * (mean[index] + mean[params.channels + index]);
  runningVariance[index] = kept * runningVariance[index] + params.momentum * (params.correction * variance[index]);
}
