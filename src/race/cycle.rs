//! The 2-cycle that a run is on, read off its points.

use super::Run;
use super::story::{AT_REST, distance};
use crate::sharpness::Point;

/// Hops shorter than this are rounding.
const HOP_MIN: f64 = 1e-9;

/// Two places between which a run hops.
pub(super) struct Cycle {
    pub centre: Vec<f64>,
    /// Half their distance.
    pub radius: f64,
}

/// The 2-cycle that a run is on: it hops as far as in the middle of its way, around a centre that has moved less since. (A
/// run on a straight way has moved by at least two hops.)
pub(super) fn two_cycle(run: &Run) -> Option<Cycle> {
    let (now, before) = (pair(run, run.head())?, pair(run, run.halfway())?);
    if before[1].step >= now[0].step {
        return None;
    }
    let [now, before] = [now, before].map(|[a, b]| Cycle {
        centre: a.x.iter().zip(&b.x).map(|(a, b)| 0.5 * (a + b)).collect(),
        radius: 0.5 * distance(&a.x, &b.x),
    });
    let moved = distance(&now.centre, &before.centre);
    let is_steady = (now.radius - before.radius).abs() < 0.1 * now.radius && moved < now.radius.min(AT_REST);
    (is_steady && now.radius > HOP_MIN).then_some(now)
}

/// The length of the last update.
pub(super) fn hop(run: &Run) -> Option<f64> {
    pair(run, run.head()).map(|[a, b]| distance(&a.x, &b.x))
}

/// Two consecutive iterates of which `point` is one.
fn pair<'a>(run: &'a Run, point: &Point) -> Option<[&'a Point; 2]> {
    let points = run.points();
    let i = points.partition_point(|other| other.step < point.step);
    let pairs = [i.checked_sub(1), Some(i)].into_iter().flatten().filter_map(|i| points.get(i..=i + 1));
    pairs.filter(|pair| pair[0].step + 1 == pair[1].step).map(|pair| [&pair[0], &pair[1]]).next()
}
