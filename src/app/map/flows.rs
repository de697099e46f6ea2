//! The limiting flows on the map: the theorem's dashed, the law for finite η dotted, with the cloud in which 1-SAM hovers
//! around its end; where a method rests at an edge of its own.

use std::collections::BTreeSet;

use egui::{Pos2, Shape, Stroke};

use super::Canvas;
use crate::app::session::Session;
use crate::theory::Flow;

/// Draws the predictions of every visible run.
pub fn paint(canvas: &Canvas, session: &Session, hidden: &BTreeSet<usize>) {
    for run in session.runs().iter().filter(|run| !hidden.contains(&run.index())) {
        let colour = canvas.colours.method(run.colour());
        if let Some(rest) = run.edge_rest() {
            canvas.painter.circle_stroke(canvas.screen_of(rest), 4.0, Stroke::new(1.4, colour));
        }
        let Some(prediction) = run.prediction() else { continue };
        let line = |flow: &Flow, dash: f32, gap: f32, width: f32, opacity: f32| {
            let colour = colour.gamma_multiply(opacity);
            let points: Vec<Pos2> = flow.x.iter().map(|x| canvas.screen_of(x)).collect();
            canvas.painter.extend(Shape::dashed_line(
                &points,
                Stroke::new(width + 2.0, canvas.colours.halo()),
                dash,
                gap,
            ));
            canvas.painter.extend(Shape::dashed_line(&points, Stroke::new(width, colour), dash, gap));
        };
        line(&prediction.theorem, 9.0, 6.0, 1.4, 1.0);
        if let Some(law) = &prediction.law {
            line(law, 2.0, 4.0, 2.0, prediction.law_opacity());
        }
        if let Some(hover) = &prediction.hover {
            let ellipse = hover.ellipse(canvas.slice.axes).iter().map(|x| canvas.screen_of(x)).collect();
            canvas.painter.add(Shape::line(ellipse, Stroke::new(1.2, colour)));
        }
        if let Some(end) = prediction.theorem.x.last() {
            let end = canvas.screen_of(end);
            canvas.painter.circle_stroke(end, 4.0, Stroke::new(1.4, colour));
        }
    }
}
