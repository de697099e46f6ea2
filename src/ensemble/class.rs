//! What the ends of a loss's runs are called.

use super::critical::{Critical, Kind};
use super::motion::Motion;
use super::{Points, Settings};
use crate::calculus::{Landscape, VecN};
use crate::loss::{Landmark, LandmarkKind, LossSpec};
use crate::run::RunSpec;

/// The classes that every loss has, after those of its landmarks.
const GENERAL: [&str; 6] = ["minimum", "saddle", "maximum", "hallucinated", "moving", "diverged"];
/// A landmark is reached within this, relative to 1 + its length.
const REACHED: f64 = 0.01;
/// A critical point is arrived at within this, relative to 1 + ‖x‖, or within the run's own cycle or band.
const ARRIVED: f64 = 1e-3;

/// The classes of ends on one loss: one for each landmark that is a minimum, then `minimum` (another point of Γ or an
/// isolated one), `saddle`, `maximum`, `hallucinated` (at rest on average or on a cycle, around no critical point), `moving`,
/// `diverged`.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    landmarks: Vec<Landmark>,
}

impl Classes {
    /// Those of a resolved loss in dimension `dim`.
    #[must_use]
    pub fn of(loss: &LossSpec, dim: usize) -> Self {
        // Every kind of landmark there is lies on Γ or is an isolated minimizer.
        Self { landmarks: loss.landmarks(dim) }
    }

    /// Their names: a landmark's is its label, with a number where it is not its own.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let kinds = |marks: &[Landmark], kind| marks.iter().filter(|mark| mark.kind == kind).count();
        let named = |(i, mark): (usize, &Landmark)| {
            let label = mark.kind.label();
            let is_own = kinds(&self.landmarks, mark.kind) == 1 && mark.kind != LandmarkKind::Minimum;
            if is_own { label.to_owned() } else { format!("{label} {}", kinds(&self.landmarks[..=i], mark.kind)) }
        };
        let general = GENERAL.iter().map(|&name| name.to_owned());
        self.landmarks.iter().enumerate().map(named).chain(general).collect()
    }

    /// The landmarks, whose classes are the first ones.
    #[must_use]
    pub fn landmarks(&self) -> &[Landmark] {
        &self.landmarks
    }

    /// The classes of runs of `spec` with settings of their own, at most [`WIDTH`](super::WIDTH), that ended at `x`, as places in
    /// [`names`](Self::names): what each is close to, judged by its next 128 updates.
    #[must_use]
    pub(super) fn of_ends(&self, spec: &RunSpec, loss: &dyn Landscape, x: &Points, settings: &[Settings]) -> Vec<u8> {
        let motion = Motion::after(spec, x, settings);
        let near = |k: usize| {
            let centre = motion.centre(k);
            let reach = (2.0 * motion.radius(k)).max(ARRIVED * (1.0 + centre.norm()));
            Critical::near(loss, &centre, reach)
        };
        let criticals: Vec<_> = (0..x.len()).map(|k| if motion.goes_on(k) { near(k) } else { None }).collect();
        let leaves = motion.leaves(&criticals);
        let class = |(k, critical): (usize, Option<Critical>)| {
            let critical = critical.filter(|_| !leaves[k]);
            match critical.map(|critical| (critical.kind(), critical.x)) {
                Some((Kind::Minimum, x)) => self.landmark(&x).unwrap_or(self.general("minimum")),
                Some((Kind::Saddle, _)) => self.general("saddle"),
                Some((Kind::Maximum, _)) => self.general("maximum"),
                None if motion.goes_on(k) && motion.is_steady(k) => self.general("hallucinated"),
                None => self.general("moving"),
            }
        };
        criticals.into_iter().enumerate().map(class).collect()
    }

    /// The class of what has diverged.
    pub(super) fn diverged(&self) -> u8 {
        self.general("diverged")
    }

    /// The nearest landmark, where `x` has reached it.
    fn landmark(&self, x: &VecN) -> Option<u8> {
        let distance = |mark: &Landmark| {
            let mark = VecN::from_slice(&mark.x);
            (*x - mark).norm() / (1.0 + mark.norm())
        };
        let distances = self.landmarks.iter().map(distance).enumerate().filter(|(_, distance)| *distance <= REACHED);
        distances.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i as u8)
    }

    fn general(&self, name: &str) -> u8 {
        let place = GENERAL.iter().position(|&known| known == name);
        debug_assert!(place.is_some(), "a class that every loss has");
        (self.landmarks.len() + place.unwrap_or(0)) as u8
    }
}
