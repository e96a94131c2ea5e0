// lib/step: what changes from step to step. One row a step, chosen by a dynamic offset, so that a submit of
// many steps writes it once.

struct Step {
  index: u32,            // steps done before this one
  row: u32,              // this step's place in the submit: where metrics are recorded
  seed_low: u32,
  seed_high: u32,
  batch_start: u32,      // first position of the batch in the permutation
  learning_rate: f32,
  coefficient1: f32,     // what the optimizer computes in f64 for each step; its kernel says what each is
  coefficient2: f32,
  coefficient3: f32,
  coefficient4: f32,
}

@group(1) @binding(0) var<uniform> step: Step;
