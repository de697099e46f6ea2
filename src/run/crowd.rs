//! A stochastic method with many seeds at once: the mean of what they measure and the middle 80 %.

use std::ops::RangeInclusive;

use super::{EarlySteps, Racer, Recording, RunSpec};
use crate::sharpness::Point;

/// How many points are kept of a run.
const KEPT_POINTS: usize = 192;

/// One run for each seed.
#[derive(Debug)]
pub struct Crowd {
    members: Vec<Member>,
}

#[derive(Debug)]
struct Member {
    racer: Racer,
    points: Vec<Point>,
    /// The last iterate of a run that has ended.
    end: Option<Point>,
}

/// What the seeds have in common at one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The step.
    pub step: u64,
    /// The mean over the seeds.
    pub mean: f64,
    /// The 10th percentile.
    pub low: f64,
    /// The 90th percentile.
    pub high: f64,
}

impl Crowd {
    /// The run with each of these seeds, at the start; `None` where the method is deterministic or there is one seed.
    #[must_use]
    pub fn new(spec: &RunSpec, seeds: RangeInclusive<u64>) -> Option<Self> {
        if !spec.optimizer.is_stochastic() || seeds.clone().nth(1).is_none() {
            return None;
        }
        let record = Recording::Points(KEPT_POINTS);
        let member = |seed| {
            let racer = Racer::new(RunSpec { seed, record, ..spec.clone() });
            Member { racer, points: Vec::new(), end: None }
        };
        Some(Self { members: seeds.map(member).collect() })
    }

    /// The most points that one seed's run of so many steps keeps: its trail's and the early ones.
    #[must_use]
    pub(super) fn points_max(steps: u64) -> u64 {
        KEPT_POINTS as u64 + EarlySteps::SEED.count_max(steps)
    }

    /// How many seeds there are.
    #[must_use]
    pub fn seeds(&self) -> usize {
        self.members.len()
    }

    /// Where every seed is at this step, as far as that was kept; where it is now if it has not come so far.
    pub fn places(&self, step: u64) -> impl Iterator<Item = &[f64]> {
        self.members.iter().filter_map(move |member| member.place(step))
    }

    /// Up to `steps` more updates of every run.
    pub fn advance(&mut self, steps: u64) {
        for Member { racer, points, .. } in &mut self.members {
            racer.advance_measuring(steps, &EarlySteps::SEED, points);
        }
    }

    /// Brings the measured points up to date with the runs.
    pub fn sync(&mut self) {
        for Member { racer, points, end } in &mut self.members {
            racer.measure_kept(&EarlySteps::SEED, points);
            if end.is_none() && racer.stop_reason().is_some() {
                *end = Some(racer.measure(racer.step(), racer.x()));
            }
        }
    }

    /// Whether every run has ended.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.members.iter().all(|member| member.racer.stop_reason().is_some())
    }

    /// The step of the longest run.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.members.iter().map(|member| member.racer.step()).max().unwrap_or(0)
    }

    /// Mean and percentiles of a measured value at every kept step of the longest run and at its end, over the seeds where
    /// it exists. A run that had ended by then stays where it ended.
    pub fn spread(&self, value: impl Fn(&Point) -> Option<f64>) -> Vec<Spread> {
        let Some(longest) = self.members.iter().max_by_key(|member| member.racer.step()) else { return Vec::new() };
        let kept = longest.points.iter().map(|point| point.step);
        let end =
            longest.end.iter().map(|end| end.step).filter(|&end| longest.points.last().is_none_or(|p| p.step < end));
        let mut values = Vec::with_capacity(self.members.len());
        // How far each member's points have been gone through.
        let mut places = vec![0; self.members.len()];
        let at = |step: u64| {
            values.clear();
            for (member, place) in self.members.iter().zip(&mut places) {
                values.extend(member.at(step, place).and_then(&value).filter(|value| value.is_finite()));
            }
            spread(step, &mut values)
        };
        kept.chain(end).filter_map(at).collect()
    }
}

impl Member {
    fn place(&self, step: u64) -> Option<&[f64]> {
        if step >= self.racer.step() {
            return Some(self.racer.x());
        }
        let kept = &self.points[..self.points.partition_point(|point| point.step <= step)];
        kept.last().map(|point| point.x.as_slice())
    }

    /// What was measured at a step; `place` is how far the points have been gone through before.
    fn at(&self, step: u64, place: &mut usize) -> Option<&Point> {
        if let Some(end) = self.end.as_ref().filter(|end| end.step <= step) {
            return Some(end);
        }
        while self.points.get(*place).is_some_and(|point| point.step < step) {
            *place += 1;
        }
        self.points.get(*place).filter(|point| point.step == step)
    }
}

/// Mean, 10th and 90th percentile, interpolated between neighbours.
fn spread(step: u64, values: &mut [f64]) -> Option<Spread> {
    if values.is_empty() {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (values.len() - 1) as f64;
        let (low, high) = (values[place.floor() as usize], values[place.ceil() as usize]);
        low + (high - low) * place.fract()
    };
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    Some(Spread { step, mean, low: at(0.1), high: at(0.9) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Scenario;

    /// Runs that converge at different steps: their records are thinned differently, and a mean must not mix steps.
    #[test]
    fn seeds_are_compared_at_the_same_step() {
        let json = r#"{"loss": {"id": "two-moons-logistic"}, "optimizers": [{"id": "sgd", "eta": 0.05}], "seeds": [0, 7],
            "steps": 3000, "tol": 0.03}"#;
        let scenario = Scenario::from_json(json).expect("a scenario");
        let mut crowd = Crowd::new(&scenario.run_spec(0), scenario.seeds()).expect("a crowd");
        for _ in 0..30 {
            crowd.advance(100);
            crowd.sync();
        }
        let ends: Vec<u64> = crowd.members.iter().map(|member| member.racer.step()).collect();
        let (first, last) = (*ends.iter().min().expect("members"), crowd.step());
        let strides: Vec<bool> = crowd.members.iter().map(|m| m.racer.trail().is_some_and(|t| t.keeps(8))).collect();
        assert!(first < last && strides.iter().any(|stride| *stride != strides[0]), "{first}, {last}, {strides:?}");
        let steps = crowd.spread(|point| Some(point.step as f64));
        assert_eq!(steps.last().map(|spread| spread.step), Some(last));
        for spread in steps {
            let all = [spread.low, spread.mean, spread.high];
            let expected = spread.step as f64;
            if spread.step <= first { assert_eq!(all, [expected; 3]) } else { assert!(spread.high <= expected) }
        }
        let mean = ends.iter().sum::<u64>() as f64 / 8.0;
        assert_eq!(crowd.spread(|point| Some(point.step as f64)).last().map(|spread| spread.mean), Some(mean));
    }

    #[test]
    fn percentiles_are_interpolated() {
        let mut values: Vec<f64> = (0..=10).rev().map(f64::from).collect();
        assert_eq!(spread(7, &mut values), Some(Spread { step: 7, mean: 5.0, low: 1.0, high: 9.0 }));
        assert_eq!(spread(7, &mut []), None);
    }
}
