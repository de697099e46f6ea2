//! The gap view, without a window: it shows races of its own, and leaves everything else as it was.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::{DESKTOP, PHONE, harness, settle};
use egui::Shape;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use samscope::app::{App, Command};
use samscope::optimizer::Method;
use samscope::race::Run;
use samscope::run::{Layout, OptimizerSpec, Pace, Racer, Scenario, limits};
use samscope::theory::{gap_scenario, place_in_chain};

const CHAIN: [Method; 3] = [Method::MaxDescent, Method::AscDescent, Method::Sam];

/// The runs that are shown, in the chain's order.
fn links<'a>(harness: &'a Harness<App>) -> Vec<&'a Run> {
    let mut runs: Vec<_> = harness.state().session().runs().iter().collect();
    runs.sort_by_key(|run| place_in_chain(run.optimizer().id));
    runs
}

fn methods(harness: &Harness<App>) -> Vec<Method> {
    links(harness).iter().map(|run| run.optimizer().id).collect()
}

#[test]
fn the_gap_view_brings_the_chain_and_its_predicted_ends() {
    for size in [DESKTOP, PHONE] {
        let mut harness = harness(size, Scenario::welcome());
        harness.run_steps(3);
        if size == PHONE {
            harness.get_by_role_and_label(Role::ComboBox, "Layout").click();
            harness.run_steps(3);
        }
        harness.get_by_label("Gap").click();
        harness.run_steps(30);
        assert_eq!(methods(&harness), CHAIN);
        let runs = links(&harness);
        let ends: Vec<_> = runs.iter().map(|run| run.predicted_end().expect("computed").expect("predicted")).collect();
        for (end, expected) in ends.iter().zip([[0.0, 0.0], [1.0, 1.0], [0.0, 0.0]]) {
            assert!((end[0] - expected[0]).abs() < 1e-6 && (end[1] - expected[1]).abs() < 1e-6, "{end:?}");
        }
        // In equal time, so a hundredth of the learning rate does a hundred times the steps.
        assert_eq!(runs[1].racer().step(), 100 * runs[2].racer().step());
        harness.state_mut().apply(Command::Play(false));
        settle(&mut harness);
    }
}

#[test]
fn back_on_the_map_everything_is_as_it_was() {
    let mut harness = harness(DESKTOP, Scenario::welcome());
    harness.run_steps(30);
    harness.state_mut().apply(Command::ToggleMethod(0));
    harness.state_mut().apply(Command::Focus(2));
    harness.state_mut().apply(Command::Play(false));
    harness.run_steps(1);
    let (before, step) = (harness.state().scenario().clone(), harness.state().session().step());
    let points: Vec<_> = harness.state().session().runs().iter().map(|run| run.last().clone()).collect();
    harness.get_by_label("Gap").click();
    harness.run_steps(2);
    harness.state_mut().apply(Command::Play(true));
    harness.run_steps(20);
    assert_eq!(methods(&harness), CHAIN);
    assert_eq!(harness.state().scenario().optimizers, before.optimizers, "the methods are the user's");
    // SAM has the same colour; the other two have colours that no method of the map has.
    let colours: Vec<_> = links(&harness).iter().map(|run| run.index()).collect();
    assert_eq!(colours[2], 1);
    assert!(colours[0] > 2 && colours[1] > 2, "{colours:?}");
    harness.state_mut().apply(Command::Play(false));
    harness.get_by_label("Map").click();
    settle(&mut harness);
    assert_eq!(harness.state().scenario(), &before);
    assert_eq!(harness.state().session().step(), step, "the run has waited");
    let now: Vec<_> = harness.state().session().runs().iter().map(|run| run.last().clone()).collect();
    assert_eq!(now, points);
    // And the gap's race is still where it was.
    harness.get_by_label("Gap").click();
    settle(&mut harness);
    assert!(harness.state().session().step() > 0);
    assert_eq!(methods(&harness), CHAIN);
}

