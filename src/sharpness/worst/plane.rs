//! Where to look for maxima over a disc, and over an interval: the local maxima of a polar grid.

use std::sync::LazyLock;

use super::ball::{Ball, Peak};
use crate::calculus::VecN;

/// Angles on the circle. Two maxima closer than a step may be taken for one.
const ANGLES: usize = 64;
/// Radii of the rings inside the disc, which have every second angle.
const RINGS: [f64; 8] = [0.11, 0.22, 0.33, 0.44, 0.56, 0.67, 0.78, 0.89];
const RING_ANGLES: usize = ANGLES / 2;
/// Points of the interval −1 … 1.
const POINTS: usize = 65;

/// The interval's points.
static LINE: LazyLock<Vec<VecN>> =
    LazyLock::new(|| (0..POINTS).map(|i| VecN::from_slice(&[2.0 * i as f64 / (POINTS - 1) as f64 - 1.0])).collect());

/// The circle's points, then each ring's from the inside, then the centre.
static DISC: LazyLock<Vec<VecN>> = LazyLock::new(|| {
    let at = |radius: f64, k: usize| {
        let angle = std::f64::consts::TAU * k as f64 / ANGLES as f64;
        VecN::from_slice(&[radius * libm::cos(angle), radius * libm::sin(angle)])
    };
    let circle = (0..ANGLES).map(|k| at(1.0, k));
    let rings = RINGS.iter().flat_map(|&radius| (0..RING_ANGLES).map(move |k| at(radius, 2 * k)));
    circle.chain(rings).chain([VecN::zeros(2)]).collect()
});

/// The points of a line that are as high as both neighbours and, by the parabola through the three, could be higher than `best`.
/// Of a circle the neighbours of the first and the last are `beyond` it.
fn local_maxima(values: &[f64], beyond: [f64; 2], best: f64) -> impl Iterator<Item = usize> {
    let before = std::iter::once(beyond[0]).chain(values.iter().copied());
    let after = values[1..].iter().copied().chain([beyond[1]]);
    let triples = before.zip(values).zip(after).enumerate();
    let highest = triples.filter(move |&(_, ((before, &here), after))| {
        // The parabola's own rise is at most an eighth of the bend; half of it leaves room.
        here >= before && here >= after && (here == best || here + 0.5 * (2.0 * here - before - after) >= best)
    });
    highest.map(|(i, _)| i)
}

/// The same on a circle.
fn on_circle(values: &[f64], best: f64) -> impl Iterator<Item = usize> {
    local_maxima(values, [values[values.len() - 1], values[0]], best)
}

fn highest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

/// Candidates over the interval.
pub(super) fn on_line(ball: &Ball) -> Vec<Peak> {
    let values = ball.values(&LINE);
    let maxima = local_maxima(&values, [f64::NEG_INFINITY; 2], highest(&values));
    maxima.map(|i| Peak { p: LINE[i], value: values[i] }).collect()
}

/// Candidates over the disc: on the circle, and inside those as high as their neighbours in all four directions.
pub(super) fn on_disc(ball: &Ball) -> Vec<Peak> {
    let values = ball.values(&DISC);
    let peak = |i: usize| Peak { p: DISC[i], value: values[i] };
    let (best, centre) = (highest(&values), values.len() - 1);
    let mut peaks: Vec<Peak> = on_circle(&values[..ANGLES], best).map(peak).collect();
    for (r, ring) in values[ANGLES..centre].chunks_exact(RING_ANGLES).enumerate() {
        let first = ANGLES + r * RING_ANGLES;
        let inwards = |k: usize| if r == 0 { values[centre] } else { values[first - RING_ANGLES + k] };
        let outwards = |k: usize| if r + 1 == RINGS.len() { values[2 * k] } else { values[first + RING_ANGLES + k] };
        let is_peak = |&k: &usize| {
            let (value, inwards, outwards) = (ring[k], inwards(k), outwards(k));
            value >= inwards
                && value >= outwards
                && (value == best || value + (2.0 * value - inwards - outwards) >= best)
        };
        let along_ring = on_circle(ring, f64::NEG_INFINITY).filter(is_peak);
        peaks.extend(along_ring.map(|k| peak(first + k)));
    }
    if values[ANGLES..ANGLES + RING_ANGLES].iter().all(|&value| value <= values[centre]) {
        peaks.push(peak(centre));
    }
    peaks
}
