//! The claims' runs, on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::ThreadPoolBuilder;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::theory::claims::{Claim, Compared};

/// Does the runs of all claims, in the claims' order. `is_stopped_at` is told how many are done and says whether to stop: then
/// there is no result.
pub fn measure(claims: &[&Claim], is_stopped_at: &(dyn Fn(usize) -> bool + Sync)) -> Option<Vec<Compared>> {
    let done = AtomicUsize::new(0);
    let one = |claim: &&Claim| {
        if is_stopped_at(done.load(Ordering::Relaxed)) {
            return None;
        }
        let numbers = claim.measure();
        done.fetch_add(1, Ordering::Relaxed);
        Some(numbers)
    };
    // Threads of its own: a claim takes seconds, for which no tile of a map should wait.
    match ThreadPoolBuilder::new().build() {
        Ok(pool) => pool.install(|| claims.par_iter().with_max_len(1).map(one).collect()),
        Err(_) => claims.iter().map(one).collect(),
    }
}
