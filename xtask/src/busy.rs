//! How busy others keep the machine: a limit on time is meant for one that is not.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

/// How long it is tried out.
const TRIAL: Duration = Duration::from_millis(200);

/// By how much everything is slower now than on an idle machine, at least 1: a thread for each processor computes, and is told how
/// long it had one. Where the system doesn't tell, 1.
pub fn slowdown() -> f64 {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let trials: Vec<_> = (0..threads).map(|_| thread::spawn(trial)).collect();
    let times: Vec<[f64; 2]> = trials.into_iter().filter_map(|trial| trial.join().ok().flatten()).collect();
    let sum = |of: usize| times.iter().map(|time| time[of]).sum::<f64>();
    if times.is_empty() { 1.0 } else { (sum(0) / sum(1)).max(1.0) }
}

/// The seconds that computing took, and those on a processor.
fn trial() -> Option<[f64; 2]> {
    let (begin, before) = (Instant::now(), on_processor()?);
    while begin.elapsed() < TRIAL {
        std::hint::spin_loop();
    }
    let computed = on_processor()?.checked_sub(before).filter(|computed| !computed.is_zero())?;
    Some([begin.elapsed(), computed].map(|time| time.as_secs_f64()))
}

/// How long this thread has had a processor.
fn on_processor() -> Option<Duration> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn others_are_noticed() {
        if on_processor().is_none() {
            return;
        }
        let threads = 4 * thread::available_parallelism().map_or(1, usize::from);
        let is_over = AtomicBool::new(false);
        let busy = thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while !is_over.load(Ordering::Relaxed) {
                        std::hint::spin_loop();
                    }
                });
            }
            let busy = slowdown();
            is_over.store(true, Ordering::Relaxed);
            busy
        });
        assert!(busy > 2.0, "with {threads} other threads it is slower by a factor of {busy} only");
    }
}
