//! Named measurements: what lessons say of a run. A name is `WHO.WHAT`, or `WHO.WHERE.WHAT`, or `claim.ID.predicted` and
//! `claim.ID.measured`.
//!
//! WHO is a method of the run, by its id or its number counted from 1. WHERE is `start`, `end` (also where nothing stands),
//! `phi` (Φ of the end), `predicted` (the rest point of its limiting flow), `theorem` or `law` (these flows at the run's end);
//! or `mean`, `low` and `high`, which are over the kept iterates of the run's second half. WHAT is `eta`, `rho`, `steps`, a
//! curve's id such as `lambda_1`, `lambda_2`, `norm` (‖x‖) or a coordinate such as `x1`.

use serde::Deserialize;
use serde::de::value::StrDeserializer;

use super::parse::place_of;
use super::solution::Solution;
use crate::race::{Race, Run};
use crate::run::Scenario;
use crate::sharpness::{Curve, Point};
use crate::theory::claims::Claim;
use crate::theory::phi;

/// A measurement, by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Measurement(pub String);

/// Where along a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Start,
    End,
    Phi,
    Predicted,
    Theorem,
    Law,
    Mean,
    Low,
    High,
}

const PLACES: [(&str, Place); 9] = [
    ("start", Place::Start),
    ("end", Place::End),
    ("phi", Place::Phi),
    ("predicted", Place::Predicted),
    ("theorem", Place::Theorem),
    ("law", Place::Law),
    ("mean", Place::Mean),
    ("low", Place::Low),
    ("high", Place::High),
];

impl Measurement {
    pub fn named(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// Method, place and quantity; `None` where it is no name of a run's measurement.
    fn parts(&self) -> Option<(&str, Place, &str)> {
        let (who, rest) = self.0.split_once('.')?;
        let Some((place, what)) = rest.split_once('.') else { return Some((who, Place::End, rest)) };
        let (_, place) = PLACES.into_iter().find(|(name, _)| *name == place)?;
        Some((who, place, what))
    }

    /// Which claim's prediction (true) or measurement it is.
    fn of_claim(&self) -> Option<(&str, bool)> {
        let (id, side) = self.0.strip_prefix("claim.")?.rsplit_once('.')?;
        [("predicted", true), ("measured", false)].into_iter().find(|(name, _)| *name == side).map(|(_, is)| (id, is))
    }

    /// Refuses a name that means nothing in this scenario.
    pub fn check(&self, scenario: &Scenario, claims: &[&Claim]) -> Result<(), String> {
        let name = &self.0;
        if let Some((id, _)) = self.of_claim() {
            let is_there = claims.iter().any(|claim| claim.id == id);
            return is_there.then_some(()).ok_or_else(|| format!("{{{name}}}: the lesson has no claim `{id}`"));
        }
        let (who, _, what) = self.parts().ok_or_else(|| format!("{{{name}}} is no measurement"))?;
        place_of(scenario, who)?;
        let is_known = SETTINGS.contains(&what)
            || ["lambda_2", "norm"].contains(&what)
            || number_of(what).is_some()
            || coordinate(what).is_some_and(|i| i < scenario.dim());
        is_known.then_some(()).ok_or_else(|| format!("{{{name}}}: `{what}` is no quantity"))
    }

    /// Its value once the run, and for a claim that, is at its end; `None` before, and where there is none.
    pub fn value(&self, solution: &Solution) -> Option<f64> {
        if let Some((id, is_predicted)) = self.of_claim() {
            let verdict = solution.verdicts().iter().find(|verdict| verdict.id == id)?;
            return if is_predicted { verdict.predicted } else { verdict.measured };
        }
        let (who, place, what) = self.parts()?;
        of_run(solution.race(), who, place, what)
    }
}

const SETTINGS: [&str; 3] = ["eta", "rho", "steps"];

fn of_run(race: &Race, who: &str, place: Place, what: &str) -> Option<f64> {
    let run = race.run(place_of(&race.scenario, who).ok()?)?;
    if SETTINGS.contains(&what) {
        let spec = run.optimizer();
        return Some(match what {
            "eta" => spec.eta,
            "rho" => spec.rho,
            _ => race.scenario.steps as f64,
        });
    }
    if !race.is_over() {
        return None;
    }
    let racer = run.racer();
    let there = |x: &[f64]| of_point(&racer.measure_fully(racer.step(), x), what);
    match place {
        Place::Start => there(&racer.spec().init),
        Place::End => there(racer.x()),
        Place::Phi => there(&phi(run.landscape(), racer.x()).ok()?),
        Place::Predicted => there(run.predicted_end()?.ok()?),
        Place::Theorem => there(&run.prediction()?.theorem_at(racer.step())?),
        Place::Law => there(&run.prediction()?.law_at(racer.step())?),
        Place::Mean | Place::Low | Place::High => over_second_half(run, place, what),
    }
}

fn over_second_half(run: &Run, place: Place, what: &str) -> Option<f64> {
    let from = run.racer().step() / 2;
    let values: Vec<f64> =
        run.points().iter().filter(|point| point.step >= from).filter_map(|point| of_point(point, what)).collect();
    match place {
        Place::Low => values.into_iter().reduce(f64::min),
        Place::High => values.into_iter().reduce(f64::max),
        _ => (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64),
    }
}

fn of_point(point: &Point, what: &str) -> Option<f64> {
    match what {
        "lambda_2" => point.eigenvalues.get(1).copied(),
        "norm" => Some(point.x.iter().map(|x| x * x).sum::<f64>().sqrt()),
        _ => match coordinate(what) {
            Some(i) => point.x.get(i).copied(),
            None => number_of(what)?(point),
        },
    }
}

/// The curve with this id.
pub(super) fn curve(id: &str) -> Option<Curve> {
    Curve::deserialize(StrDeserializer::<serde::de::value::Error>::new(id)).ok()
}

/// The number of the curve with this id.
fn number_of(id: &str) -> Option<fn(&Point) -> Option<f64>> {
    curve(id)?.info().value
}

/// `x3` as 2.
fn coordinate(what: &str) -> Option<usize> {
    what.strip_prefix('x')?.parse::<usize>().ok()?.checked_sub(1)
}
