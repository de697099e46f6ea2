//! Below a figure: the methods with their marks, and the caption in lines.

use super::element::{Plain, at, draw_mark};
use super::font::Line;
use super::mark::{Anchor, Lettering, Pen};
use super::sheet::{Area, Drawn};
use super::style::{self, FAINT, INK, SMALL, TEXT};
use crate::field::number;
use crate::race::{Race, Run};
use crate::run::{OptimizerSpec, StopReason};

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
    numbered(run.optimizer())
}

fn numbered(spec: &OptimizerSpec) -> String {
    let info = spec.id.info();
    let rho = if info.uses_rho { format!(", ρ = {}", number(spec.rho)) } else { String::new() };
    let batch = if info.uses_batch { format!(", m = {}", spec.batch) } else { String::new() };
    let beta = if spec.beta > 0.0 { format!(", β = {}", number(spec.beta)) } else { String::new() };
    format!("{} (η = {}{rho}{batch}{beta})", raised(info.name), number(spec.eta))
}

/// The methods of a run with their numbers, each with the place of its colour and mark; with the last one where it ended before
/// its time.
fn entries(run: &Run) -> Vec<(usize, String)> {
    let end = match run.racer().stop_reason() {
        Some(StopReason::Diverged) => format!(", diverged after step {}", run.last().step),
        Some(StopReason::Stationary | StopReason::Converged) => format!(", at rest from step {}", run.last().step),
        Some(StopReason::Steps | StopReason::Interrupted) | None => String::new(),
    };
    let [first, second] = run.racer().spec().colours;
    let spec = run.optimizer();
    let Some(switch) = spec.switch else { return vec![(first, name(run) + &end)] };
    let after = numbered(&spec.in_force(switch.step));
    vec![(first, name(run)), (second, format!("from step {}: {after}{end}", switch.step))]
}

/// The legend's entries in lines of this width.
fn lines(race: &Race, width: f64) -> Vec<Vec<(usize, String, f64)>> {
    let mut lines = vec![Vec::new()];
    let mut x = 0.0;
    for (look, text) in race.runs().iter().flat_map(entries) {
        let needed = TO_NAME + Line::of(&text, TEXT).width + TO_NEXT;
        if x + needed - TO_NEXT > width && x > 0.0 {
            lines.push(Vec::new());
            x = 0.0;
        }
        if let Some(line) = lines.last_mut() {
            line.push((look, text, x));
        }
        x += needed;
    }
    lines
}

/// The legend's height in pixels.
#[must_use]
pub fn height(race: &Race, width: f64) -> f64 {
    let rows = lines(race, width).len() + usize::from(race.shown_until().is_some());
    rows as f64 * LEGEND_LINE + 4.0
}

/// Draws the legend from an area's upper left corner.
///
/// # Errors
/// None on a sheet.
pub fn draw(area: &Area, race: &Race, width: f64) -> Drawn {
    if let Some(step) = race.shown_until() {
        let y = (lines(race, width).len() as f64 + 0.5) * LEGEND_LINE;
        area.draw(&Plain::text(at([0.0, y]), format!("step {step}"), Lettering::new(TEXT, INK)))?;
    }
    for (row, line) in lines(race, width).into_iter().enumerate() {
        let y = (row as f64 + 0.5) * LEGEND_LINE;
        for (look, text, x) in line {
            let pen = Pen::new(style::method(look), 1.6);
            area.draw(&Plain::line(vec![at([x, y]), at([x + 16.0, y])], pen))?;
            draw_mark(area, look, [x + 8.0, y], 3.0)?;
            area.draw(&Plain::text(at([x + TO_NAME, y]), text, Lettering::new(TEXT, INK)))?;
        }
    }
    Ok(())
}

/// A text in lines of this width.
fn wrapped(text: &str, width: f64) -> Vec<String> {
    let fits = |line: &str| Line::of(line, SMALL).width <= width;
    let mut lines = vec![String::new()];
    let last = |lines: &mut Vec<String>| lines.pop().unwrap_or_default();
    for word in text.split(' ') {
        let line = last(&mut lines);
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&longer) {
            lines.push(longer);
            continue;
        }
        if !line.is_empty() {
            lines.push(line);
        }
        // A word longer than a line, a formula, is cut.
        lines.push(String::new());
        for letter in word.chars() {
            let mut line = last(&mut lines);
            if !line.is_empty() && !fits(&format!("{line}{letter}")) {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
            lines.push(line);
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
