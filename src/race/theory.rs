//! What theory says of one run, computed bit by bit: the flows from where it lands, its distances from them, its end.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::run::STRIDES;
use crate::run::{EarlySteps, OptimizerSpec, Racer};
use crate::sharpness::{Curve, Effort, Point};
use crate::theory::{Distances, NoEnd, Prediction, edge_rest, predicted_end};

/// What is computed beside the runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is wanted or not, whatever the others are")]
pub struct Wanted {
    /// R^Max, R^Asc and R^Avg of every point.
    pub sharpness: bool,
    /// The limiting flows.
    pub flows: bool,
    /// The distances from the flows.
    pub distances: bool,
    /// Where theory says that each run ends.
    pub ends: bool,
}

impl Wanted {
    /// What these curves show.
    #[must_use]
    pub fn of_curves(curves: &[Curve]) -> Self {
        Self {
            sharpness: curves.iter().any(|curve| curve.info().effort != Effort::Derivatives),
            distances: curves.contains(&Curve::FlowDistance),
            ..Self::default()
        }
    }
}

/// The search for the step from which a run is compared with the flows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Landing {
    /// Nothing has been computed.
    #[default]
    Unknown,
    /// The flows start at Φ(start); points before this step have not landed.
    Flying(u64),
    /// The flows start where the run has landed.
    Landed,
}

/// The part of a run that one method does.
pub(super) struct Leg<'a> {
    pub racer: &'a Racer,
    /// The method in force.
    pub spec: OptimizerSpec,
    /// From its first iterate on.
    pub points: &'a [Point],
    /// The step at which it ends.
    pub end: u64,
}

/// What has been computed so far of a leg.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub prediction: Option<Prediction>,
    /// By step.
    pub distances: BTreeMap<u64, Distances>,
    pub predicted_end: OnceCell<Result<Vec<f64>, NoEnd>>,
    /// Where it rests at an edge of its own.
    pub rest: OnceCell<Option<Vec<f64>>>,
    landing: Landing,
}

impl Compared {
    /// Forgets the distances of points that are no longer kept.
    pub fn keep(&mut self, points: &[Point]) {
        self.distances.retain(|step, _| points.binary_search_by_key(step, |point| point.step).is_ok());
    }

    /// Goes on with what is wanted, until `is_late`. True while there is more to do.
    pub fn advance(&mut self, leg: &Leg, wanted: Wanted, is_late: &mut dyn FnMut() -> bool) -> bool {
        let (loss, spec) = (leg.racer.measured(), &leg.spec);
        let Some(first) = leg.points.first() else { return false };
        if wanted.ends && self.predicted_end.get().is_none() {
            self.predicted_end.get_or_init(|| predicted_end(loss, spec, &first.x[..loss.dim()]));
            return true;
        }
        if wanted.flows && self.rest.get().is_none() {
            self.rest.get_or_init(|| edge_rest(loss, spec, &first.x[..loss.dim()]));
            return true;
        }
        if !(wanted.flows || wanted.distances) {
            return false;
        }
        if self.landing == Landing::Unknown {
            self.prediction = Prediction::new(loss, spec, first.step, &first.x[..loss.dim()], leg.end);
            self.landing = if self.prediction.is_some() { Landing::Flying(first.step) } else { Landing::Landed };
            return true;
        }
        self.land(leg, is_late) || (wanted.distances && self.measure_distances(leg, is_late))
    }

    /// Looks for the first point that has landed; true while there is more to do. Only among the early steps, which do not
    /// depend on how far the run has come: so the flows are the same whenever they are asked for.
    fn land(&mut self, leg: &Leg, is_late: &mut dyn FnMut() -> bool) -> bool {
        let (loss, spec, points) = (leg.racer.measured(), &leg.spec, leg.points);
        let begin = points.first().map_or(0, |point| point.step);
        let is_early = |step: u64| EarlySteps::RUN.has(step) || (step - begin).is_power_of_two();
        while let Landing::Flying(from) = self.landing {
            let later = &points[points.partition_point(|point| point.step < from)..];
            let Some(point) = later.iter().find(|point| is_early(point.step)) else { return false };
            if is_late() {
                return true;
            }
            self.landing = Landing::Flying(point.step + 1);
            let has_landed = |prediction: &Prediction| prediction.has_landed(loss, spec, &point.x[..loss.dim()]);
            if self.prediction.as_ref().is_some_and(has_landed) {
                let landed = Prediction::new(loss, spec, point.step, &point.x[..loss.dim()], leg.end);
                self.prediction = landed.or(self.prediction.take());
                self.landing = Landing::Landed;
            }
        }
        false
    }

    /// True while there is more to do. A run that has ended without landing is compared with the flows from Φ(start).
    fn measure_distances(&mut self, leg: &Leg, is_late: &mut dyn FnMut() -> bool) -> bool {
        let loss = leg.racer.measured();
        let is_settled = self.landing == Landing::Landed || leg.racer.stop_reason().is_some();
        let Some(prediction) = self.prediction.as_ref().filter(|_| is_settled) else { return false };
        for stride in STRIDES {
            for point in leg.points.iter().step_by(stride) {
                if self.distances.contains_key(&point.step) || point.step < prediction.step {
                    continue;
                }
                if is_late() {
                    return true;
                }
                let nothing = Distances { theorem: None, law: None };
                let distances = prediction.distances(loss, point.step, &point.x[..loss.dim()]);
                self.distances.insert(point.step, distances.unwrap_or(nothing));
            }
        }
        false
    }
}
