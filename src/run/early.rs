//! A run's measured points: those that its trail keeps, and steps in equal ratios from its beginning on. An even record has
//! none of those below its stride, which a logarithmic axis shows largest.

use super::Racer;
use crate::sharpness::Point;

/// The steps that are measured apart from the trail: 2^`octave` to an octave, each in a pair with the next one, as in a trail;
/// and chosen ones.
#[derive(Clone, Debug)]
pub struct EarlySteps {
    octave: u32,
    /// Ascending.
    chosen: Vec<u64>,
}

impl EarlySteps {
    /// Of a run that is shown alone.
    pub const RUN: Self = Self { octave: 4, chosen: Vec::new() };
    /// Of one run among many seeds.
    pub const SEED: Self = Self { octave: 2, chosen: Vec::new() };

    /// With these steps, ascending, too.
    #[must_use]
    pub fn and(self, chosen: Vec<u64>) -> Self {
        Self { chosen, ..self }
    }

    /// The distance between pairs at this step.
    fn stride(&self, step: u64) -> u64 {
        1 << step.checked_ilog2().unwrap_or(0).saturating_sub(self.octave)
    }

    /// At least as many as there are up to this step: two for each pair of an octave.
    pub(super) fn count_max(&self, steps: u64) -> u64 {
        u64::from(2 + steps.checked_ilog2().unwrap_or(0)) << (self.octave + 1)
    }

    /// Whether a step is one of them.
    #[must_use]
    pub fn has(&self, step: u64) -> bool {
        step % self.stride(step) <= 1 || self.chosen.contains(&step)
    }

    /// The first of them after `step`.
    fn next(&self, step: u64) -> u64 {
        let stride = self.stride(step);
        let phase = step % stride;
        let even = if phase == 0 { step + 1 } else { step - phase + stride };
        self.chosen.iter().copied().find(|&chosen| chosen > step).map_or(even, |chosen| chosen.min(even))
    }
}

impl Racer {
    /// Up to `steps` more updates; the early steps on the way are measured into `points`.
    pub fn advance_measuring(&mut self, steps: u64, early: &EarlySteps, points: &mut Vec<Point>) {
        let end = self.step().saturating_add(steps);
        while self.step() < end && self.stop_reason().is_none() {
            let next = early.next(self.step()).min(end);
            self.advance(next - self.step());
            if self.step() == next && early.has(next) {
                points.push(self.measure(next, self.x()));
            }
        }
    }

    /// Brings measured `points` up to date with the trail: drops those that it no longer keeps and measures its new ones.
    pub fn measure_kept(&self, early: &EarlySteps, points: &mut Vec<Point>) {
        let Some(trail) = self.trail() else { return };
        points.retain(|point| trail.keeps(point.step) || early.has(point.step));
        let known = |points: &[Point], step| points.binary_search_by_key(&step, |point| point.step).is_ok();
        let kept = trail.steps();
        // Of the steps that are early too some may be known; the first other one that is known ends the search.
        let is_new = |step: u64| early.has(step) || !known(points, step);
        let from = kept.iter().rposition(|&step| !is_new(step)).map_or(0, |place| place + 1);
        let new: Vec<usize> = (from..kept.len()).filter(|&i| !known(points, kept[i])).collect();
        points.extend(new.into_iter().map(|i| self.measure(kept[i], trail.x(i))));
        points.sort_by_key(|point| point.step);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::{Recording, Scenario};

    #[test]
    fn early_steps_are_pairs_in_equal_ratios() {
        let all: Vec<u64> =
            std::iter::successors(Some(0), |&step| Some(EarlySteps::SEED.next(step))).take(22).collect();
        assert_eq!(all, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 20, 21, 24, 25]);
        let members: Vec<u64> = (1..6000).filter(|&step| EarlySteps::SEED.has(step)).collect();
        for step in 0..5000 {
            let next = members[members.partition_point(|&member| member <= step)];
            assert_eq!(EarlySteps::SEED.next(step), next, "after {step}");
        }
        let count = (0..1_000_000).filter(|&step| EarlySteps::RUN.has(step)).count();
        assert!((450..550).contains(&count), "{count} in a million");
        for steps in [0, 1, 5, 64, 1000, 1 << 16] {
            let count = (0..=steps).filter(|&step| EarlySteps::SEED.has(step)).count() as u64;
            assert!(count <= EarlySteps::SEED.count_max(steps), "{count} up to {steps}");
        }
    }

    /// However a run is cut into calls, its points are the trail's and the early ones, each as measured on its own.
    #[test]
    fn points_do_not_depend_on_the_calls() {
        let scenario = Scenario { record: Recording::Points(64), ..Scenario::welcome() };
        let points_of = |cuts: &[u64]| {
            let mut racer = Racer::new(scenario.run_spec(1));
            let mut points = Vec::new();
            racer.measure_kept(&EarlySteps::RUN, &mut points);
            for &steps in cuts {
                racer.advance_measuring(steps, &EarlySteps::RUN, &mut points);
                racer.measure_kept(&EarlySteps::RUN, &mut points);
            }
            (points, racer)
        };
        let (at_once, racer) = points_of(&[5000]);
        let (in_pieces, _) = points_of(&[1, 1, 40, 200, 758, 3000, 1000]);
        assert_eq!(at_once, in_pieces);
        let trail = racer.trail().expect("a trail");
        let expected: Vec<u64> = (0..=5000).filter(|&k| trail.keeps(k) || EarlySteps::RUN.has(k)).collect();
        assert_eq!(at_once.iter().map(|point| point.step).collect::<Vec<_>>(), expected);
    }
}
