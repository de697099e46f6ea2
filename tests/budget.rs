//! What runs keep in memory is bounded before they begin, and a watched run is the run that is not watched.

use std::ops::ControlFlow;

use samscope::figure::{Design, Draughtsman, FigureRequest};
use samscope::optimizer::Method;
use samscope::run::{NUMBERS_MAX, OptimizerSpec, Recording, Report, ReportProgress, Scenario, StopReason};

fn race(methods: &[Method]) -> Scenario {
    let optimizers = methods.iter().map(|&id| OptimizerSpec::new(id)).collect();
    Scenario { optimizers, ..Scenario::default() }.resolved().expect("a valid scenario")
}

/// 64 seeds with 10^5 points each once were some gigabytes.
#[test]
fn records_beyond_the_budget_are_refused_before_any_run() {
    let many = Scenario { seeds: Some([0, 63]), steps: 100_000, record: Recording::All, ..race(&[Method::OneSam]) };
    let refused = |scenario: &Scenario| {
        let mut looks = 0;
        let watch = |_: ReportProgress| {
            looks += 1;
            ControlFlow::Break(())
        };
        let refused = Report::run_watched(scenario, || 0.0, watch).err().map(|error| error.to_string());
        (refused, looks)
    };
    let (sentence, looks) = refused(&many);
    let sentence = sentence.expect("refused");
    assert!(sentence.starts_with("record: would keep 115201152 numbers (6400064 points of 64 runs)"), "{sentence}");
    assert!(sentence.contains(&NUMBERS_MAX.to_string()) && looks == 0, "{sentence}");
    // Thinned, or alone, it goes.
    assert_eq!(refused(&Scenario { record: Recording::Points(1000), ..many.clone() }), (None, 1));
    assert_eq!(refused(&Scenario { seeds: None, ..many.clone() }), (None, 1));
    // The longest record of one method, as before.
    assert_eq!(refused(&Scenario { seeds: None, steps: 1_000_000, ..many }), (None, 1));
}

/// By time a slow method does up to 10^6 updates for each one of the fastest, and keeps them all.
#[test]
fn the_budget_counts_every_methods_own_steps() {
    let mut slow = Scenario { steps: 100_000, record: Recording::All, ..race(&[Method::Gd, Method::Sam]) };
    slow.optimizers[1].eta = slow.optimizers[0].eta / 1000.0;
    assert!(slow.can_be_recorded().is_ok());
    slow.pace = samscope::run::Pace::Time;
    assert!(slow.can_be_recorded().is_err());
}

#[test]
fn seeds_beyond_the_budget_are_not_drawn() {
    let few = Scenario { seeds: Some([0, 99]), steps: 50, ..race(&[Method::OneSam, Method::Sgd, Method::Gd]) };
    let curves = Design::named("curves").expect("a figure");
    let svg = |scenario: &Scenario| Draughtsman::default().svg(&FigureRequest::new(curves, scenario.clone()));
    assert!(svg(&few).is_ok());
    let many = Scenario { seeds: Some([0, 4095]), steps: 1_000_000_000, ..few };
    let sentence = svg(&many).expect_err("refused");
    assert!(
        sentence.starts_with("seeds: would keep ") && sentence.ends_with("show fewer seeds or methods"),
        "{sentence}"
    );
}

/// A run that is looked at is cut into slices, which changes no bit.
#[test]
fn a_watched_run_has_the_same_bits() {
    let scenario =
        Scenario { seeds: Some([1, 2]), record: Recording::Points(16), ..race(&[Method::OneSam, Method::Sam]) };
    let mut time = 0.0;
    let mut clock = || {
        time += 0.03;
        time
    };
    let mut last = ReportProgress::default();
    let mut watch = |progress: ReportProgress| {
        assert!(progress.updates >= last.updates && progress.runs >= last.runs, "{progress:?} after {last:?}");
        last = progress;
        ControlFlow::Continue(())
    };
    let mut watched = Report::run_watched(&scenario, &mut clock, &mut watch).expect("it runs");
    let mut alone = Report::run(&scenario, || 0.0).expect("it runs");
    for run in watched.runs.iter_mut().chain(&mut alone.runs) {
        run.elapsed_s = 0.0;
    }
    assert_eq!(serde_json::to_string(&watched).expect("JSON"), serde_json::to_string(&alone).expect("JSON"));
    assert_eq!((last.runs, last.updates), (3, Report::updates(&scenario)));
}

/// Who breaks off gets what there is: the ended runs, and the present one as far as it has come.
#[test]
fn an_interrupted_report_has_what_there_is() {
    let scenario = Scenario { record: Recording::Points(16), ..race(&[Method::Gd, Method::Sam, Method::Ngd]) };
    let until = |stop: &dyn Fn(ReportProgress) -> bool| {
        let mut is_over = false;
        let watch = |progress| {
            // Once: what has been done is still measured.
            let is_now = !is_over && stop(progress);
            is_over |= is_now;
            if is_now { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        Report::run_watched(&scenario, || 0.0, watch).expect("it runs")
    };
    let stepping = until(&|progress| progress.runs == 1 && progress.updates > 10_500);
    let [whole, cut] = &stepping.runs[..] else { panic!("two runs have begun") };
    assert_eq!((whole.stop_reason, whole.steps), (StopReason::Steps, 10_000));
    assert!(cut.stop_reason == StopReason::Interrupted && (500..10_000).contains(&cut.steps), "{}", cut.steps);
    assert_eq!(cut.last.step, cut.steps);
    assert_eq!(cut.record.as_ref().and_then(|record| record.last().map(|point| point.step)), Some(cut.steps));
    let measuring = until(&|progress| progress.measured == 5);
    assert_eq!(measuring.runs.len(), 1);
    assert_eq!((measuring.runs[0].stop_reason, measuring.runs[0].steps), (StopReason::Interrupted, 10_000));
    assert_eq!(measuring.runs[0].record.as_ref().map(Vec::len), Some(5));
    assert!(until(&|_| true).runs.is_empty());
}
