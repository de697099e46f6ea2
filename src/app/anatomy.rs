//! One SAM step taken apart, at the head of the optimizer in focus: the vectors in the (v1, v2) frame and a
//! table of their sizes.

use std::collections::BTreeSet;

use egui::{Align2, Color32, FontId, Pos2, RichText, Sense, Shape, Stroke, Ui, Vec2, vec2};

use super::command::Command;
use super::curves::legend;
use super::formula;
use super::session::Session;
use super::theme::Colours;
use crate::calculus::VecN;
use crate::figure::style;
use crate::loss::{exact, number};
use crate::race::Run;
use crate::sharpness::{Anatomy, Part, Term};

/// A vector of the picture and the table.
struct Row {
    term: Term,
    part: Option<Part>,
}

/// Shows the panel for the run in focus, at the scrubber's place.
pub fn show(ui: &mut Ui, session: &Session, hidden: &BTreeSet<usize>, focus: usize) -> Vec<Command> {
    let mut commands = legend(ui, session, hidden, focus);
    let Some(run) = session.run(focus).or(session.runs().first()) else {
        return commands;
    };
    let point = run.head();
    let rho = run.optimizer().rho;
    let anatomy = Anatomy::at(run.landscape(), &VecN::from_slice(&point.x), rho);
    commands.extend(heading(ui, run, rho));
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let rows = rows(&anatomy);
        pictures(ui, &rows);
        table(ui, &rows);
        angles(ui, &anatomy);
    });
    commands
}

fn heading(ui: &mut Ui, run: &Run, rho: f64) -> Option<Command> {
    let name = run.name();
    let colour = Colours::of(ui).letters(run.colour());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(RichText::new("A SAM step at the head of").size(12.5));
        ui.label(RichText::new(name).strong().color(colour));
        ui.label(RichText::new(format!("(ρ = {}), taken apart:", exact(rho))).size(12.5));
    });
    formula::show_to_copy(ui, Anatomy::EXPANSION, 12.0, ui.visuals().text_color())
}

fn rows(anatomy: &Anatomy) -> [Row; 8] {
    Term::ALL.map(|term| Row { term, part: anatomy.part(term) })
}

fn about(term: Term) -> &'static str {
    match term {
        Term::First => "The gradient: what gradient descent follows",
        Term::Second => "Second-order term: the oscillation along v1 once ĝ is aligned",
        Term::Third => "Third-order term: (ρ²/2)∇λ1 once ĝ is aligned; its part along Γ is the drift to flatter minima",
        Term::Remainder => "What remains beyond the three terms, O(ρ³)",
        Term::Sam => "The whole step of SAM",
        Term::Dropped => "The derivative of the perturbation, which SAM leaves out of ∇L^Asc",
        Term::Ascent => "SAM's gradient plus what it drops: descent on L^Asc",
        Term::Worst => "The gradient at the worst point within ρ: descent on L^Max",
    }
}

/// Two axes and a vector's components along them.
struct Frame {
    axes: [&'static str; 2],
    components: fn(&Part) -> Option<[f64; 2]>,
}

/// The (v1, v2) frame.
const EIGENVECTORS: Frame = Frame { axes: ["v1", "v2"], components: |part| Some(part.frame) };
/// v1 and the manifold, along which the drift is: upwards by the length of the part along Γ.
const MANIFOLD: Frame =
    Frame { axes: ["v1", "along Γ"], components: |part| Some([part.frame[0], part.split?.tangential]) };

/// The vectors as arrows, in the (v1, v2) frame and, where there is a Γ, beside it against Γ.
fn pictures(ui: &mut Ui, rows: &[Row]) {
    let has_gamma = rows.iter().any(|row| row.part.is_some_and(|part| part.split.is_some()));
    let scale = LogScale::new(rows.iter().filter_map(|row| row.part).map(|part| part.vector.norm()));
    let frames = if has_gamma { &[EIGENVECTORS, MANIFOLD][..] } else { &[EIGENVECTORS] };
    let side = (ui.available_width() / frames.len() as f32 - 8.0).clamp(60.0, 240.0);
    ui.horizontal(|ui| {
        for frame in frames {
            picture(ui, rows, frame, &scale, side);
        }
    });
}

/// One picture. Lengths are logarithmic: the terms differ by orders of magnitude.
fn picture(ui: &mut Ui, rows: &[Row], frame: &Frame, scale: &LogScale, side: f32) {
    // 1. Size and place.
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    // 2. What it is.
    let name = format!("The step's vectors along {} and {}", frame.axes[0], frame.axes[1]);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &name));
    // 3. Paint.
    let colours = Colours::of(ui);
    let painter = ui.painter_at(rect);
    let square = rect.shrink(12.0);
    let (center, reach) = (square.center(), 0.5 * square.width());
    let axis = Stroke::new(1.0, colours.grid());
    painter.hline(square.x_range(), center.y, axis);
    painter.vline(center.x, square.y_range(), axis);
    for decade in scale.decades() {
        let radius = reach * scale.share(decade);
        painter.circle_stroke(center, radius, Stroke::new(0.6, colours.grid()));
        let place = center + vec2(0.0, radius);
        painter.text(
            place,
            Align2::CENTER_CENTER,
            number(decade, 1),
            FontId::proportional(9.5),
            ui.visuals().weak_text_color(),
        );
    }
    for row in rows {
        if let Some([a, b]) = row.part.as_ref().and_then(frame.components) {
            let length = a.hypot(b);
            let share = if length.is_finite() { scale.share(length) } else { 0.0 };
            let tip = vec2((a / length) as f32, -(b / length) as f32) * (reach * share);
            arrow(&painter, center, tip, colours.term(row.term), colours.halo());
        }
    }
    for (name, at, anchor) in [
        (frame.axes[0], square.right_center() + vec2(2.0, -9.0), Align2::RIGHT_CENTER),
        (frame.axes[1], square.center_top() + vec2(6.0, -2.0), Align2::LEFT_CENTER),
    ] {
        let words = formula::words(&painter, name, 12.0, colours.ink());
        let placed = words.in_lines(f32::INFINITY);
        placed.paint(&painter, anchor.anchor_size(at, placed.size).min);
    }
}

