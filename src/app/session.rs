//! The scenario in force and the race that is shown: its own, or the gap view's.

use super::track::{Ghost, Track};
use crate::race::{Run, Wanted};
use crate::run::{Layout, Scenario};
use crate::theory::gap_scenario;

/// The scenario in force, its race, and that of the gap view.
#[derive(Debug)]
pub struct Session {
    own: Track,
    /// The gap view's, once that has been shown; none where the scenario's own race has the whole chain in it.
    gap: Option<Track>,
    /// Whether what is shown is playing.
    pub playing: bool,
    /// The steps that have been asked for by number and are not done.
    owed: u64,
}

impl Session {
    /// A race at step 0. `scenario` is resolved.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        let mut session = Self { own: Track::new(scenario), gap: None, playing: true, owed: 0 };
        session.follow_gap();
        session
    }

    /// The scenario in force.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.own.race.scenario
    }

    fn shown(&self) -> &Track {
        self.gap.as_ref().filter(|_| self.scenario().view.layout == Layout::Gap).unwrap_or(&self.own)
    }

    fn shown_mut(&mut self) -> &mut Track {
        let in_gap = self.scenario().view.layout == Layout::Gap;
        self.gap.as_mut().filter(|_| in_gap).unwrap_or(&mut self.own)
    }

    /// The scenario of the race that is shown: another than the one in force where the gap view has a race of its own.
    #[must_use]
    pub fn shown_scenario(&self) -> &Scenario {
        &self.shown().race.scenario
    }

    /// One run for each optimizer that takes part in the race that is shown.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        self.shown().race.runs()
    }

    /// The run of the optimizer at this place of the list.
    #[must_use]
    pub fn run(&self, index: usize) -> Option<&Run> {
        self.shown().race.run(index)
    }

    /// The paths of the run before.
    #[must_use]
    pub fn ghosts(&self) -> &[Ghost] {
        &self.shown().ghosts
    }

    /// The race's step.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.shown().race.step()
    }

    /// The scrubber's place; `None` at the end of the run.
    #[must_use]
    pub fn cursor(&self) -> Option<u64> {
        self.shown().race.shown_until()
    }

    /// The step that is shown: the scrubber's place, or that of the run that is furthest.
    #[must_use]
    pub fn shown_step(&self) -> u64 {
        self.cursor().unwrap_or_else(|| self.step())
    }

    /// The kept step of the race nearest after the one that is shown; `None` where that is the last.
    #[must_use]
    pub fn kept_after(&self) -> Option<u64> {
        let shown = self.shown_step();
        self.kept_steps().filter(|&step| step > shown).min()
    }

    /// The kept step of the race nearest before the one that is shown; `None` where that is the first.
    #[must_use]
    pub fn kept_before(&self) -> Option<u64> {
        let shown = self.shown_step();
        self.kept_steps().filter(|&step| step < shown).max()
    }

    /// The steps of the race from which on a kept point of some run is shown.
    fn kept_steps(&self) -> impl Iterator<Item = u64> {
        self.runs().iter().flat_map(|run| run.points().iter().map(|point| point.step.div_ceil(run.speed())))
    }

    /// Moves the scrubber.
    pub fn scrub(&mut self, cursor: Option<u64>) {
        self.shown_mut().race.show_until(cursor);
    }

    /// Goes on with what is costly to measure until `is_late(1.0)`; true while there is more to do.
    pub fn measure(&mut self, wanted: Wanted, is_late: impl Fn(f64) -> bool) -> bool {
        self.shown_mut().measure(wanted, is_late)
    }

    /// Whether every run has ended.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.shown().race.is_over()
    }

    /// Puts a resolved scenario in place. Where what was shown had ended and what is shown now has not, that plays.
    pub fn edit(&mut self, scenario: Scenario) {
        let was_over = self.is_over();
        self.own.edit(scenario);
        self.follow_gap();
        self.playing |= was_over && !self.is_over();
        if self.step() == 0 {
            self.owed = 0;
        }
    }

    /// The gap view's race follows the scenario while it is shown.
    fn follow_gap(&mut self) {
        if self.scenario().view.layout != Layout::Gap {
            return;
        }
        let scenario = gap_scenario(self.scenario());
        if scenario == *self.scenario() {
            self.gap = None;
        } else if let Some(gap) = &mut self.gap {
            gap.edit(scenario);
        } else {
            self.gap = Some(Track::new(scenario));
        }
    }

    /// Back to step 0.
    pub fn restart(&mut self) {
        self.owed = 0;
        self.shown_mut().restart();
    }

    /// Pauses, and asks for `steps` steps of the race that is shown; 0 takes back what has been asked for.
    pub fn ask(&mut self, steps: u64) {
        self.playing = false;
        self.owed = if steps == 0 { 0 } else { self.owed.saturating_add(steps) };
    }

    /// Whether there are steps to do.
    #[must_use]
    pub fn is_going(&self) -> bool {
        self.playing || self.owed > 0
    }

    /// What has been asked for by number, else a frame's steps, until `is_late` says that the frame's time is up.
    pub fn advance(&mut self, is_late: &mut dyn FnMut() -> bool) {
        if !self.is_going() {
            return;
        }
        let steps = if self.owed > 0 { self.owed } else { self.scenario().view.steps_per_frame };
        let left = self.shown_mut().race.advance(steps, is_late);
        self.owed = if self.owed > 0 { left } else { 0 };
        self.playing &= !self.is_over();
    }
}
