//! How a run goes on after its end: at rest, on a cycle, in a band, or away.

use super::critical::Critical;
use crate::calculus::VecN;
use crate::run::{Racer, Recording, RunSpec, StopReason};

/// Updates that a run is watched for; both halves are even, so that a 2-cycle has the same mean in each.
const WATCHED: u64 = 128;
/// A cycle or a band hardly moves as a whole from one half to the other, beside its radius.
const STEADY: f64 = 0.25;
/// What moves this little relative to 1 + ‖x‖ is at rest.
const AT_REST: f64 = 1e-6;
/// Chaos in a band reaches about as far in both halves; what escapes reaches farther.
const ESCAPE: f64 = 1.5;

/// The iterates after an end, in their two halves.
pub(super) struct Motion {
    points: Vec<VecN>,
    /// Their mean.
    pub centre: VecN,
    /// How far they go from it.
    pub radius: f64,
    /// The mean of the second half minus that of the first.
    drift: VecN,
}

impl Motion {
    /// From `x` on, with the method of `spec`; `None` where it diverges.
    pub(super) fn after(spec: &RunSpec, x: &[f64]) -> Option<Self> {
        let (init, optimizer) = (x.to_vec(), spec.optimizer.in_force(spec.steps));
        let watched = RunSpec { init, optimizer, steps: WATCHED, tol: 0.0, record: Recording::All, ..spec.clone() };
        let mut racer = Racer::new(watched);
        racer.advance(WATCHED);
        if racer.stop_reason() == Some(StopReason::Diverged) {
            return None;
        }
        let points: Vec<VecN> = racer.kept().into_iter().skip(1).map(|(_, x)| VecN::from_slice(x)).collect();
        let [first, second] = halves(&points).map(mean);
        let centre = (first + second) * 0.5;
        let radius = farthest(&points, &centre);
        Some(Self { points, centre, radius, drift: second - first })
    }

    /// Whether it leaves the critical point: it reaches much farther in the second half, or a little, having moved as a whole
    /// and not along Γ.
    pub(super) fn leaves(&self, critical: &Critical) -> bool {
        let [first, second] = halves(&self.points).map(|half| farthest(half, &critical.x));
        let rounding = 1e-9 * (1.0 + critical.x.norm());
        let drift = self.drift - critical.eigen.project_on_null(&self.drift);
        second > ESCAPE * first + rounding || (second > first + rounding && drift.norm() > 2.0 * STEADY * self.radius)
    }

    /// Whether it is at rest on average, where it is.
    pub(super) fn is_steady(&self) -> bool {
        let [first, second] = halves(&self.points).map(|half| farthest(half, &self.centre));
        let rest = AT_REST * (1.0 + self.centre.norm());
        self.drift.norm() <= rest.max(STEADY * self.radius) && second <= ESCAPE * first + rest
    }
}

fn halves(points: &[VecN]) -> [&[VecN]; 2] {
    points.split_at(points.len() / 2).into()
}

fn mean(points: &[VecN]) -> VecN {
    let sum = points.iter().fold(VecN::zeros(points[0].len()), |sum, x| sum + *x);
    sum * (1.0 / points.len() as f64)
}

fn farthest(points: &[VecN], from: &VecN) -> f64 {
    points.iter().map(|x| (*x - *from).norm()).fold(0.0, f64::max)
}