#[test]
fn the_gap_view_follows_the_settings_and_a_finished_map_gives_way_to_it() {
    let mut scenario = Scenario { steps: 1000, ..Scenario::welcome() };
    let mut harness = harness(DESKTOP, scenario.clone());
    harness.run_steps(40);
    settle(&mut harness);
    assert!(!harness.state().session().playing);
    harness.get_by_label("Gap").click();
    harness.run_steps(3);
    assert!(harness.state().session().playing, "the map's run had ended; the gap's begins");
    scenario.view.layout = Layout::Gap;
    scenario.optimizers[1].rho = 0.2;
    scenario.optimizers[1].eta = 0.02;
    harness.state_mut().apply(Command::Edit(Box::new(scenario)));
    harness.run_steps(1);
    let settings: Vec<_> = links(&harness).iter().map(|run| (run.optimizer().eta, run.optimizer().rho)).collect();
    assert_eq!(settings, [(0.02, 0.2), (0.01 * 0.02, 0.2), (0.02, 0.2)]);
}

/// A scenario that has the chain itself, as links had before the gap view had races of its own, runs as it always did.
#[test]
fn a_scenario_with_the_whole_chain_is_its_own_race() {
    let link = |id, eta| OptimizerSpec { eta, ..OptimizerSpec::new(id) };
    let mut former = Scenario::welcome();
    former.optimizers = vec![
        link(Method::MaxDescent, 0.01),
        link(Method::AscDescent, 1e-4),
        link(Method::Sam, 0.01),
        link(Method::Gd, 0.01),
    ];
    former.view.layout = Layout::Gap;
    former.pace = Pace::Time;
    assert_eq!(gap_scenario(&former), former);
    let opened = Scenario::from_link(&former.to_link()).expect("a link");
    let mut harness = harness(DESKTOP, opened.clone());
    harness.run_steps(5);
    assert_eq!(harness.state().scenario(), &former);
    assert_eq!(methods(&harness), [CHAIN.as_slice(), &[Method::Gd]].concat(), "a map for each");
    for (run, spec) in harness.state().session().runs().iter().zip(opened.run_specs()) {
        let mut racer = Racer::new(spec);
        racer.advance(run.racer().step());
        assert_eq!(racer.x(), run.racer().x(), "the same bits");
    }
    harness.state_mut().apply(Command::Play(false));
    let step = harness.state().session().step();
    harness.get_by_label("Map").click();
    settle(&mut harness);
    assert_eq!(harness.state().session().step(), step, "on the map the same runs");
}

#[test]
fn the_chain_has_room_beside_any_methods() {
    for methods in
        [vec![], vec![Method::Gd; 15], vec![Method::Sam; 16], [vec![Method::Gd; 15], vec![Method::Sam]].concat()]
    {
        let mut scenario = Scenario::welcome();
        scenario.optimizers = methods.iter().map(|&id| OptimizerSpec { rho: 0.07, ..OptimizerSpec::new(id) }).collect();
        let gap = gap_scenario(&scenario);
        assert!(gap.optimizers.len() <= limits::OPTIMIZERS_MAX);
        let mut on: Vec<_> = gap.optimizers.iter().filter(|optimizer| optimizer.on).collect();
        on.sort_by_key(|optimizer| place_in_chain(optimizer.id));
        assert_eq!(on.iter().map(|optimizer| optimizer.id).collect::<Vec<_>>(), CHAIN);
        let rho = if methods.contains(&Method::Sam) { 0.07_f64 } else { 0.1 };
        assert!(on.iter().all(|optimizer| optimizer.rho.to_bits() == rho.to_bits()), "SAM's settings");
        assert!(gap.resolved().is_ok());
    }
}

/// A curve that rises within a pixel is a line: a band from far before it would be a filled triangle.
#[test]
fn a_steep_curve_is_a_line() {
    let json = r#"{"init": [0.5, 0.5, 0.3, 0.3], "optimizers": [{"id": "asc-descent", "eta": 0.0001}], "steps": 4232,
        "view": {"step_scale": "log", "curves": ["alignment"], "steps_per_frame": 4232}}"#;
    let mut harness = harness(DESKTOP, Scenario::from_json(json).expect("a scenario"));
    settle(&mut harness);
    assert_eq!(harness.state().session().step(), 4232);
    let bands = harness.output().shapes.iter().filter(|clipped| matches!(clipped.shape, Shape::Band(_))).count();
    assert_eq!(bands, 0);
}
