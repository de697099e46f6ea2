//! The sweep in the window: it is computed in the background, a place says where its run ends, and a click runs it; a basin that
//! changes while it is computed is that of the last settings.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod ui;

use egui::accesskit::Role;
use egui::{Event, Modifiers, PointerButton, Pos2, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use samscope::app::{App, Command};
use samscope::field::{Field, Kind, Over, Values};
use samscope::loss::short;
use samscope::run::{Layout, RunSpec, Scenario, Setting, SweepAxis};
use ui::{DESKTOP, PHONE, harness, middle, pause, settle, written};

/// SAM on the hyperbola as a sweep.
fn sweep(view: &str) -> Scenario {
    let json = format!(
        r#"{{"loss": {{"id": "hyperbola"}}, "optimizers": [{{"id": "sam", "eta": 0.1, "rho": 0.1}}], "steps": 60,
            "view": {{"layout": "sweep"{view}}}}}"#
    );
    Scenario::from_json(&json).expect("a scenario")
}

fn click(harness: &mut Harness<App>, pos: Pos2) {
    for pressed in [true, false] {
        harness.event(Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        harness.run_steps(1);
    }
    harness.run_steps(1);
}

fn told(harness: &mut Harness<App>, place: Pos2) -> Option<String> {
    harness.hover_at(place);
    // What is told at the pointer comes once that has been still for half a second.
    harness.run_steps(40);
    let mut nodes = harness.query_all_by_label_contains("Click to run with these");
    nodes.find_map(|node| node.accesskit_node().value())
}

#[test]
fn a_place_says_where_its_run_ends_and_a_click_runs_it() {
    let mut harness = harness(DESKTOP, sweep(""));
    pause(&mut harness);
    let place = middle(&harness, Role::Image, "Sweep of ") + Vec2::new(-77.0, 31.0);
    let words = told(&mut harness, place).expect("words at the pointer");
    assert!(words.starts_with("η = 0.0") && words.contains("λ1 = "), "{words}");
    click(&mut harness, place);
    let scenario = harness.state().scenario().clone();
    let SweepSettings { eta, rho } = settings(&scenario);
    assert!(words.starts_with(&format!("η = {}, ρ = {}\n", short(eta), short(rho))), "{words} but {eta}, {rho}");
    assert!(harness.state().session().playing && scenario.view.layout == Layout::Map);
    harness.state_mut().apply(Command::Step(60));
    harness.run_steps(30);
    let x = harness.state().session().runs()[0].racer().x().to_vec();
    let end = format!("({}, {}) after 60 steps", short(x[0]), short(x[1]));
    assert!(words.contains(&end), "{words} against {end}");
}

struct SweepSettings {
    eta: f64,
    rho: f64,
}

fn settings(scenario: &Scenario) -> SweepSettings {
    SweepSettings { eta: scenario.optimizers[0].eta, rho: scenario.optimizers[0].rho }
}

/// Zooming gives the view ranges of its own, which its link keeps; fitting puts them around the run's own settings.
#[test]
fn ranges_are_part_of_the_view() {
    let mut harness = harness(DESKTOP, sweep(""));
    pause(&mut harness);
    harness.state_mut().apply(Command::Zoom(0.5));
    settle(&mut harness);
    let scenario = harness.state().scenario().clone();
    let [eta, rho] = scenario.view.sweep.clone().expect("ranges");
    // Half of two factors of 4 each, in equal ratios: a factor of 2 to both sides.
    assert!((eta.from - 0.05).abs() < 1e-9 && (eta.to - 0.2).abs() < 1e-9 && eta.log, "{eta:?}");
    assert_eq!((eta.setting, rho.setting), (Setting::Eta, Setting::Rho));
    assert_eq!(Scenario::from_link(&scenario.to_link()), Ok(scenario));
    harness.state_mut().apply(Command::Fit);
    settle(&mut harness);
    let sweep = harness.state().scenario().view.sweep.clone().expect("ranges");
    assert!((sweep[0].from - 0.025).abs() < 1e-9 && (sweep[1].to - 0.4).abs() < 1e-9, "{sweep:?}");
}

/// What says nothing of a sweep reads and writes as before there was one.
#[test]
fn a_view_without_a_sweep_has_none_in_its_json() {
    let scenario = Scenario::welcome();
    let json = serde_json::to_string(&scenario).expect("JSON");
    assert!(scenario.view.sweep.is_none() && !json.contains("sweep"), "{json}");
    let refused = |axes: &str| {
        let text = format!(r#"{{"view": {{"sweep": [{axes}]}}}}"#);
        Scenario::from_json(&text).expect_err("refused").to_string()
    };
    let (eta, rho) =
        (r#"{"setting": "eta", "from": 0.1, "to": 1, "log": true}"#, r#"{"setting": "rho", "from": 0, "to": 1}"#);
    assert!(Scenario::from_json(&format!(r#"{{"view": {{"sweep": [{eta}, {rho}]}}}}"#)).is_ok());
    assert_eq!(refused(&format!("{eta}, {eta}")), "view.sweep: must be two different settings");
    let turned = rho.replace("\"to\": 1", "\"to\": 1, \"log\": true");
    assert!(refused(&format!("{eta}, {turned}")).starts_with("view.sweep[1]: must go from a number to a greater one"));
}

/// Of a loss with another parameter, in the order that is asked for; what cannot be computed says why.
#[test]
fn any_two_settings_can_be_swept() {
    let view = r#", "sweep": [{"setting": "c", "from": 0.5, "to": 2}, {"setting": "beta", "from": 0, "to": 0.9}]"#;
    let mut harness = harness(DESKTOP, sweep(view));
    pause(&mut harness);
    let place = middle(&harness, Role::Image, "Sweep of ");
    let words = told(&mut harness, place).expect("words at the pointer");
    assert!(words.starts_with("c = 1.2") && words.contains(", β = 0.4"), "{words}");
    click(&mut harness, place);
    let scenario = harness.state().scenario();
    assert!((scenario.loss.params()["c"] - 1.25).abs() < 0.02 && scenario.optimizers[0].beta > 0.4);
    let view = r#", "sweep": [{"setting": "no", "from": 0.5, "to": 2}, {"setting": "beta", "from": 0, "to": 0.9}]"#;
    harness = ui::harness(DESKTOP, sweep(view));
    pause(&mut harness);
    assert!(written(&harness).iter().any(|(text, _)| text.starts_with("The sweep cannot be computed: over.no")));
}

/// What the axes are where nothing is said: every setting has a range in which runs are allowed, for every method.
#[test]
fn every_setting_has_a_range_of_its_own() {
    for (loss, method) in
        [("two-moons-logistic", "m-sam"), ("rosenbrock", "gd"), ("toy4d", "usam"), ("quadratic", "sam")]
    {
        let json = format!(r#"{{"loss": {{"id": "{loss}"}}, "optimizers": [{{"id": "{method}"}}], "steps": 5}}"#);
        let run: RunSpec = Scenario::from_json(&json).expect("a scenario").run_spec(0);
        let all = Setting::all(&run);
        assert_eq!(all.contains(&Setting::Rho), method != "gd");
        assert_eq!(all.contains(&Setting::Batch), loss == "two-moons-logistic");
        for setting in all {
            let other = if setting == Setting::Eta { Setting::Beta } else { Setting::Eta };
            let axes = [SweepAxis::around(setting.clone(), &run), SweepAxis::around(other, &run)];
            let mut scenario = Scenario::from_json(&json).expect("a scenario");
            scenario.view.sweep = Some(axes);
            let field = Field::of_sweep(&run, Over::of_view(&scenario.view, &run, [17, 17]), 5);
            assert_eq!(field.validate(), Ok(()), "{loss}, {method}, {setting:?}");
            let own = setting.of(&run);
            let Kind::Sweep { over, .. } = &field.kind else { panic!("a sweep") };
            assert!(over[0].nodes.from <= own && own <= over[0].nodes.to, "{setting:?}: {own}, {:?}", over[0].nodes);
        }
    }
}

/// While η is dragged, and long after: what is shown in the end is the basin of the last η.
#[test]
fn a_basin_follows_its_settings_in_every_phase() {
    let json = r#"{"loss": {"id": "ring"}, "optimizers": [{"id": "sam", "eta": 0.05, "rho": 1.5}], "steps": 300,
        "view": {"layout": "basin", "bounds": [-1.6, 1.6, -1.6, 1.6]}}"#;
    let mut harness = harness(Vec2::new(700.0, 420.0), Scenario::from_json(json).expect("a scenario"));
    harness.state_mut().apply(Command::Play(false));
    // Changed before the first picture, in the coarse phases, and between the finer ones.
    for (k, frames) in [0, 1, 2, 5, 9, 30, 60].into_iter().enumerate() {
        harness.run_steps(frames);
        let mut scenario = harness.state().scenario().clone();
        scenario.optimizers[0].eta = 0.05 + 0.002 * (k + 1) as f64;
        harness.state_mut().apply(Command::Edit(Box::new(scenario)));
    }
    harness.state_mut().apply(Command::Play(false));
    settle(&mut harness);
    let report = harness.state().picture().expect("a basin");
    assert_eq!((report.share, report.field.scenario.optimizers[0].eta), (1.0, 0.064));
    let (Values::Ends(shown), Values::Ends(exact)) = (report.values, report.field.compute_all()) else {
        panic!("ends")
    };
    assert!(shown == exact, "the picture has other ends");
}

/// Everything that is said stays on the screen.
#[test]
fn words_stay_on_narrow_and_wide_screens() {
    for size in [DESKTOP, PHONE] {
        for scenario in [sweep(""), Scenario { view: sweep(r#", "side": "anatomy""#).view, ..sweep("") }] {
            let mut harness = harness(size, scenario);
            pause(&mut harness);
            let texts = written(&harness);
            assert!(
                texts.iter().any(|(text, _)| text.starts_with("λ1 where a run of SAM ends after 60 steps")),
                "{size:?}"
            );
            // The name of theory's line, in its parts.
            for part in ["ρ", "=", "η"] {
                assert!(texts.iter().any(|(text, _)| text == part), "{size:?}: {texts:?}");
            }
            for (text, place) in texts.into_iter().filter(|(text, _)| !text.is_empty()) {
                assert!(place.right() <= size.x + 1.0 && place.left() >= -1.0, "{text} at {place:?} on {size:?}");
            }
        }
    }
}
