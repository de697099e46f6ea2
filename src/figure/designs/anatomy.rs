//! One SAM step taken apart: its vectors along v1 and v2, and their lengths.

use super::frames::up_to_a_step;
use super::{Design, is_narrow};
use crate::calculus::VecN;
use crate::field::number;
use crate::figure::axis::Axis;
use crate::figure::element::{Plain, at, inside, size};
use crate::figure::fine;
use crate::figure::legend;
use crate::figure::mark::{Anchor, Colour, Lettering, Pen};
use crate::figure::plot::{Labels, MARGINS, Plot};
use crate::figure::sheet::{Area, Drawn};
use crate::figure::style::{self, FAINT, GRID, INK, SMALL, TEXT};
use crate::figure::subject::Subject;
use crate::optimizer::Method;
use crate::race::{Race, Run, Wanted};
use crate::run::Scenario;
use crate::sharpness::{Anatomy, Part, Term};

/// It is of one run, which its title names, and its colours are the vectors': it has no legend.
pub(super) static ANATOMY: Design = Design {
    id: "anatomy",
    title: "One SAM step taken apart",
    scenario: Scenario::welcome,
    has_surfaces: false,
    legend: None,
    wanted: |_| Wanted::default(),
    height: |_, width| if is_narrow(width) { 0.9 * width + needed_height() } else { 0.46 * width },
    draw,
    about: |_| "One full-batch SAM step taken apart.".to_owned(),
    frame: up_to_a_step,
    seeds: 1,
    of_seeds: "the first is shown",
};

