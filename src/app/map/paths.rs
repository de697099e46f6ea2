//! The paths of the run, fading towards their start, and the ghost of the run before.

use std::collections::BTreeSet;

use egui::{Color32, Pos2, Shape, Stroke};

use super::Canvas;
use super::labels::Labels;
use crate::app::session::Session;
use crate::race::Run;

/// A path is cut into this many pieces of rising opacity.
const PIECES: usize = 6;
/// Steps between drawn points are at least this long, on the screen.
const MIN_STEP: f32 = 1.5;
/// Paths are not drawn finer than this: what comes after is on top of what was before.
const MAX_POINTS: usize = 600;

/// Draws ghosts, then paths, which labels avoid.
pub fn paint(canvas: &Canvas, session: &Session, hidden: &BTreeSet<usize>, labels: &mut Labels) {
    for ghost in session.ghosts().iter().filter(|ghost| !hidden.contains(&ghost.index)) {
        let points = thinned(ghost.path.iter().map(|x| canvas.screen_of(x)));
        let colour = canvas.colours.method(ghost.index).gamma_multiply(0.3);
        canvas.painter.add(Shape::line(points, Stroke::new(1.2, colour)));
    }
    for run in session.runs().iter().filter(|run| !hidden.contains(&run.index())) {
        path(canvas, run, labels);
    }
}

/// A path changes its colour where its method gives way to another.
fn path(canvas: &Canvas, run: &Run, labels: &mut Labels) {
    let legs: Vec<_> = run.shown_legs().collect();
    for (k, &(colour, points)) in legs.iter().enumerate() {
        let points = thinned(points.iter().map(|point| canvas.screen_of(&point.x)));
        labels.avoid(&points);
        canvas.painter.add(Shape::line(points.clone(), Stroke::new(4.0, canvas.colours.halo().gamma_multiply(0.5))));
        let colour = canvas.colours.method(colour);
        let (piece, pieces) = (points.len().div_ceil(PIECES).max(2), (PIECES * legs.len()) as f32);
        for (i, start) in (0..points.len().saturating_sub(1)).step_by(piece).enumerate() {
            let end = (start + piece + 1).min(points.len());
            let age = (k * PIECES + i + 1) as f32 / pieces;
            canvas.painter.add(Shape::line(points[start..end].to_vec(), Stroke::new(2.0, faded(colour, age))));
        }
    }
}

/// The older, the fainter; `age` is 1 at the head.
fn faded(colour: Color32, age: f32) -> Color32 {
    colour.gamma_multiply(0.45 + 0.55 * age.min(1.0))
}

/// Leaves out points that lie within [`MIN_STEP`] of the last drawn one, and evenly the rest of what is
/// too many; the last one stays.
fn thinned(points: impl Iterator<Item = Pos2>) -> Vec<Pos2> {
    let mut kept: Vec<Pos2> = Vec::new();
    let mut last = None;
    for point in points {
        if kept.last().is_none_or(|before: &Pos2| before.distance_sq(point) >= MIN_STEP * MIN_STEP) {
            kept.push(point);
        }
        last = Some(point);
    }
    if kept.len() > MAX_POINTS {
        // Pairs of neighbours, so that both phases of an oscillation stay.
        let stride = 2 * kept.len().div_ceil(MAX_POINTS);
        kept = kept.into_iter().enumerate().filter(|(i, _)| i % stride < 2).map(|(_, point)| point).collect();
    }
    kept.extend(last);
    kept
}
