//! The worst direction: L^Max(x) = max over ‖v‖ ≤ 1 of L(x + ρv), the highest point of the whole ball.
//!
//! In one and two dimensions a grid finds every hill that is not narrower than its steps, and Newton's method the
//! top of each. In more dimensions it is a search from many starts: what it finds is a local maximum to rounding,
//! and the certificate says how many starts agree, but nothing proves that no higher one exists.
//! Measured against plain ascent from 60 random points, on random losses with hills down to a width of 0.35 and ρ up to
//! 2: lower in about 1 of 20 000 cases in two and three dimensions, in 2 of 10 000 in four, all of them with ρ > 1.

mod ball;
mod directions;
mod model;
mod plane;
mod shifted;
mod starts;

use std::cmp::Ordering;

use serde::Serialize;

use crate::calculus::{Landscape, TIE, VecN};
use ball::{Ball, Peak, Stationarity};
use starts::explored;

/// Two points of the ball that are nearer than this, in units of ρ, are one.
const SAME_POINT: f64 = 1e-6;
/// A start this near to a maximum that is already found is on its hill.
const SAME_HILL: f64 = 0.05;
/// At most this many hills are climbed to the top, the highest starts first.
const MAX_HILLS: usize = 12;

/// A start is not climbed on where this many times its slope could not lift it to the best known top. The ball is 2
/// wide; what is more allows for slopes that grow on the way.
const OUTLOOK: f64 = 4.0;

/// How far the maximum can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Certificate {
    /// How far the maximizer is from stationary over the ball: the part of ∇L that ought to vanish (the tangential
    /// one on the sphere, all of it where ∇L points inwards or the maximizer is inside), relative to
    /// ‖∇L‖ + ρ‖H‖ there.
    pub kkt: f64,
    /// How many starts were followed: the hills of the grid in up to two dimensions, all starts in more.
    pub starts: usize,
    /// How many of them ended at the same value.
    pub agreed: usize,
}

/// The highest points of a ball.
#[derive(Clone, Debug, PartialEq)]
pub struct Worst {
    /// L^Max(x).
    pub value: f64,
    /// R^Max(x) = L^Max(x) − L(x) ≥ 0.
    pub r_max: f64,
    /// Every maximizer x + ρv that was found, tied within 1e-9 R^Max (the tolerance for tied eigenvalues: on a
    /// quadratic's minimum R^Max is ρ²λ1/2) and rounding. Ordered by coordinates, the largest first: at a
    /// quadratic's minimum +v1 comes before −v1. Where a continuum is maximal, at most 2D of its points.
    pub at: Vec<VecN>,
    /// How far to trust it.
    pub certificate: Certificate,
}

impl Worst {
    /// The maximizer that stands for all tied ones: the first.
    #[must_use]
    pub fn chosen(&self) -> &VecN {
        &self.at[0]
    }
}

/// Searches the ball of radius ρ ≥ 0 around x; a function of its arguments alone.
///
/// Values that are not finite lose every comparison; where L(x) itself is not finite, R^Max is NaN.
#[must_use]
pub fn worst_direction(loss: &dyn Landscape, x: &VecN, rho: f64) -> Worst {
    let here = loss.value(x);
    if rho == 0.0 || !here.is_finite() {
        let certificate = Certificate { kkt: 0.0, starts: 1, agreed: 1 };
        return Worst { value: here, r_max: if here.is_finite() { 0.0 } else { f64::NAN }, at: vec![*x], certificate };
    }
    let ball = Ball { loss, x: *x, rho };
    let starts = match x.len() {
        1 => plane::on_line(&ball),
        2 => plane::on_disc(&ball),
        _ => starts::in_ball(&ball),
    };
    let hills = if x.len() <= 2 { climbed(&ball, &starts, SAME_POINT) } else { searched(&ball, &starts) };
    let best = hills.iter().fold(hills[0].top, |best, hill| if hill.top.value > best.value { hill.top } else { best });
    let tolerance = TIE * (best.value - here).abs() + 4.0 * f64::EPSILON * best.value.abs();
    // The equality is for infinite values.
    let is_tied = |value: f64| value == best.value || value >= best.value - tolerance;
    let agreed = hills.iter().filter(|hill| is_tied(hill.top.value)).map(|hill| hill.starts).sum();
    let mut tops: Vec<VecN> = Vec::with_capacity(2);
    for hill in hills.iter().filter(|hill| is_tied(hill.top.value)) {
        if tops.len() < 2 * x.len() && tops.iter().all(|p| (*p - hill.top.p).norm() > SAME_POINT) {
            tops.push(hill.top.p);
        }
    }
    tops.sort_by(by_coordinates);
    let certificate = Certificate { kkt: kkt(&ball, &tops[0]), starts: starts.len(), agreed };
    Worst { value: best.value, r_max: best.value - here, at: tops.iter().map(|p| ball.point(p)).collect(), certificate }
}