/// A vector of the step: its symbol, its colour, itself.
type Row = (&'static str, Colour, Option<Part>);

/// Rows beside the arrows.
const ROW: f64 = 22.0;
/// Room for the symbols on the left, besides an axis's own, and for the numbers on the right.
const TO_SYMBOL: f64 = 34.0;
const TO_NUMBER: f64 = 58.0;
/// Decades of the logarithmic lengths.
const DECADES: f64 = 5.0;

/// The height of the bars with their axis.
fn needed_height() -> f64 {
    ROW * 8.0 + MARGINS[0] + MARGINS[2]
}

/// The run whose step is shown: SAM's, else the first.
fn shown(race: &Race) -> Option<&Run> {
    race.runs().iter().find(|run| run.optimizer().id == Method::Sam).or(race.runs().first())
}

fn rows(anatomy: &Anatomy) -> [Row; 8] {
    Term::ALL.map(|term| (term.symbol(), style::method(style::term(term)), anatomy.part(term)))
}

/// Draws it at the run's last iterate.
fn draw(area: &Area, subject: &Subject) -> Drawn {
    let race = &subject.race;
    let Some(run) = shown(race) else { return Ok(()) };
    let x = VecN::from_slice(&run.head().x);
    let anatomy = Anatomy::at(run.landscape(), &x, run.optimizer().rho);
    let rows = rows(&anatomy);
    let longest = rows.iter().filter_map(|row| row.2).map(|part| part.vector.norm());
    let longest = longest.filter(|length| length.is_finite()).fold(0.0, f64::max);
    if longest == 0.0 {
        return area.draw(&Plain::text(
            at([0.0, 20.0]),
            "Every vector of the step is zero here.",
            Lettering::new(TEXT, INK),
        ));
    }
    let high = libm::pow(10.0, libm::log10(longest).ceil());
    let axis = Axis::log(high * libm::pow(10.0, -DECADES), high);
    let [width, height] = size(area);
    let (left, right) = if height > width {
        area.split_vertically(fine(height - needed_height()))
    } else {
        area.split_horizontally(fine(0.46 * width))
    };
    let method = legend::raised(run.name());
    let title = format!("A SAM step, ρ = {}, at step {} of {method}", number(run.optimizer().rho), run.head().step);
    arrows(&left, &rows, &axis, &title)?;
    bars(&right, &rows, &axis)
}

/// The vectors in the plane of v1 and v2; lengths grow with the logarithm, since they differ by orders of magnitude.
fn arrows(area: &Area, rows: &[Row; 8], axis: &Axis, title: &str) -> Drawn {
    let [width, height] = size(area);
    let reach = 0.5 * (width.min(height) - 44.0);
    let center = [0.5 * width, 18.0 + reach + 6.0];
    let place = |[a, b]: [f64; 2]| at([center[0] + a * reach, center[1] - b * reach]);
    area.draw(&Plain::text(at([8.0, 10.0]), title, Lettering::new(TEXT, INK)))?;
    let rings = axis.ticks(DECADES + 1.0).into_iter().map(|(value, label)| (axis.share(value), label));
    // The least of the lengths is the centre itself.
    for (share, label) in rings.filter(|ring| ring.0 > 1e-9) {
        let around = (0..=60).map(|k| {
            let angle = std::f64::consts::TAU * f64::from(k) / 60.0;
            place([share * libm::cos(angle), share * libm::sin(angle)])
        });
        area.draw(&Plain::line(around.collect(), Pen::new(GRID, 0.6)))?;
        // Beside the axis and above its ring: neither strikes it through.
        let look = Lettering::new(0.85 * SMALL, FAINT).at(Anchor::End, Anchor::End);
        area.draw(&Plain::text(place([-0.02, -share + 0.01]), label, look))?;
    }
    for line in [[[-1.0, 0.0], [1.0, 0.0]], [[0.0, -1.0], [0.0, 1.0]]] {
        area.draw(&Plain::line(line.map(place).to_vec(), Pen::new(FAINT, 0.7)))?;
    }
    let name = Lettering::new(TEXT, INK);
    area.draw(&Plain::text(place([1.0, 0.07]), "v_{1}", name.at(Anchor::End, Anchor::End)))?;
    area.draw(&Plain::text(place([0.03, 0.97]), "v_{2}", name))?;
    for (k, (_, colour, part)) in rows.iter().enumerate() {
        let Some([a, b]) = part.map(|part| part.frame) else { continue };
        let length = libm::hypot(a, b);
        let share = axis.share(length);
        if length.is_finite() && share > 0.0 {
            arrow(area, &place, [a / length * share, b / length * share], Pen::new(*colour, width_of(k)))?;
        }
    }
    Ok(())
}

/// Vectors that coincide are all seen: what is drawn later is narrower.
fn width_of(row: usize) -> f64 {
    1.6 + 0.5 * (7 - row.min(7)) as f64
}

fn arrow(area: &Area, place: &dyn Fn([f64; 2]) -> (i32, i32), [a, b]: [f64; 2], pen: Pen) -> Drawn {
    let length = libm::hypot(a, b);
    let (along, head) = ([a / length, b / length], 0.07_f64.min(0.5 * length));
    let back = |share: f64, side: f64| {
        [a - share * head * along[0] - side * head * along[1], b - share * head * along[1] + side * head * along[0]]
    };
    area.draw(&Plain::line(vec![place([0.0, 0.0]), place(back(0.8, 0.0))], pen))?;
    let tip = [[a, b], back(1.0, 0.42), back(1.0, -0.42)];
    area.draw(&Plain::area(tip.map(place).to_vec(), pen.colour))
}

/// The vectors' lengths as bars, with their numbers.
fn bars(area: &Area, rows: &[Row; 8], axis: &Axis) -> Drawn {
    let room = inside(area, [0.0, TO_NUMBER, 0.0, TO_SYMBOL]);
    let labels = Labels { title: "", x: "length", y: "", grid: true };
    let [_, height] = size(&room);
    let room = inside(&room, [0.0, 0.0, (height - needed_height()).max(0.0), 0.0]);
    // Where the frame begins, in the area.
    let [left, top] = [TO_SYMBOL + MARGINS[3], MARGINS[0]];
    let plot = Plot::new(&room, *axis, Axis::linear(0.0, 1.0).without_ticks(), &labels)?;
    let [width, height] = size(&plot.area);
    let step = height / rows.len() as f64;
    for (k, (symbol, colour, part)) in rows.iter().enumerate() {
        let y = (k as f64 + 0.5) * step;
        let length = part.map_or(0.0, |part| part.vector.norm());
        let to = axis.share(length).clamp(0.0, 1.0) * width;
        if length > 0.0 && to > 0.0 {
            let corners = [[0.0, y - 0.3 * step], [to, y - 0.3 * step], [to, y + 0.3 * step], [0.0, y + 0.3 * step]];
            plot.area.draw(&Plain::area(corners.map(at).to_vec(), *colour))?;
        }
        let look = Lettering::new(TEXT, INK).at(Anchor::End, Anchor::Middle);
        area.draw(&Plain::text(at([left - 6.0, top + y]), *symbol, look))?;
        let text = part.map_or("none".to_owned(), |part| number(part.vector.norm()));
        area.draw(&Plain::text(at([left + width + 6.0, top + y]), text, Lettering::new(SMALL, FAINT)))?;
    }
    plot.border()
}
