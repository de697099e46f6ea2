//! A stochastic method with many seeds at once: the mean of what they measure and the middle 80 %.

use std::ops::Range;

use crate::run::{Racer, Recording, Scenario};
use crate::sharpness::Point;

/// How many points the band keeps of a run.
const KEPT_POINTS: usize = 192;

/// One run for each seed, all with the same kept steps.
#[derive(Debug)]
pub struct Crowd {
    members: Vec<Member>,
}

#[derive(Debug)]
struct Member {
    racer: Racer,
    points: Vec<Point>,
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
    /// The runs of method `index`, at their start; `None` where it is deterministic or there is one seed.
    pub fn new(scenario: &Scenario, index: usize) -> Option<Self> {
        if !scenario.optimizers[index].id.info().stochastic || scenario.seeds().nth(1).is_none() {
            return None;
        }
        let record = Recording::Points(KEPT_POINTS);
        let racer = |seed| Racer::new(&Scenario { seed, record, ..scenario.clone() }, index);
        Some(Self { members: scenario.seeds().map(|seed| Member { racer: racer(seed), points: Vec::new() }).collect() })
    }

    /// How many seeds there are.
    #[must_use]
    pub fn seeds(&self) -> usize {
        self.members.len()
    }

    /// Where every seed is now.
    pub fn heads(&self) -> impl Iterator<Item = &[f64]> {
        self.members.iter().map(|member| member.racer.x())
    }

    /// Up to `steps` more updates of every run.
    pub fn advance(&mut self, steps: u64) {
        for member in &mut self.members {
            member.racer.advance(steps);
        }
    }

    /// Brings the measured points up to date with the runs.
    pub fn sync(&mut self) {
        for Member { racer, points } in &mut self.members {
            let Some(trail) = racer.trail() else { continue };
            points.retain(|point| trail.keeps(point.step));
            let fresh: Range<usize> = points.len()..trail.steps().len();
            points.extend(fresh.map(|i| racer.measure(trail.steps()[i], trail.x(i))));
        }
    }

    /// Mean and percentiles of a measured value at every kept step that all seeds have reached, where it exists.
    pub fn spread(&self, value: impl Fn(&Point) -> Option<f64>) -> Vec<Spread> {
        let shortest = self.members.iter().map(|member| member.points.len()).min().unwrap_or(0);
        let mut values = Vec::with_capacity(self.members.len());
        let at = |i: usize| {
            values.clear();
            values.extend(self.members.iter().filter_map(|m| value(&m.points[i])).filter(|value| value.is_finite()));
            spread(self.members[0].points[i].step, &mut values)
        };
        (0..shortest).filter_map(at).collect()
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

    #[test]
    fn percentiles_are_interpolated() {
        let mut values: Vec<f64> = (0..=10).rev().map(f64::from).collect();
        assert_eq!(spread(7, &mut values), Some(Spread { step: 7, mean: 5.0, low: 1.0, high: 9.0 }));
        assert_eq!(spread(7, &mut []), None);
    }
}
