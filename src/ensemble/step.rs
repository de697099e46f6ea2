//! The one way in which many runs step.

use super::Points;
use crate::run::{Racer, Recording, RunSpec, StopReason};

/// Where many runs are at their ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Finals {
    /// The last iterates.
    pub x: Points,
    /// The updates that each did.
    pub steps: Vec<u64>,
    /// Why each ended.
    pub stop: Vec<StopReason>,
}

/// Runs `spec` to its end from each of `starts`, in place of its own start. Each has the bits of a run of its own.
#[must_use]
pub fn advance(spec: &RunSpec, starts: &Points) -> Finals {
    let mut finals = Finals { x: starts.clone(), steps: Vec::new(), stop: Vec::new() };
    for k in 0..starts.len() {
        let mut racer = Racer::new(RunSpec { init: starts.at(k), record: Recording::None, ..spec.clone() });
        racer.advance(spec.steps);
        finals.x.put(k, racer.x());
        finals.steps.push(racer.step());
        finals.stop.push(racer.stop_reason().unwrap_or(StopReason::Steps));
    }
    finals
}
