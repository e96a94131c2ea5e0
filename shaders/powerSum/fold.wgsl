// powerSum/fold: Σ eˣ⁻ᵃ, a the largest x.

//!include lib/fold_powers.wgsl

fn fold_results(lanes: Fold) -> Results { return lanes.b; }
