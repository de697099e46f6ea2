//! The current iterates: a dot, SAM's ascent step x → x+ρĝ, and for one of them the Hessian's geometry.

use std::collections::BTreeSet;

use egui::epaint::EllipseShape;
use egui::{Align2, Color32, Pos2, Shape, Stroke, Vec2, vec2};

use super::Canvas;
use super::labels::Labels;
use crate::app::session::Session;
use crate::field::SliceGeometry;
use crate::loss::coordinate;
use crate::race::Run;

/// Half the length of the top eigenvector's line, and the longer half-axis of the ellipse, on the screen.
const REACH: f32 = 44.0;

/// The radius of what is around a head, and of another seed's head, on the screen.
const HALO: f32 = 6.5;
const SEED: f32 = 2.5;

/// Draws every head, on which no label lies; the geometry at the head of the run `focus`.
pub fn paint(canvas: &Canvas, session: &Session, hidden: &BTreeSet<usize>, focus: usize, labels: &mut Labels) {
    for run in session.runs().iter().filter(|run| !hidden.contains(&run.index())) {
        let point = run.head();
        let center = canvas.screen_of(&point.x);
        let colour = canvas.colours.method(run.colour());
        let geometry = SliceGeometry::at(run.landscape(), canvas.slice, &point.x);
        if run.index() == focus {
            curvature(canvas, center, colour, &geometry);
        }
        for head in run.seeds_places() {
            let center = canvas.screen_of(head);
            canvas.painter.circle_filled(center, SEED, colour.gamma_multiply(0.6));
            labels.keep_free(center, SEED);
        }
        ascent_step(canvas, run, center, colour, &geometry);
        canvas.painter.circle_filled(center, HALO, canvas.colours.halo());
        canvas.painter.circle_filled(center, 4.5, colour);
        // Where it was a step before too: on a 2-cycle it is there again at the next one.
        let last_two = run.shown().iter().rev().take(2);
        last_two.for_each(|point| labels.keep_free(canvas.screen_of(&point.x), HALO));
    }
}

/// A head is off the slice where it is farther away than this share of what the map shows.
const OFF: f64 = 0.02;

/// Says which heads are only projected onto the slice, and how far away they are.
pub fn tell_what_is_off(canvas: &Canvas, session: &Session, hidden: &BTreeSet<usize>, labels: &mut Labels) {
    let bounds = canvas.transform.bounds();
    let far = OFF * bounds.width().max(bounds.height());
    let visible = session.runs().iter().filter(|run| !hidden.contains(&run.index()));
    let off = visible.filter_map(|run| {
        let x = &run.head().x;
        let axis = canvas.slice.farthest(x).filter(|&axis| (x[axis] - canvas.slice.base[axis]).abs() > far)?;
        let name = run.name();
        Some(format!("{name} at {} = {}", session.scenario().loss.coordinate(axis), coordinate(x[axis])))
    });
    let off: Vec<_> = off.collect();
    if !off.is_empty() {
        labels.in_corner(Align2::LEFT_TOP, &format!("off this slice: {}", off.join(", ")));
    }
}

/// The curvature ellipse {v : vᵀ|H|v = const} of the slice, and the top eigenvector projected on it.
fn curvature(canvas: &Canvas, center: Pos2, colour: Color32, geometry: &SliceGeometry) {
    let [flat, sharp] = geometry.half_axes;
    let radius = vec2(REACH * flat as f32, (REACH * sharp as f32).max(2.5));
    let angle = -geometry.angle as f32;
    let shape = EllipseShape {
        center,
        radius,
        fill: Color32::TRANSPARENT,
        stroke: Stroke::new(1.3, colour.gamma_multiply(0.8)),
        angle,
    };
    canvas.painter.add(Shape::Ellipse(shape));
    let [du, dv] = geometry.top_eigenvector;
    let arm = vec2(du as f32, -dv as f32) * REACH;
    if arm.length() > 3.0 {
        canvas.painter.line_segment([center - arm, center + arm], Stroke::new(3.5, canvas.colours.halo()));
        canvas.painter.line_segment([center - arm, center + arm], Stroke::new(1.5, canvas.colours.ink()));
    }
}

/// An arrow from x to x + ρĝ, where it is long enough to be seen.
fn ascent_step(canvas: &Canvas, run: &Run, center: Pos2, colour: Color32, geometry: &SliceGeometry) {
    let rho = run.optimizer().effective_rho();
    let [gu, gv] = geometry.ascent;
    let step: Vec2 = vec2(gu as f32, -gv as f32) * (rho as f32) * canvas.scale();
    if step.length() > 4.0 {
        canvas.painter.arrow(center, step, Stroke::new(4.0, canvas.colours.halo()));
        canvas.painter.arrow(center, step, Stroke::new(1.8, colour));
    }
}
