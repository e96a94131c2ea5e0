// logSumExp/fold: log Σ eˣ.

//!include lib/fold_powers.wgsl
//!include lib/log.wgsl

fn fold_results(lanes: Fold) -> Results { return lanes.a + honest_log(lanes.b); }
