//! Fields on the graphics card: its numbers are those that f32 has of the same formulas, its classes those of f64, and where it
//! cannot compute or is lost, threads do. Without a card Mesa's processor stands in for one (`mesa-vulkan-drivers`).
#![cfg(all(feature = "gpu", feature = "cli", target_os = "linux"))]

mod bounded;
mod cases;
mod compared;
mod page;
#[path = "../common/cli.rs"]
mod program;

use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use cases::{around, basins};
use compared::{compare_classes, compare_quantities, compare_updates};
use program::Folder;
use samscope::field::{Backend, Field, Here, Kind, Nodes, Over, Program, Values};
use samscope::loss::LossSpec;
use samscope::optimizer::Method;
use samscope::platform::compute::{Card, Gpu};
use samscope::run::{OptimizerSpec, Scenario, Setting, Switch};
use samscope::sharpness::MapQuantity;

fn card() -> Arc<Card> {
    static CARD: OnceLock<Arc<Card>> = OnceLock::new();
    Arc::clone(CARD.get_or_init(|| Arc::new(Card::new().expect("a driver for Vulkan, such as mesa-vulkan-drivers"))))
}

/// What the card makes of the words of all nodes.
fn on_card(program: &Program, nodes: &[usize]) -> Vec<u32> {
    card().run(program, program.words(nodes), nodes.len(), || true).expect("a card").expect("wanted")
}

/// One update of every method that the card offers, on every loss: the card's numbers and those of its twin here lie within the bound.
#[test]
fn updates_are_those_of_f32() {
    compare_updates(&mut on_card);
}

/// Every quantity on every loss; what the card does not offer has the bits of f64.
#[test]
fn quantities_are_those_of_f32() {
    compare_quantities(&mut on_card);
}

/// Momentum, a switch and random batches go through many updates as in f64: the same batches, the same method in force.
#[test]
fn runs_with_momentum_switches_and_batches_end_where_those_of_f64_do() {
    let spec = |id: Method| OptimizerSpec { eta: 0.02, rho: 0.05, ..OptimizerSpec::new(id) };
    let cases = [
        ("hyperbola", vec![1.5, 0.9], OptimizerSpec { beta: 0.5, ..spec(Method::Sam) }),
        (
            "hyperbola",
            vec![1.5, 0.9],
            OptimizerSpec { switch: Some(Switch { id: Method::Sam, step: 3 }), ..spec(Method::Gd) },
        ),
        ("hyperbola", vec![1.5, 0.9], OptimizerSpec { rho: 0.0, ..spec(Method::Sam) }),
        ("two-moons-logistic", vec![2.0, -1.0], OptimizerSpec { batch: 3, ..spec(Method::MSam) }),
        (
            "two-moons-logistic",
            vec![2.0, -1.0],
            OptimizerSpec { switch: Some(Switch { id: Method::OneSam, step: 4 }), ..spec(Method::Sgd) },
        ),
    ];
    for (loss, init, spec) in cases {
        let scenario = Scenario {
            loss: LossSpec::new(loss),
            init: init.clone(),
            optimizers: vec![spec],
            steps: 8,
            ..Scenario::default()
        };
        let field =
            Field { scenario: scenario.resolved().expect("a scenario"), kind: Kind::Basin { plane: around(&init) } };
        let (Values::Ends(card), Values::Ends(exact)) = (computed(&field, &mut gpu()), field.compute_all()) else {
            panic!("a basin has ends")
        };
        assert_eq!(card.steps, exact.steps);
        for (got, want) in card.x.iter().zip(&exact.x) {
            // Eight updates, of which none magnifies the rounding of 2⁻²⁴ more than threefold.
            assert!((got - want).abs() < 1e-4, "{loss}: {got} instead of {want}");
        }
    }
}

fn gpu() -> Gpu {
    Gpu::new(card(), 0).expect("threads")
}

