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
const LINE: usize = 65;

static CIRCLE: LazyLock<[[f64; 2]; ANGLES]> = LazyLock::new(|| {
    std::array::from_fn(|k| {
        let angle = std::f64::consts::TAU * k as f64 / ANGLES as f64;
        [libm::cos(angle), libm::sin(angle)]
    })
});

/// The points of a circle or line that are as high as both neighbours and, by the parabola through the three, could
/// be higher than `best`.
fn local_maxima(values: &[f64], closed: bool, best: f64) -> impl Iterator<Item = usize> {
    let n = values.len();
    (0..n).filter(move |&i| {
        let neighbour = |ahead: bool| match (closed, ahead) {
            (true, true) => values[(i + 1) % n],
            (true, false) => values[(i + n - 1) % n],
            (false, true) => values.get(i + 1).copied().unwrap_or(f64::NEG_INFINITY),
            (false, false) => i.checked_sub(1).map_or(f64::NEG_INFINITY, |before| values[before]),
        };
        let (before, here, after) = (neighbour(false), values[i], neighbour(true));
        // The parabola's own rise is at most an eighth of the bend; half of it leaves room.
        here >= before && here >= after && (here == best || here + 0.5 * (2.0 * here - before - after) >= best)
    })
}

/// Candidates over the interval.
pub(super) fn on_line(ball: &Ball) -> Vec<Peak> {
    let at = |i: usize| VecN::from_slice(&[2.0 * i as f64 / (LINE - 1) as f64 - 1.0]);
    let values: [f64; LINE] = std::array::from_fn(|i| ball.value(&at(i)));
    let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    local_maxima(&values, false, best).map(|i| Peak { p: at(i), value: values[i] }).collect()
}

/// Candidates over the disc: on the circle, and inside those as high as their neighbours in all four directions.
pub(super) fn on_disc(ball: &Ball) -> Vec<Peak> {
    let at = |radius: f64, k: usize| VecN::from_slice(&[radius * CIRCLE[k][0], radius * CIRCLE[k][1]]);
    let circle: [f64; ANGLES] = std::array::from_fn(|k| ball.value(&at(1.0, k)));
    let rings = RINGS.map(|radius| -> [f64; RING_ANGLES] { std::array::from_fn(|k| ball.value(&at(radius, 2 * k))) });
    let centre = ball.value(&VecN::zeros(2));
    let inner = rings.iter().flatten().copied().fold(centre, f64::max);
    let best = circle.iter().copied().fold(inner, f64::max);
    let mut peaks: Vec<Peak> =
        local_maxima(&circle, true, best).map(|k| Peak { p: at(1.0, k), value: circle[k] }).collect();
    for (r, ring) in rings.iter().enumerate() {
        let inwards = |k: usize| if r == 0 { centre } else { rings[r - 1][k] };
        let outwards = |k: usize| rings.get(r + 1).map_or(circle[2 * k], |ring| ring[k]);
        let is_peak = |&k: &usize| {
            let (value, inwards, outwards) = (ring[k], inwards(k), outwards(k));
            value >= inwards
                && value >= outwards
                && (value == best || value + (2.0 * value - inwards - outwards) >= best)
        };
        let along_ring = local_maxima(ring, true, f64::NEG_INFINITY).filter(is_peak);
        peaks.extend(along_ring.map(|k| Peak { p: at(RINGS[r], 2 * k), value: ring[k] }));
    }
    if rings[0].iter().all(|&value| value <= centre) {
        peaks.push(Peak { p: VecN::zeros(2), value: centre });
    }
    peaks
}
