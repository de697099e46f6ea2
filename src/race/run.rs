//! One method's run: the racer with its measured points.

use super::theory::{Compared, Leg, Wanted};
use crate::calculus::Landscape;
use crate::run::{Crowd, EarlySteps, OptimizerSpec, Racer, Recording, RunSpec, StopReason};
use crate::sharpness::Point;
use crate::theory::{Distances, NoEnd, Prediction};

/// How many points the trail keeps of a run: more than a picture can show.
const KEPT_POINTS: usize = 2048;

/// What is costly to measure is measured at every 64th point first, then between them.
pub(super) const STRIDES: [usize; 4] = [64, 16, 4, 1];

/// One method's run, as far as it has come.
#[derive(Debug)]
pub struct Run {
    racer: Racer,
    /// The steps that are measured whatever the trail keeps.
    early: EarlySteps,
    /// The kept iterates, ascending; the last pair, which ends in the current one, is always among them.
    points: Vec<Point>,
    /// The racer's step to which they are up to date.
    synced: Option<u64>,
    /// The updates that it has been asked for and has not done.
    due: u64,
    /// The method's own step up to which it is shown.
    until: u64,
    crowd: Option<Crowd>,
    /// What theory says of the method, and of the one that it gives way to.
    compared: [Compared; 2],
}

impl Run {
    /// A run at its start, with the same method's runs beside it for `seeds` seeds from its own on, where there are several and
    /// it is stochastic. Steps of the race in `chosen`, ascending, are always measured.
    #[must_use]
    pub fn new(spec: RunSpec, seeds: u64, chosen: &[u64]) -> Self {
        let crowd = Crowd::new(&spec, spec.seed..=spec.seed + seeds.saturating_sub(1));
        let own = |step: &u64| step.saturating_mul(spec.speed).min(spec.steps);
        let mut always: Vec<u64> = chosen.iter().map(own).chain(after_switch(&spec)).collect();
        always.sort_unstable();
        let early = EarlySteps::RUN.and(always);
        let racer = Racer::new(RunSpec { record: Recording::Points(KEPT_POINTS), ..spec });
        let compared = Default::default();
        let mut run = Self { racer, early, points: Vec::new(), synced: None, due: 0, until: u64::MAX, crowd, compared };
        run.sync();
        run
    }

    /// Up to `steps` more steps of the race; [`Run::sync`] comes after.
    pub fn advance(&mut self, steps: u64) {
        self.ask(steps);
        while self.work(u64::MAX) {}
    }

    /// Asks for up to `steps` more steps of the race, which [`Run::work`] does.
    pub(super) fn ask(&mut self, steps: u64) {
        self.due = self.due.saturating_add(steps.saturating_mul(self.speed()));
    }

    /// Does a part of what has been asked for, about as long as `plain` plain updates take; true while there is more. The
    /// parts may end in the middle of a step of the race: what comes of them is the same.
    pub(super) fn work(&mut self, plain: u64) -> bool {
        let updates = self.due.min((plain / self.update_cost()).max(1));
        self.racer.advance_measuring(updates, &self.early, &mut self.points);
        if let Some(crowd) = &mut self.crowd {
            crowd.advance(updates);
        }
        self.due = if self.is_over() { 0 } else { self.due - updates };
        self.due > 0
    }

    /// Brings the measured points up to date with the racer.
    pub fn sync(&mut self) {
        if let Some(crowd) = &mut self.crowd {
            crowd.sync();
        }
        if self.synced.replace(self.racer.step()) == Some(self.racer.step()) {
            return;
        }
        self.racer.measure_kept(&self.early, &mut self.points);
        // Both phases of an oscillation, also at its end.
        for (step, x) in self.racer.last_pair() {
            if let Err(place) = self.points.binary_search_by_key(&step, |point| point.step) {
                self.points.insert(place, self.racer.measure(step, x));
            }
        }
        self.compared.iter_mut().for_each(|compared| compared.keep(&self.points));
    }