/// All nodes by a backend, in tiles.
fn computed(field: &Field, backend: &mut dyn Backend) -> Values {
    let (field, mut values) = (Arc::new(field.clone()), Values::none(field));
    let nodes: Vec<usize> = (0..field.count()).collect();
    nodes.chunks(100).for_each(|tile| backend.submit(&field, tile.to_vec()));
    let mut open = nodes.len();
    while open > 0 {
        if let Some(tile) = backend.poll(Duration::from_millis(50)) {
            values.put(&tile.nodes, &tile.values);
            open -= tile.nodes.len();
        }
    }
    values
}

#[test]
fn basins_have_the_classes_of_f64_but_on_borders() {
    basins().for_each(|(what, field)| have_the_classes(&field, &what));
}

#[test]
fn sweeps_have_the_classes_of_f64_but_on_borders() {
    let spec = OptimizerSpec::new(Method::Sam);
    let scenario = Scenario {
        loss: LossSpec::new("hyperbola"),
        init: vec![2.0, 0.6],
        optimizers: vec![spec],
        steps: 500,
        ..Scenario::default()
    };
    let over = |setting: Setting, from: f64, to: f64| Over { setting, nodes: Nodes::linear(from, to, 48) };
    let kind = |tau| Kind::Sweep { over: [over(Setting::Eta, 0.02, 0.6), over(Setting::Rho, 0.05, 0.5)], tau };
    for tau in [None, Some(0.5)] {
        let scenario = scenario.clone().resolved().expect("a scenario");
        have_the_classes(&Field { scenario, kind: kind(tau) }, "a sweep");
    }
}

fn have_the_classes(field: &Field, what: &str) {
    let mut gpu = gpu();
    let Values::Ends(ends) = computed(field, &mut gpu) else { panic!("ends") };
    assert_eq!(gpu.name(), self::card().name(), "{what}");
    compare_classes(field, &ends.class, what);
}

/// What is not offered, and what is left when the card is lost, has the bits of f64, and the name says who computed.
#[test]
fn what_the_card_cannot_do_threads_do() {
    let searched = Field::of_quantity(&LossSpec::new("ring"), around(&[0.45, 0.1]), MapQuantity::RMax, 0.1);
    let mut gpu = gpu();
    assert_eq!(computed(&searched, &mut gpu), computed(&searched, &mut Here::default()));
    assert!(gpu.name().contains("thread") && gpu.name().ends_with("since it is searched for"), "{}", gpu.name());

    let trace = Field::of_quantity(&LossSpec::new("ring"), around(&[0.45, 0.1]), MapQuantity::Trace, 0.1);
    let card = Arc::new(Card::new().expect("a card"));
    let mut gpu = Gpu::new(Arc::clone(&card), 0).expect("threads");
    assert!(computed(&trace, &mut gpu) != trace.compute_all(), "f32 has no digits of f64");
    card.end();
    assert_eq!(computed(&trace, &mut gpu), trace.compute_all());
    assert!(gpu.name().contains("thread") && gpu.name().contains("was lost"), "{}", gpu.name());
}

const FIELD: &str = "field --loss ring --quantity trace --size 9,7 --backend gpu";

#[test]
fn the_command_line_computes_on_the_card_and_says_so() {
    let folder = Folder::new("gpu");
    let output =
        program::samscope(&[&FIELD.split(' ').collect::<Vec<_>>()[..], &["--out", &folder.file("it.csv")]].concat());
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(output.status.success() && said.ends_with(&format!("computed by {}\n", card().name())), "{said}");
}

#[test]
fn without_a_card_the_command_line_refuses_in_one_sentence() {
    let folder = Folder::new("no-gpu");
    let output = Command::new(env!("CARGO_BIN_EXE_samscope"))
        .args(FIELD.split(' '))
        .args(["--out", &folder.file("it.csv")])
        .envs(["VK_DRIVER_FILES", "VK_ICD_FILENAMES"].map(|name| (name, "/nowhere.json")))
        .output()
        .expect("the binary starts");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.starts_with("samscope: --backend gpu: there is no graphics card") && said.lines().count() == 1,
        "{said}"
    );
}
