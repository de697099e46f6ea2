//! The methods with their marks, and the caption from which a figure can be made again.

use super::axis::number;
use super::element::{Plain, at, draw_mark};
use super::font::Line;
use super::race::{Race, Run};
use super::sheet::{Anchor, Area, Drawn, Lettering, Pen};
use super::style::{self, FAINT, INK, SMALL, TEXT};
use crate::run::Scenario;

/// Height of a line of the legend and of the caption.
const LEGEND_LINE: f64 = 16.0;
const CAPTION_LINE: f64 = 12.0;
/// From a mark to its name, and from a name to the next mark.
const TO_NAME: f64 = 22.0;
const TO_NEXT: f64 = 16.0;

/// A method's name with its notion raised, as in L^Max.
#[must_use]
pub fn raised(name: &str) -> String {
    ["Max", "Asc", "Avg"]
        .iter()
        .fold(name.to_owned(), |name, notion| name.replace(&format!("^{notion}"), &format!("^{{{notion}}}")))
}

/// A method with its numbers.
#[must_use]
pub fn name(run: &Run) -> String {
    let info = run.spec.id.info();
    let rho = if info.uses_rho { format!(", ρ = {}", number(run.spec.rho)) } else { String::new() };
    let batch = if info.uses_batch { format!(", m = {}", run.spec.batch) } else { String::new() };
    format!("{} (η = {}{rho}{batch})", raised(info.name), number(run.spec.eta))
}

/// The legend's entries in lines of this width.
fn lines(race: &Race, width: f64) -> Vec<Vec<(&Run, f64)>> {
    let mut lines: Vec<Vec<(&Run, f64)>> = vec![Vec::new()];
    let mut x = 0.0;
    for run in &race.runs {
        let needed = TO_NAME + Line::of(&name(run), TEXT).width + TO_NEXT;
        if x + needed - TO_NEXT > width && x > 0.0 {
            lines.push(Vec::new());
            x = 0.0;
        }
        if let Some(line) = lines.last_mut() {
            line.push((run, x));
        }
        x += needed;
    }
    lines
}

/// The legend's height in pixels.
#[must_use]
pub fn height(race: &Race, width: f64) -> f64 {
    lines(race, width).len() as f64 * LEGEND_LINE + 4.0
}

/// Draws the legend from an area's upper left corner.
///
/// # Errors
/// None on a sheet.
pub fn draw(area: &Area, race: &Race, width: f64) -> Drawn {
    for (row, line) in lines(race, width).into_iter().enumerate() {
        let y = (row as f64 + 0.5) * LEGEND_LINE;
        for (run, x) in line {
            let pen = Pen::new(style::lane(run.index), 1.6);
            area.draw(&Plain::line(vec![at([x, y]), at([x + 16.0, y])], pen))?;
            draw_mark(area, run.index, [x + 8.0, y], 3.0)?;
            area.draw(&Plain::text(at([x + TO_NAME, y]), name(run), Lettering::new(TEXT, INK)))?;
        }
    }
    Ok(())
}

/// What a figure shows, so that it can be made again.
#[must_use]
pub fn caption(scenario: &Scenario, what: &str) -> String {
    let numbers = |values: &[f64]| values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let loss = &scenario.loss;
    let formula = if loss.is_typed() { format!(": {}", loss.expressions.join(" | ")) } else { String::new() };
    let params = loss.params.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ");
    let params = if params.is_empty() { params } else { format!(" ({params})") };
    let methods = scenario.optimizers.iter().filter(|optimizer| optimizer.on).map(|optimizer| {
        let info = optimizer.id.info();
        let rho = if info.uses_rho { format!(" ρ {}", optimizer.rho) } else { String::new() };
        let batch = if info.uses_batch { format!(" m {}", optimizer.batch) } else { String::new() };
        format!("{} η {}{rho}{batch}", info.id, optimizer.eta)
    });
    let seeds = match scenario.seeds {
        Some([first, last]) => format!("seeds {first} to {last}, their mean and 10th to 90th percentile"),
        None => format!("seed {}", scenario.seed),
    };
    format!(
        "{what} Loss {}{formula}{params}; start ({}); {}; {seeds}; {} steps. samscope {}.",
        loss.id,
        numbers(&scenario.init),
        methods.collect::<Vec<_>>().join(", "),
        scenario.steps,
        env!("CARGO_PKG_VERSION"),
    )
}

/// A text in lines of this width.
fn wrapped(text: &str, width: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().expect("there is a first line");
        let longer = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
        if Line::of(&longer, SMALL).width <= width || last.is_empty() {
            *last = longer;
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// The caption's height in pixels.
#[must_use]
pub fn caption_height(caption: &str, width: f64) -> f64 {
    wrapped(caption, width).len() as f64 * CAPTION_LINE + 4.0
}

/// Draws the caption from an area's upper left corner.
///
/// # Errors
/// None on a sheet.
pub fn draw_caption(area: &Area, caption: &str, width: f64) -> Drawn {
    for (i, line) in wrapped(caption, width).into_iter().enumerate() {
        let look = Lettering::new(SMALL, FAINT).at(Anchor::Start, Anchor::Start);
        area.draw(&Plain::text(at([0.0, i as f64 * CAPTION_LINE]), line, look))?;
    }
    Ok(())
}
