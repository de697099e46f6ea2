//! One scenario in place of another, whatever they are: nothing that is kept from frame to frame may be of the one before.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

#[path = "common/ui.rs"]
mod common;

use common::settle;
use egui::Vec2;
use egui_kittest::Harness;
use samscope::app::{App, Command};
use samscope::loss::CATALOGUE;
use samscope::optimizer::{METHODS, RandomStream};
use samscope::platform::Message;
use samscope::run::Scenario;
use serde_json::{Value, json};

const PAIRS: u64 = 1000;

/// Random scenarios.
struct Dice(RandomStream);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0.below(count)
    }

    fn one_of<T: Clone>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())].clone()
    }

    fn is_on(&mut self) -> bool {
        self.below(2) == 0
    }

    /// A loss of the catalogue, or a typed one of 1 to 16 coordinates.
    fn loss(&mut self) -> Value {
        if self.is_on() {
            return json!({ "id": self.one_of(CATALOGUE).id });
        }
        let squares: Vec<_> = (0..=self.below(16)).map(|i| format!("{i}*(x{}^2 - 0.5)^2", i + 1)).collect();
        json!({ "id": "typed", "expressions": vec![squares.join(" + "); 1 + self.below(2)] })
    }

    fn axes(&mut self, dim: usize) -> Value {
        let first = self.below(dim);
        json!([first + 1, (first + 1 + self.below((dim - 1).max(1))) % dim + 1])
    }

    fn optimizers(&mut self) -> Vec<Value> {
        let count = 1 + self.below(4);
        let one = |dice: &mut Self| {
            let later = json!({ "id": dice.one_of(METHODS), "step": 1 + dice.below(50) });
            json!({
                "id": dice.one_of(METHODS), "rho": 0.1 * dice.below(3) as f64, "beta": dice.one_of(&[0.0, 0.9]),
                "switch": dice.one_of(&[Value::Null, later]), "on": dice.below(4) > 0,
            })
        };
        (0..count).map(|_| one(self)).collect()
    }

    fn scenario(&mut self) -> Scenario {
        let loss = self.loss();
        let dim = Scenario::from_json(&json!({ "loss": loss }).to_string()).expect("it is a loss").dim();
        let surface_axes = if dim > 1 && self.is_on() { self.axes(dim) } else { Value::Null };
        let view = json!({
            "axes": self.axes(dim),
            "surface_axes": surface_axes,
            "through": self.one_of(&["gamma", "head", "start"]),
            "quantity": self.one_of(&["loss", "lambda_1", "lambda_m", "trace", "l_asc", "r_avg"]),
            "layout": self.one_of(&["map", "gap", "surface", "basin", "sweep"]),
            "side": self.one_of(&["curves", "anatomy"]),
            "pace": self.one_of(&["steps", "time"]),
            "flows": self.is_on(),
            "steps_per_frame": self.one_of(&[1, 10]),
            "curves": self.one_of(&[&[][..], &["loss", "alignment"], &["other_eigenvalues", "r_max", "limits", "flow_distance"]]),
        });
        let text = json!({
            "loss": loss, "optimizers": self.optimizers(), "steps": self.one_of(&[0, 1, 100]), "seed": self.below(9),
            "seeds": self.one_of(&[Value::Null, json!([0, 3])]), "view": view,
        });
        let scenario = Scenario::from_json(&text.to_string());
        scenario.unwrap_or_else(|error| panic!("{error}: {text}"))
    }
}

/// A frame, down to its triangles.
fn draw(harness: &mut Harness<App>) {
    harness.step();
    let output = harness.output();
    let triangles = harness.ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
    assert!(!triangles.is_empty(), "it draws nothing");
}

/// Opens a link while the program runs, as the page's address and the Open window do.
fn open(harness: &mut Harness<App>, scenario: &Scenario) {
    harness.state().mailbox().post(Message::Hash(format!("#{}", scenario.to_link())));
    draw(harness);
    assert_eq!(harness.state().notice(), None, "{}", scenario.to_link());
    assert_eq!(harness.state().scenario(), &scenario.clone().in_plane(), "the link brings another scenario");
}

#[test]
fn any_scenario_can_take_the_place_of_any_other() {
    let mut dice = Dice(RandomStream::new(0));
    let mut harness = Harness::builder()
        .with_size(Vec2::new(640.0, 400.0))
        .build_eframe(|cc| App::new(&cc.egui_ctx, Scenario::welcome()));
    for pair in 0..PAIRS {
        let [before, after] = [dice.scenario(), dice.scenario()];
        open(&mut harness, &before);
        harness.run_steps(dice.below(3));
        draw(&mut harness);
        if dice.is_on() {
            harness.state_mut().apply(Command::ToggleMethod(dice.below(4)));
            harness.state_mut().apply(Command::Focus(dice.below(before.optimizers.len())));
        }
        open(&mut harness, &after);
        draw(&mut harness);
        assert!(harness.state().session().step() <= after.steps, "pair {pair}");
    }
}

/// What a script or a link changes shows at once, also where nothing moves any more.
#[test]
fn commands_from_outside_ask_for_a_frame() {
    let mut harness = Harness::builder().build_eframe(|cc| App::new(&cc.egui_ctx, Scenario::welcome()));
    harness.state_mut().apply(Command::Play(false));
    settle(&mut harness);
    let commands: [fn(&mut App); 3] = [
        |app| app.apply(Command::Step(1)),
        |app| app.load(Scenario::default()).expect("the default scenario is one"),
        |app| app.apply(Command::Play(true)),
    ];
    for (i, command) in commands.into_iter().enumerate() {
        harness.step();
        assert!(!harness.ctx.has_requested_repaint(), "{i}: it repaints although nothing has changed");
        command(harness.state_mut());
        assert!(harness.ctx.has_requested_repaint(), "{i}: what has changed is not drawn");
        harness.state_mut().apply(Command::Play(false));
        settle(&mut harness);
    }
}

/// Iterates far beyond what a screen's coordinates hold are drawn as far away, not as nothing at all.
#[test]
fn a_run_that_has_diverged_is_drawn() {
    let far = r#"{"init": [-1.2, 1, -1.2, 1], "loss": {"id": "rosenbrock"}, "optimizers": [{"id": "gd"}, {"id": "usam"}, {}],
        "seeds": [0, 3], "steps": 1000, "view": {"quantity": "l_asc"}}"#;
    let far = Scenario::from_json(far).expect("a scenario");
    let mut harness = Harness::builder().build_eframe(|cc| App::new(&cc.egui_ctx, Scenario::welcome()));
    open(&mut harness, &far);
    for _ in 0..60 {
        draw(&mut harness);
    }
}
