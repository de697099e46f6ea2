//! The rectangle of a plane that a picture shows.

use super::Slice;
use crate::run::Scenario;

/// Bounds u min, u max, v min, v max that hold the scenario's start, its marked points in the slice, and `points` of R^D,
/// with a margin of a fifth.
#[must_use]
pub fn fitting_bounds<'a>(scenario: &Scenario, slice: &Slice, points: impl Iterator<Item = &'a [f64]>) -> [f64; 4] {
    let marks = scenario.loss.landmarks(scenario.dim());
    let mut places: Vec<[f64; 2]> = vec![slice.project(&scenario.init)];
    places.extend(marks.iter().filter(|mark| slice.contains(&mark.x)).map(|mark| slice.project(&mark.x)));
    if places.len() == 1 {
        // Nothing is marked here: show the surroundings of the origin.
        let reach = places[0][0].abs().max(places[0][1].abs()).max(0.1) * 1.3;
        places.extend([[-reach, -reach], [reach, reach]]);
    }
    places.extend(points.map(|x| slice.project(x)));
    let span = |axis: usize| {
        let values = places.iter().map(|place| place[axis]);
        (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
    };
    let ((u0, u1), (v0, v1)) = (span(0), span(1));
    let margin = 0.2 * (u1 - u0).max(v1 - v0).max(1e-6);
    [u0 - margin, u1 + margin, v0 - margin, v1 + margin]
}

/// The smallest bounds around `bounds` with equal units along both axes of a rectangle of this width and height.
#[must_use]
pub fn with_aspect(bounds: [f64; 4], [width, height]: [f64; 2]) -> [f64; 4] {
    let [u0, u1, v0, v1] = bounds;
    let (width, height) = (width.max(1.0), height.max(1.0));
    let unit = ((u1 - u0) / width).max((v1 - v0) / height);
    let (u, v) = (0.5 * (u0 + u1), 0.5 * (v0 + v1));
    let (du, dv) = (0.5 * unit * width, 0.5 * unit * height);
    [u - du, u + du, v - dv, v + dv]
}
