//! A run is one thing, in the window and in figures.

use std::cell::Cell;

use samscope::app::Session;
use samscope::race::{Race, Run, Wanted, fits_log};
use samscope::run::Scenario;
use samscope::sharpness::Curve;

const ALL: Wanted = Wanted { sharpness: true, flows: true, distances: true, ends: true };

fn read(json: &str) -> Scenario {
    Scenario::from_json(json).expect("a scenario of this test")
}

/// Played as the window plays: some steps and a little measuring in each frame, and the scrubber moved now and then.
fn played(scenario: &Scenario) -> Session {
    let mut session = Session::new(scenario.clone());
    let mut frame = 0_u64;
    while !session.is_over() {
        frame += 1;
        let looks = Cell::new(0);
        session.ask(1 + 37 * frame);
        session.advance(&mut || frame.is_multiple_of(3));
        session.measure(ALL, |_| {
            looks.set(looks.get() + 1);
            looks.get() > 5
        });
        session.scrub(frame.is_multiple_of(4).then_some(frame));
    }
    session.scrub(None);
    while session.measure(ALL, |_| false) {}
    session
}

#[test]
fn the_window_and_figures_have_the_same_numbers() {
    let hyperbola = r#"{"loss": {"id": "hyperbola"}, "optimizers": [{"id": "sam", "eta": 0.1, "rho": 0.02}, {"id": "gd"},
        {"id": "usam"}], "steps": 3001, "view": {"surface_steps": [700, 1234]}}"#;
    let toy = r#"{"loss": {"id": "toy4d"}, "optimizers": [{"id": "one-sam"}, {"id": "asc-descent", "eta": 0.001}], "steps": 500,
        "seeds": [3, 6], "pace": "time"}"#;
    let diverging =
        r#"{"loss": {"id": "quadratic"}, "optimizers": [{"id": "gd", "eta": 1.5}, {"id": "sam"}], "steps": 300}"#;
    for scenario in [hyperbola, toy, diverging].map(read) {
        let figure = Race::finished(scenario.clone(), u64::MAX, ALL);
        let session = played(&scenario);
        assert_eq!(session.step(), figure.step());
        for (shown, printed) in session.runs().iter().zip(figure.runs()) {
            let name = shown.name();
            assert_eq!(shown.points().len(), printed.points().len(), "{name}");
            for (shown, printed) in shown.points().iter().zip(printed.points()) {
                assert_eq!(shown, printed, "{name}");
            }
            let flow = |run: &Run| run.prediction().map(|prediction| (prediction.step, prediction.theorem.x.clone()));
            assert_eq!(flow(shown), flow(printed), "{name}");
            assert_eq!(shown.predicted_end(), printed.predicted_end(), "{name}");
            for &curve in Curve::ALL {
                let values = |run: &Run| {
                    let bits = |v: &f64| if v.is_nan() { None } else { Some(v.to_bits()) };
                    run.lines(curve).iter().map(|line| line.values.iter().map(bits).collect()).collect::<Vec<Vec<_>>>()
                };
                assert_eq!(values(shown), values(printed), "{name} {curve:?}");
                assert_eq!(shown.spread(curve), printed.spread(curve), "{name} {curve:?}");
            }
        }
    }
}

/// SAM on a quadratic ends in a 2-cycle, of which an even record has one phase.
#[test]
fn both_phases_are_shown_at_every_end() {
    let scenario = read(r#"{"loss": {"id": "quadratic"}, "steps": 50000}"#);
    let mut race = Race::new(scenario, 1);
    for steps in [999, 20_000, 29_001] {
        let run = &mut race.runs_mut()[0];
        run.advance(steps);
        run.sync();
        let [.., before, last] = run.points() else { panic!("two points") };
        assert_eq!((before.step + 1, last.step), (run.racer().step(), run.racer().step()));
        assert_eq!(last.x, run.racer().x());
    }
}

/// What is shown at a step of the race is what was there at that step.
#[test]
fn a_run_is_shown_up_to_a_step() {
    let scenario = read(r#"{"loss": {"id": "quadratic"}, "optimizers": [{"id": "gd", "eta": 1.5}, {"id": "sam"}]}"#);
    let mut race = Race::finished(scenario, 1, Wanted::default());
    let end = race.runs()[0].last().step;
    assert!(race.runs()[0].stop_reason().is_some() && end < 100, "GD diverges, at step {end}");
    race.show_until(Some(7));
    assert_eq!([0, 1].map(|i| race.runs()[i].head().step), [7, 7]);
    assert!(race.runs()[0].stop_reason().is_none(), "it has not diverged yet");
    assert!(race.runs()[1].halfway().step <= 4);
    race.show_until(Some(end));
    assert!(race.runs()[0].stop_reason().is_some() && race.runs()[1].stop_reason().is_none());
}

#[test]
fn a_logarithmic_axis_hides_nothing() {
    assert!(fits_log([1.0, 1e-300, 0.0, -1e-12].into_iter()), "below zero by rounding");
    assert!(fits_log(std::iter::empty()));
    assert!(!fits_log([1.0, -0.1].into_iter()));
    assert!(!fits_log([0.0, -0.0].into_iter()));
    assert!(fits_log([f64::NAN, f64::INFINITY, 2.0].into_iter()));
}