/// Lengths on the screen that grow with the logarithm.
struct LogScale {
    low: f64,
    high: f64,
}

impl LogScale {
    /// For vectors of these lengths: the longest reaches to the rim, and what is five decades shorter is a point.
    fn new(lengths: impl Iterator<Item = f64>) -> Self {
        let longest = lengths.filter(|length| length.is_finite()).fold(1e-300, f64::max);
        let high = longest.log10().ceil();
        Self { low: high - 5.0, high }
    }

    /// The share of the radius that a length takes.
    fn share(&self, length: f64) -> f32 {
        ((length.log10() - self.low) / (self.high - self.low)).clamp(0.0, 1.0) as f32
    }

    fn decades(&self) -> impl Iterator<Item = f64> + use<> {
        let high = self.high as i32;
        (high - 4..=high).map(|k| 10f64.powi(k))
    }
}

fn arrow(painter: &egui::Painter, center: Pos2, tip: Vec2, colour: Color32, halo: Color32) {
    // Shorter than its own head, or no number.
    if tip.length() <= 8.0 || !tip.is_finite() {
        painter.circle_filled(center, 2.0, colour);
        return;
    }
    painter.add(Shape::line_segment([center, center + tip], Stroke::new(4.0, halo)));
    painter.add(Shape::line_segment([center, center + tip], Stroke::new(2.0, colour)));
    // A head of one size: the length has its own meaning.
    let (back, side) = (tip.normalized() * 7.0, tip.normalized().rot90() * 3.5);
    let head = vec![center + tip, center + tip - back + side, center + tip - back - side];
    painter.add(Shape::convex_polygon(head, colour, Stroke::NONE));
}

fn table(ui: &mut Ui, rows: &[Row]) {
    let colours = Colours::of(ui);
    let with_split = rows.iter().any(|row| row.part.is_some_and(|part| part.split.is_some()));
    egui::Grid::new("anatomy").num_columns(6).striped(true).spacing([9.0, 3.0]).show(ui, |ui| {
        let head = |ui: &mut Ui, text: &str, hint: &str| {
            formula::label(ui, text, 11.0, ui.visuals().weak_text_color()).on_hover_text(hint);
        };
        head(ui, "", "");
        head(ui, "length", "Its Euclidean norm");
        head(ui, "along v1", "Its component along the top eigenvector");
        head(ui, "along v2", "Its component along the second eigenvector");
        if with_split {
            head(ui, "along Γ", "The length of its part along the manifold of minimizers: what moves SAM there");
            head(ui, "across", "The length of its part across the manifold");
        }
        ui.end_row();
        for row in rows {
            let colour = colours.letters(style::term(row.term));
            formula::label(ui, row.term.symbol(), 12.0, colour).on_hover_text(about(row.term));
            let cell = |ui: &mut Ui, value: Option<f64>| {
                ui.label(RichText::new(value.map_or("–".to_owned(), |value| number(value, 2))).monospace().size(11.0));
            };
            cell(ui, row.part.map(|part| part.vector.norm()));
            cell(ui, row.part.map(|part| part.frame[0]));
            cell(ui, row.part.map(|part| part.frame[1]));
            if with_split {
                cell(ui, row.part.and_then(|part| part.split).map(|split| split.tangential));
                cell(ui, row.part.and_then(|part| part.split).map(|split| split.normal));
            }
            ui.end_row();
        }
    });
}

fn angles(ui: &mut Ui, anatomy: &Anatomy) {
    ui.add_space(4.0);
    let line = |ui: &mut Ui, angle: Option<f64>, other: &str| {
        let text = match angle {
            Some(angle) => format!("SAM's step is {:.1}° from {other}", angle.to_degrees()),
            None => format!("the angle to {other} is undefined here"),
        };
        formula::label(ui, &text, 12.5, ui.visuals().text_color());
    };
    line(ui, anatomy.sam_max, "∇L^Max");
    line(ui, anatomy.sam_asc, "∇L^Asc");
    if anatomy.is_chosen {
        let text = "The gradient is exactly zero here: the direction was taken in the top eigenspace.";
        ui.label(RichText::new(text).size(12.0).color(Colours::of(ui).caution()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_logarithmic() {
        let scale = LogScale::new([0.02, 3.0, f64::NAN].into_iter());
        assert_eq!(scale.share(10.0), 1.0);
        assert_eq!(scale.share(1.0), 0.8);
        assert_eq!(scale.share(0.0), 0.0);
    }
}
