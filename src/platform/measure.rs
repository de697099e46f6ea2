//! The claims' runs, on all cores.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::theory::claims::{Claim, Compared};

/// Does the runs of all claims, in the claims' order; each core takes the next claim that nobody has taken yet.
/// `is_stopped_at` is told how many are done and says whether to stop: then there is no result.
pub fn measure(claims: &[&Claim], is_stopped_at: &(dyn Fn(usize) -> bool + Sync)) -> Option<Vec<Compared>> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(vec![None; claims.len()]);
    let count = AtomicUsize::new(0);
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(claims.len());
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while !is_stopped_at(count.load(Ordering::Relaxed)) {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(claim) = claims.get(place) else { break };
                    let numbers = claim.measure();
                    if let Ok(mut done) = done.lock() {
                        done[place] = Some(numbers);
                    }
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    done.into_inner().ok()?.into_iter().collect()
}