/// The largest first.
fn by_value(a: &Peak, b: &Peak) -> Ordering {
    b.value.total_cmp(&a.value)
}

/// The top of a hill and how many starts are on it.
struct Hill {
    top: Peak,
    starts: usize,
}

/// Climbs from every start but those near a top that is already known.
fn climbed(ball: &Ball, starts: &[Peak], radius: f64) -> Vec<Hill> {
    let mut hills = Vec::with_capacity(MAX_HILLS);
    let mut ordered = starts.to_vec();
    // A stable sort: equal starts stay in their fixed order.
    ordered.sort_by(by_value);
    for start in &ordered {
        add_start(ball, &mut hills, start, radius);
    }
    if hills.is_empty() {
        hills.push(Hill { top: ball.peak(VecN::zeros(ball.x.len())), starts: 0 });
    }
    hills
}

/// The same, where every start is led a little way up its hill first. The first one, the quadratic model's maximizer,
/// is climbed to the top at once, since most of the others end on its hill.
fn searched(ball: &Ball, starts: &[Peak]) -> Vec<Hill> {
    let Some(first) = starts.first() else { return climbed(ball, starts, SAME_HILL) };
    let first = Hill { top: ball.polish(explored(ball, *first, |_| false)), starts: 1 };
    let mut explorers = Vec::with_capacity(starts.len());
    let mut hills = vec![first];
    for start in &starts[1..] {
        let is_known = |p: &VecN| (*p - hills[0].top.p).norm() < SAME_HILL;
        let end = explored(ball, *start, is_known);
        if is_known(&end.p) {
            hills[0].starts += 1;
        } else {
            explorers.push(end);
        }
    }
    explorers.sort_by(by_value);
    let mut best = hills[0].top.value;
    for explorer in &explorers {
        let outlook = Stationarity::at(&explorer.p, &ball.slope(&explorer.p)).residual.norm();
        if explorer.value + OUTLOOK * outlook >= best {
            add_start(ball, &mut hills, explorer, SAME_HILL);
            best = hills.iter().fold(best, |best, hill| best.max(hill.top.value));
        }
    }
    hills
}

/// Counts the start to a known hill, or climbs its own.
fn add_start(ball: &Ball, hills: &mut Vec<Hill>, start: &Peak, radius: f64) {
    match hills.iter().position(|hill| (hill.top.p - start.p).norm() < radius) {
        Some(i) => hills[i].starts += 1,
        None if hills.len() < MAX_HILLS => hills.push(Hill { top: ball.polish(*start), starts: 1 }),
        None => {}
    }
}

/// Largest first in the first coordinate that differs.
fn by_coordinates(a: &VecN, b: &VecN) -> Ordering {
    let different = a.iter().zip(b.iter()).find(|(a, b)| (*a - *b).abs() > SAME_POINT);
    different.map_or(Ordering::Equal, |(a, b)| b.total_cmp(a))
}

fn kkt(ball: &Ball, p: &VecN) -> f64 {
    let gradient = ball.loss.gradient(&ball.point(p));
    let hessian = ball.loss.hessian(&ball.point(p));
    let squares = (0..hessian.dim()).fold(0.0, |sum, r| sum + hessian.row(r).iter().fold(0.0, |sum, h| sum + h * h));
    let residual = Stationarity::at(p, &gradient).residual.norm();
    let scale = gradient.norm() + ball.rho * squares.sqrt();
    if scale > 0.0 { residual / scale } else { 0.0 }
}
