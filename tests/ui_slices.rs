//! However long a step of the race takes, a frame does not.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

use std::time::{Duration, Instant};

use egui_kittest::Harness;
use samscope::app::{App, Command};
use samscope::run::{Report, Scenario};

/// The longest that the window may stand still.
const GAP: Duration = Duration::from_millis(500);

fn harness(json: &str) -> (Harness<'static, App>, Scenario) {
    let scenario = Scenario::from_json(json).expect("a scenario");
    let shown = scenario.clone();
    (
        Harness::builder().with_size(egui::vec2(640.0, 400.0)).build_eframe(move |cc| App::new(&cc.egui_ctx, shown)),
        scenario,
    )
}

/// How long this thread has had a processor: on a busy machine the rest is no fault of its own. Where the system doesn't tell, the
/// time since `begin`.
fn computed(begin: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| begin.elapsed(), Duration::from_nanos)
}

/// How long `act` computes.
fn taken(act: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    let before = computed(begin);
    act();
    computed(begin).saturating_sub(before)
}

/// One step of this race is a million updates of avg-descent, each a quadrature.
#[test]
fn a_step_of_minutes_is_done_over_many_frames() {
    let (mut harness, _) = harness(
        r#"{"loss": {"id": "diagonal-net"}, "pace": "time", "steps": 1000000,
            "optimizers": [{"id": "gd", "eta": 1e-2}, {"id": "avg-descent", "eta": 1e-8}]}"#,
    );
    for frame in 0..20 {
        let taken = taken(|| harness.step());
        assert!(taken < GAP, "frame {frame} takes {taken:?}");
    }
    let updates: Vec<u64> = harness.state().session().runs().iter().map(|run| run.racer().step()).collect();
    assert!(updates[0] == 1 && updates[1] > 20 && updates[1] < 1_000_000, "{updates:?}");
    assert!(taken(|| harness.state_mut().apply(Command::Play(false))) < GAP);
    harness.step();
    let paused: Vec<u64> = harness.state().session().runs().iter().map(|run| run.racer().step()).collect();
    harness.run_steps(3);
    let later: Vec<u64> = harness.state().session().runs().iter().map(|run| run.racer().step()).collect();
    assert_eq!(paused, later, "it goes on although it is paused");
}

/// What is asked for by number comes in the next frames, and is what a run in one piece gives, to the bit.
#[test]
fn steps_by_number_come_over_frames() {
    let steps = 3_000_000;
    let (mut harness, scenario) =
        harness(r#"{"loss": {"id": "toy4d"}, "optimizers": [{"id": "sam"}, {"id": "one-sam"}], "steps": 4000000}"#);
    harness.state_mut().apply(Command::Play(false));
    harness.state_mut().apply(Command::Restart);
    let taken_at_once = taken(|| harness.state_mut().apply(Command::Step(steps)));
    assert!(taken_at_once < GAP, "step({steps}) takes {taken_at_once:?}");
    assert!(harness.state().session().step() < steps, "no machine does that at once");
    while harness.state().session().step() < steps {
        let taken = taken(|| harness.step());
        assert!(taken < GAP, "a frame takes {taken:?}");
    }
    harness.run_steps(3);
    let whole = Report::run(&Scenario { steps, ..scenario }, || 0.0).expect("a report");
    for (run, whole) in harness.state().session().runs().iter().zip(&whole.runs) {
        assert_eq!(run.racer().step(), steps);
        assert_eq!(run.racer().x(), whole.last.x, "{}", run.name());
    }
}
