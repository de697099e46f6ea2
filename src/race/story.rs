//! One sentence that says what is happening, for someone who sees the picture for the first time.

use super::Run;
use crate::loss::{Landmark, LandmarkKind};
use crate::optimizer::Goal;
use crate::run::StopReason;
use crate::sharpness::Point;

/// A run that has moved less than this since the middle of its way is at rest.
const AT_REST: f64 = 2e-3;
/// A marked point is reached within this distance.
const REACHED: f64 = 0.06;

/// What each method is doing at the step that is shown, in one sentence. `axes` are the map's, counted from 1.
#[must_use]
pub fn story(runs: &[Run], landmarks: &[Landmark], axes: [usize; 2]) -> String {
    let parts: Vec<String> = runs.iter().map(|run| part(run, landmarks, axes)).collect();
    if parts.is_empty() { "Switch on an optimizer to start.".to_owned() } else { parts.join("; ") + "." }
}

fn part(run: &Run, landmarks: &[Landmark], axes: [usize; 2]) -> String {
    let (name, head, earlier) = (run.name(), run.head(), &run.halfway().x);
    let x = &head.x;
    let place = format!("({}, {})", coordinate(x[axes[0] - 1]), coordinate(x[axes[1] - 1]));
    if run.stop_reason() == Some(StopReason::Diverged) {
        return format!("{name} has diverged");
    }
    let near = landmarks.iter().find(|mark| distance(x, &mark.x) < REACHED);
    if let Some(mark) = near {
        return format!("{name} has reached {place}: {}", in_words(mark.kind));
    }
    let moved = distance(x, earlier);
    if moved < AT_REST {
        return match run.optimizer().id.info().goal {
            // Far from any minimum: what holds it is its own perturbation.
            _ if head.grad_norm > 0.2 => {
                format!("{name} stays at {place}, where the gradient is not zero (‖g‖ {})", short(head.grad_norm))
            }
            Goal::Stays => {
                format!("{name} rests at {place}, as sharp as it landed (λ1 {})", short(head.eigenvalues[0]))
            }
            _ => format!("{name} stays at {place}"),
        };
    }
    match goal(run.optimizer().id.info().goal, landmarks, x, earlier) {
        Some(mark) => format!("{name} slides to {}{}", in_words(mark.kind), measure(mark.kind, head)),
        None => format!("{name} is at {place}"),
    }
}

/// The marked point that a method with this goal goes to, if it has come nearer to it.
fn goal<'a>(goal: Goal, landmarks: &'a [Landmark], x: &[f64], earlier: &[f64]) -> Option<&'a Landmark> {
    let (Goal::Proven(notion) | Goal::Seen(notion)) = goal else { return None };
    let kinds = [notion.landmark(), LandmarkKind::Flattest];
    landmarks
        .iter()
        .filter(|mark| kinds.contains(&mark.kind) && distance(x, &mark.x) < distance(earlier, &mark.x))
        .min_by(|a, b| distance(x, &a.x).total_cmp(&distance(x, &b.x)))
}

/// A landmark inside a sentence.
fn in_words(kind: LandmarkKind) -> String {
    match kind {
        LandmarkKind::Minimum => "a minimum".to_owned(),
        LandmarkKind::Sharp | LandmarkKind::Flat | LandmarkKind::Flattest => format!("the {} minimum", kind.label()),
        LandmarkKind::LeastLambda1 => "the smallest λ1".to_owned(),
        LandmarkKind::LeastLambdaM => "the smallest λM".to_owned(),
        LandmarkKind::LeastTrace => "the smallest Tr".to_owned(),
    }
}

/// What is least at the landmark, with its present value; nothing for λM, which off Γ is not yet the eigenvalue that it
/// becomes on it.
fn measure(kind: LandmarkKind, head: &Point) -> String {
    match kind {
        LandmarkKind::LeastTrace => format!(" (now Tr H {})", short(head.trace)),
        LandmarkKind::LeastLambdaM => String::new(),
        _ => format!(" (now λ1 {})", short(head.eigenvalues[0])),
    }
}

/// Euclidean distance.
fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

/// Two decimals, without a minus sign in front of zero.
#[must_use]
pub fn coordinate(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text.replace('-', "−") }
}

fn short(value: f64) -> String {
    if value.abs() < 1000.0 { format!("{value:.2}").replace('-', "−") } else { format!("{value:.2e}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::race::{Race, Wanted};
    use crate::run::Scenario;

    #[test]
    fn the_welcome_run_is_told_as_the_paper_has_it() {
        let scenario = Scenario::welcome();
        let marks = scenario.loss.landmarks(scenario.dim());
        let mut race = Race::finished(scenario, 1, Wanted::default());
        let mut tell = |step: u64| {
            race.show_until(Some(step));
            story(race.runs(), &marks, [1, 2])
        };
        let early = tell(1500);
        assert!(early.starts_with("GD rests at (0.54, 0.50)"), "{early}");
        assert!(
            early.contains("SAM slides to the smallest λ1 (now λ1 ")
                && early.contains("1-SAM slides to the smallest Tr"),
            "{early}"
        );
        let late = tell(100_000);
        assert!(late.contains("SAM has reached (0.00, 0.00): the smallest λ1"), "{late}");
        assert!(late.contains("1-SAM has reached (0.7") && late.ends_with("the smallest Tr."), "{late}");
    }
}
