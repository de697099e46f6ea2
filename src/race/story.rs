//! One sentence that says what is happening, for someone who sees the picture for the first time.

use super::Run;
use super::cycle::{Cycle, hop, two_cycle};
use crate::loss::{Landmark, LandmarkKind, brief, coordinate};
use crate::optimizer::Goal;
use crate::run::StopReason;
use crate::sharpness::Point;

/// A run that has moved less than this since the middle of its way may be at rest.
pub(super) const AT_REST: f64 = 2e-3;
/// A marked point is reached within this distance.
const REACHED: f64 = 0.06;
/// A gradient longer than this is far from any minimum.
const FAR: f64 = 0.2;

/// What a run is doing, whatever its numbers are: the later, the further it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// It has not begun.
    AtStart,
    /// It goes somewhere, or has not settled.
    OnTheWay,
    /// It has come to rest, or is where it aims.
    Arrived,
    /// It hops between two points for ever.
    OnCycle,
    /// It has left all bounds.
    Diverged,
}

/// What each method is doing at the step that is shown.
#[must_use]
pub fn phases(runs: &[Run], landmarks: &[Landmark], axes: [usize; 2]) -> Vec<Phase> {
    let phase = |run: &Run| if run.head().step == 0 { Phase::AtStart } else { part(run, landmarks, axes).0 };
    runs.iter().map(phase).collect()
}

/// What each method is doing at the step that is shown, in one sentence, and which of them hide one another. `axes` are the
/// map's, counted from 1.
#[must_use]
pub fn story(runs: &[Run], landmarks: &[Landmark], axes: [usize; 2]) -> String {
    let [first, ..] = runs else { return "No method takes part: switch one on in the list of methods.".to_owned() };
    if runs.iter().all(|run| run.head().step == 0) {
        let verb = if runs.len() == 1 { "starts" } else { "start" };
        return format!("{} {verb} at {}.", listed(&names(runs)), place(&first.head().x, axes));
    }
    let parts: Vec<String> = runs.iter().map(|run| part(run, landmarks, axes).1).collect();
    coinciding(runs).into_iter().fold(parts.join("; ") + ".", |text, group| {
        format!("{text} {} coincide to the bit so far.", listed(&names(group)))
    })
}

fn names<'a>(runs: impl IntoIterator<Item = &'a Run>) -> Vec<&'static str> {
    runs.into_iter().map(Run::name).collect()
}

/// `a`, `a and b`, `a, b and c`.
fn listed(names: &[&str]) -> String {
    match names {
        [others @ .., before, last] => {
            others.iter().rev().fold(format!("{before} and {last}"), |text, name| format!("{name}, {text}"))
        }
        _ => names.concat(),
    }
}

fn place(x: &[f64], axes: [usize; 2]) -> String {
    format!("({}, {})", coordinate(x[axes[0] - 1]), coordinate(x[axes[1] - 1]))
}

fn part(run: &Run, landmarks: &[Landmark], axes: [usize; 2]) -> (Phase, String) {
    let (name, head, earlier) = (run.name(), run.head(), &run.halfway().x);
    let (x, goal) = (&head.x, run.in_force().id.info().goal);
    if run.stop_reason() == Some(StopReason::Diverged) {
        return (Phase::Diverged, format!("{name} has diverged"));
    }
    let near = |x: &[f64]| landmarks.iter().find(|mark| distance(x, &mark.x) < REACHED).map(|mark| in_words(mark.kind));
    // What draws samples hops as far now and then by chance.
    if let Some(Cycle { centre, radius }) = two_cycle(run).filter(|_| !run.in_force().is_stochastic()) {
        let around = near(&centre).map_or_else(String::new, |mark| format!(", {mark}"));
        let place = place(&centre, axes);
        let told = format!("{name} stays on a 2-cycle around {place}{around}, at a distance of {}", brief(radius));
        return (Phase::OnCycle, told);
    }
    let place = place(x, axes);
    if let Some(mark) = near(x) {
        // What hops on is not there, and what it will do shows later.
        let hops = !run.in_force().is_stochastic() && hop(run).is_some_and(|hop| hop > AT_REST);
        return if hops {
            (Phase::OnTheWay, format!("{name} is at {place}, near {mark}"))
        } else {
            (Phase::Arrived, format!("{name} has reached {place}: {mark}"))
        };
    }
    let moved = distance(x, earlier);
    // What only creeps has moved as far before.
    if moved < AT_REST && moved <= 0.5 * distance(earlier, &run.points()[0].x) {
        let told = match goal {
            // Far from any minimum: what holds it is its own perturbation.
            _ if head.grad_norm > FAR => {
                format!("{name} stays at {place}, where the gradient is not zero (‖g‖ {})", brief(head.grad_norm))
            }
            Goal::Stays => {
                format!("{name} rests at {place}, as sharp as it landed (λ1 {})", brief(head.eigenvalues[0]))
            }
            Goal::Seen(_) | Goal::Proven(_) => format!("{name} stays at {place}"),
        };
        return (Phase::Arrived, told);
    }
    let told = match aim(goal, landmarks, x, earlier) {
        Some(mark) => format!("{name} slides to {}{}", in_words(mark.kind), measure(mark.kind, head)),
        None => format!("{name} is at {place}"),
    };
    (Phase::OnTheWay, told)
}

/// The runs that have the same bits at every step that is shown, in groups of two and more.
fn coinciding(runs: &[Run]) -> Vec<Vec<&Run>> {
    let mut groups: Vec<Vec<&Run>> = Vec::new();
    for run in runs.iter().filter(|run| run.head().step > 0) {
        match groups.iter_mut().find(|group| coincide(group[0], run)) {
            Some(group) => group.push(run),
            None => groups.push(vec![run]),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

fn coincide(a: &Run, b: &Run) -> bool {
    let same =
        |(a, b): (&Point, &Point)| a.step == b.step && a.x.iter().zip(&b.x).all(|(a, b)| a.to_bits() == b.to_bits());
    // From the end: what has parted seldom meets again.
    a.shown().len() == b.shown().len() && a.shown().iter().zip(b.shown()).rev().all(same)
}

/// The marked point that a method with this goal goes to, if it has come nearer to it.
fn aim<'a>(goal: Goal, landmarks: &'a [Landmark], x: &[f64], earlier: &[f64]) -> Option<&'a Landmark> {
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
        LandmarkKind::LeastTrace => format!(" (now Tr H {})", brief(head.trace)),
        LandmarkKind::LeastLambdaM => String::new(),
        _ => format!(" (now λ1 {})", brief(head.eigenvalues[0])),
    }
}

/// Euclidean distance.
pub(super) fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}