    /// Measures R^Max, R^Asc and R^Avg of the current iterate and of more and more points, evenly over the run, until
    /// `is_late`. True while there is more to do.
    pub fn measure_sharpness(&mut self, mut is_late: impl FnMut() -> bool) -> bool {
        let (racer, points) = (&self.racer, &mut self.points);
        let (loss, rho) = (racer.measured(), racer.optimizer().rho);
        if let Some(last) = points.last_mut().filter(|last| last.r_max.is_none()) {
            last.measure_sharpness(loss, rho);
        }
        for stride in STRIDES {
            for point in points.iter_mut().step_by(stride).filter(|point| point.r_max.is_none()) {
                if is_late() {
                    return true;
                }
                point.measure_sharpness(loss, rho);
            }
        }
        false
    }

    /// Goes on computing what is wanted of theory until `is_late`. True while there is more to do.
    pub fn predict(&mut self, wanted: Wanted, is_late: &mut dyn FnMut() -> bool) -> bool {
        let racer = &self.racer;
        let (spec, steps) = (racer.optimizer(), racer.spec().steps);
        let [before, after] = self.split(&self.points);
        let ends = [spec.switch.map_or(steps, |switch| switch.step.min(steps)), steps];
        let legs = [before, after].into_iter().zip(ends).zip(&mut self.compared);
        // No short circuit: the shown leg may be either.
        legs.fold(false, |more, ((points, end), compared)| {
            let spec = spec.in_force(points.first().map_or(0, |point| point.step));
            compared.advance(&Leg { racer, spec, points, end }, wanted, is_late) | more
        })
    }

    /// Shows it up to this step of the race only; all of it without one.
    pub(super) fn show_until(&mut self, race_step: Option<u64>) {
        self.until = race_step.map_or(u64::MAX, |step| step.saturating_mul(self.speed()));
    }

    /// Its place in the scenario's list.
    #[must_use]
    pub fn index(&self) -> usize {
        self.racer.spec().index
    }

    /// The place in the list of colours and marks of the method in force at the head.
    #[must_use]
    pub fn colour(&self) -> usize {
        self.racer.spec().colours[self.leg(self.head().step)]
    }

    /// The iterates that are shown, by the methods that they belong to: each with the place of its colour and mark. The one at
    /// which a method gives way belongs to both.
    pub fn shown_legs(&self) -> impl Iterator<Item = (usize, &[Point])> {
        let shown = self.shown();
        let [before, after] = self.split(shown);
        let touching = &shown[..(before.len() + 1).min(shown.len())];
        let colours = self.racer.spec().colours;
        [(colours[0], touching), (colours[1], after)].into_iter().filter(|(_, points)| !points.is_empty())
    }

