//! Γ and the marked points.

use egui::{Align2, Pos2, Shape, Stroke, vec2};

use super::Canvas;
use super::labels::Labels;
use crate::field::{Grid, isolines, named_landmarks};
use crate::loss::Gamma;
use crate::run::Scenario;

/// Nodes of the grid on which Γ's equation is traced.
const GAMMA_NODES: usize = 96;
/// Where along Γ its name may stand, as shares of the line, in the order in which they are liked.
const BESIDE_GAMMA: [f64; 5] = [0.33, 0.67, 0.5, 0.15, 0.85];

/// Draws them; the marked points where they may be named.
// Called in two places: the page would have it twice.
#[inline(never)]
pub fn paint(canvas: &Canvas, scenario: &Scenario, names_ends: bool, labels: &mut Labels) {
    // Their names come first, then Γ's.
    let marks = if names_ends { named_landmarks(&scenario.loss, scenario.dim()) } else { Vec::new() };
    let shown: Vec<_> = marks.iter().filter(|(mark, _)| canvas.slice.contains(&mark.x)).collect();
    labels.keep_free(canvas.screen_of(&scenario.init), 9.0);
    for (mark, _) in &shown {
        labels.keep_free(canvas.screen_of(&mark.x), 5.0);
    }
    for (mark, name) in &shown {
        landmark(canvas, canvas.screen_of(&mark.x), name, labels);
    }
    match scenario.loss.gamma() {
        Gamma::Points => {}
        Gamma::ZeroSet(zeros, _) if !canvas.slice.is_along(zeros) => {}
        Gamma::ZeroSet(_, equation) => {
            let params = scenario.loss.values();
            zero_set(canvas, &|x| equation(&params, x), labels);
        }
        Gamma::Subspace(zeros) => subspace(canvas, zeros, labels),
    }
}

fn zero_set(canvas: &Canvas, equation: &dyn Fn(&[f64]) -> f64, labels: &mut Labels) {
    let (min, max) = (canvas.transform.bounds().min(), canvas.transform.bounds().max());
    let bounds = [min[0], max[0], min[1], max[1]];
    let grid = Grid::filled(GAMMA_NODES, GAMMA_NODES, bounds, |u, v| equation(&canvas.slice.point(u, v)));
    let lines = isolines(&grid, &[0.0]).concat();
    for line in &lines {
        let points: Vec<Pos2> = line.iter().map(|&point| canvas.screen(point)).collect();
        canvas.painter.add(Shape::line(points.clone(), Stroke::new(4.0, canvas.colours.halo())));
        canvas.painter.add(Shape::line(points, Stroke::new(1.8, canvas.colours.gamma())));
    }
    if let Some(longest) = lines.iter().max_by_key(|line| line.len()) {
        let at = |share: f64| canvas.screen(longest[((longest.len() - 1) as f64 * share) as usize]);
        labels.beside(&BESIDE_GAMMA.map(at), "Γ");
    }
}

/// A map lower than this has no room for a sentence.
const LOW: f32 = 200.0;

/// Γ's trace on the slice: the whole plane, a line, or a point.
fn subspace(canvas: &Canvas, zeros: &[usize], labels: &mut Labels) {
    let [a, b] = canvas.slice.axes;
    let rect = canvas.painter.clip_rect();
    let origin = canvas.screen([0.0, 0.0]);
    let stroke = Stroke::new(1.8, canvas.colours.gamma());
    match (zeros.contains(&a), zeros.contains(&b)) {
        // It would lie on the paths.
        (false, false) if rect.width() < super::SMALL || rect.height() < LOW => {}
        (false, false) => {
            let on_gamma = zeros.iter().all(|&i| canvas.slice.base[i] == 0.0);
            let text = if on_gamma { "every point here is a minimum (Γ)" } else { "parallel to Γ" };
            labels.in_corner(Align2::LEFT_BOTTOM, text);
        }
        (true, true) => {
            canvas.painter.circle_stroke(origin, 4.0, stroke);
            labels.beside(&[origin], "Γ");
        }
        (true, false) => {
            canvas.painter.vline(origin.x, rect.y_range(), stroke);
        }
        (false, true) => {
            canvas.painter.hline(rect.x_range(), origin.y, stroke);
        }
    }
}

fn landmark(canvas: &Canvas, center: Pos2, text: &str, labels: &mut Labels) {
    if !canvas.painter.clip_rect().contains(center) {
        return;
    }
    let corner = |dx: f32, dy: f32| center + vec2(dx, dy);
    let diamond = vec![corner(0.0, -6.0), corner(6.0, 0.0), corner(0.0, 6.0), corner(-6.0, 0.0)];
    canvas.painter.add(Shape::closed_line(diamond.clone(), Stroke::new(4.0, canvas.colours.halo())));
    canvas.painter.add(Shape::closed_line(diamond, Stroke::new(1.6, canvas.colours.ink())));
    labels.beside(&[center], text);
}