    /// The iterates of the method and of the one that it gives way to.
    fn split<'a>(&self, points: &'a [Point]) -> [&'a [Point]; 2] {
        points.split_at(points.partition_point(|point| self.leg(point.step) == 0)).into()
    }

    /// Which of the two methods update `step` is done by.
    fn leg(&self, step: u64) -> usize {
        usize::from(self.racer.optimizer().switch.is_some_and(|switch| step >= switch.step))
    }

    /// Its updates for each step of the race.
    #[must_use]
    pub fn speed(&self) -> u64 {
        self.racer.spec().speed
    }

    /// The stepping state.
    #[must_use]
    pub fn racer(&self) -> &Racer {
        &self.racer
    }

    /// The method and its settings, as given.
    #[must_use]
    pub fn optimizer(&self) -> &OptimizerSpec {
        self.racer.optimizer()
    }

    /// The method in force at the head, with its settings.
    #[must_use]
    pub fn in_force(&self) -> OptimizerSpec {
        self.optimizer().in_force(self.head().step)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.in_force().id.info().name
    }

    /// What it minimizes.
    #[must_use]
    pub fn landscape(&self) -> &dyn Landscape {
        self.racer.landscape().as_ref()
    }

    /// The kept iterates, measured, shown or not; the current one last.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The current iterate, shown or not.
    #[must_use]
    pub fn last(&self) -> &Point {
        &self.points[self.points.len() - 1]
    }

    /// The kept iterates that are shown; the start is always among them.
    #[must_use]
    pub fn shown(&self) -> &[Point] {
        &self.points[..self.points.partition_point(|point| point.step <= self.until).max(1)]
    }

    /// The last iterate that is shown.
    #[must_use]
    pub fn head(&self) -> &Point {
        let shown = self.shown();
        &shown[shown.len() - 1]
    }

    /// The kept iterate half-way to the head.
    #[must_use]
    pub fn halfway(&self) -> &Point {
        let middle = self.head().step / 2;
        &self.points[self.points.partition_point(|point| point.step <= middle).max(1) - 1]
    }

    /// Why it ended, where its end is shown.
    #[must_use]
    pub fn stop_reason(&self) -> Option<StopReason> {
        self.racer.stop_reason().filter(|_| self.until >= self.racer.step())
    }

    /// Whether it has ended, with every seed.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.racer.stop_reason().is_some() && self.crowd.as_ref().is_none_or(Crowd::is_over)
    }

    /// The iterates up to this step of the race, which was chosen before the run; `None` while it is not shown yet. A run
    /// that has ended before stays where it is.
    #[must_use]
    pub fn up_to(&self, race_step: u64) -> Option<&[Point]> {
        let step = race_step.saturating_mul(self.speed());
        let shown = self.shown();
        let up_to = &shown[..shown.partition_point(|point| point.step <= step)];
        let is_there = |last: &Point| last.step == step || self.stop_reason().is_some();
        up_to.last().is_some_and(is_there).then_some(up_to)
    }

    /// The step of the race at which the method does its update `step`.
    #[must_use]
    pub fn race_step(&self, step: u64) -> f64 {
        step as f64 / self.speed() as f64
    }

    /// The same method with every seed, where there are several and it is stochastic.
    #[must_use]
    pub fn crowd(&self) -> Option<&Crowd> {
        self.crowd.as_ref()
    }

    /// Where every seed is at the step up to which it is shown; empty where there is one seed.
    pub fn seeds_places(&self) -> impl Iterator<Item = &[f64]> {
        self.crowd.iter().flat_map(|crowd| crowd.places(self.until))
    }

    /// The flows that the method in force at the head is compared with, once they have been computed.
    #[must_use]
    pub fn prediction(&self) -> Option<&Prediction> {
        self.compared[self.leg(self.head().step)].prediction.as_ref()
    }

    /// Its distances from the flows at a step, as far as they have been computed.
    #[must_use]
    pub fn distances(&self, step: u64) -> Option<&Distances> {
        self.compared[self.leg(step)].distances.get(&step)
    }

    /// Where theory says that the method in force at the head ends, or why it doesn't; `None` until that has been computed.
    #[must_use]
    pub fn predicted_end(&self) -> Option<Result<&[f64], NoEnd>> {
        let compared = &self.compared[self.leg(self.head().step)];
        compared.predicted_end.get().map(|end| end.as_deref().map_err(|&why| why))
    }

    /// Where the method in force at the head rests at an edge of its own, once that has been computed.
    #[must_use]
    pub fn edge_rest(&self) -> Option<&[f64]> {
        self.compared[self.leg(self.head().step)].rest.get()?.as_deref()
    }

    /// About how many plain updates one step of the race costs here.
    pub(super) fn cost(&self) -> u64 {
        self.speed() * self.update_cost()
    }

    /// About how many plain updates one update costs here.
    fn update_cost(&self) -> u64 {
        let crowd = self.crowd.as_ref().map_or(1, |crowd| crowd.seeds() as u64);
        let rule = if self.optimizer().methods().any(|method| method.info().is_slow) { 256 } else { 1 };
        crowd * rule
    }
}

/// The steps at which a run is measured because a method gives way: there, and at growing distances behind.
fn after_switch(spec: &RunSpec) -> impl Iterator<Item = u64> {
    let behind = |at: u64| std::iter::once(at).chain((0..13).map(move |k| at.saturating_add(1 << k)));
    let steps = spec.steps;
    spec.optimizer.switch.into_iter().flat_map(move |switch| behind(switch.step)).filter(move |&step| step <= steps)
}
