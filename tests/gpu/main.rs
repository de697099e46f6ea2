//! Fields on the graphics card: its numbers are those that f32 has of the same formulas, its classes those of f64, and where it
//! cannot compute or is lost, threads do. Without a card Mesa's processor stands in for one (`mesa-vulkan-drivers`).
#![cfg(all(feature = "gpu", feature = "cli", target_os = "linux"))]

mod bounded;
#[path = "../common/cli.rs"]
mod program;

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bounded::Bounded;
use program::Folder;
use samscope::field::{
    Backend, Ends, Field, HEAD, Here, Kernel, Kind, Nodes, OWN, Over, Plane, Program, Slice, Values,
};
use samscope::loss::{CATALOGUE, LossSpec, Reduction};
use samscope::optimizer::{METHODS, Method};
use samscope::platform::compute::{Card, Gpu};
use samscope::run::{OptimizerSpec, Scenario, Setting, Switch};
use samscope::sharpness::MapQuantity;

/// The nodes of a card's field in these tests.
const SIZE: [usize; 2] = [9, 7];

fn card() -> Arc<Card> {
    static CARD: OnceLock<Arc<Card>> = OnceLock::new();
    Arc::clone(CARD.get_or_init(|| Arc::new(Card::new().expect("a driver for Vulkan, such as mesa-vulkan-drivers"))))
}

/// Every loss of the catalogue in each of its dimensions, and typed ones with every function of the language.
fn losses() -> Vec<LossSpec> {
    let of_catalogue = CATALOGUE.iter().flat_map(|info| {
        let own = LossSpec::new(info.id);
        if info.dim_of.is_none() {
            return vec![own];
        }
        info.dims.iter().map(|&dim| own.clone().in_dim(dim)).collect()
    });
    let typed = [
        "0.5*(x*y - c)^2",
        "sin(x)*cos(y) + 0.1*x^2 + 0.1*y^2",
        "exp(-x^2)*y^2 + log(1 + x^2 + y^2)",
        "tanh(x*y) + 0.5*(x - y)^2",
        "sqrt(1 + x^2 + y^2) + abs(x - 0.3)",
        "max(x^2, y^2) + min(x, y)",
        "sinh(0.5*x)^2 + cosh(y)",
        "(1 + x^2)^2.5 + (2 + y^2)^x",
        "tan(0.3*x)^2 + z^2*(1 + x^2) + y^2",
        "(x - 1)^4 + x^2",
    ];
    let typed = typed.map(|text| typed_loss(&[text]));
    let samples = typed_loss(&["(x1 - 1)^2*x2^2", "(x2 + x3)^2", "x1*x4 + x5^2"]);
    of_catalogue.chain(typed).chain([samples]).map(|loss| loss.in_plane().resolved().expect("a loss")).collect()
}

fn typed_loss(texts: &[&str]) -> LossSpec {
    let parameters =
        if texts[0].contains('c') && texts[0].contains("- c") { vec![("c".to_owned(), 1.0)] } else { vec![] };
    let texts = texts.iter().map(|text| (*text).to_owned()).collect();
    LossSpec::typed(texts, Reduction::Mean, BTreeMap::from_iter(parameters))
}

/// Its start in each dimension that it has.
fn starts(loss: &LossSpec) -> Vec<Vec<f64>> {
    let start = loss.start();
    loss.dims().into_iter().map(|dim| start[..dim].to_vec()).collect()
}

/// Around a point of a plane through it, which isn't a node.
fn around(x: &[f64]) -> Plane {
    let [u, v] = [x[0], x[1]];
    let bounds = [u - 0.53, u + 0.61, v - 0.57, v + 0.47];
    Plane { slice: Slice { base: x.to_vec(), axes: [0, 1] }, size: SIZE, bounds }
}

/// What the card makes of the words of all nodes.
fn on_card(program: &Program, nodes: &[usize]) -> Vec<u32> {
    card().run(program, program.words(nodes), nodes.len(), || true).expect("a card").expect("wanted")
}

/// The kept numbers of a node after all passes, with bounds, and then the marks of the last update; from the words at the beginning.
fn with_bounds(program: &Program, words: &[u32], count: usize, node: usize, input: fn(f64) -> Bounded) -> Vec<Bounded> {
    let number = |k: usize| f64::from(f32::from_bits(words[(OWN + k) * count + node]));
    let mut kernel: Option<&Kernel> = None;
    let mut own: Vec<Bounded> = Vec::new();
    let mut marks = Vec::new();
    for pass in program.passes(count) {
        let now = kernel.insert(&program.kernels()[pass.kernel]);
        let [kept, given, data] = now.numbers();
        if own.is_empty() {
            own = (0..kept + given).map(|k| input(number(k))).collect();
        }
        for update in 0..pass.words[1] as usize {
            let data = &pass.words[HEAD + update * data..][..data];
            let data = data.iter().map(|&bits| Bounded::exact(f64::from(f32::from_bits(bits))));
            let inputs: Vec<Bounded> = own.iter().copied().chain(data).collect();
            let outputs = now.operations().run(&inputs);
            own[..kept].copy_from_slice(&outputs[..kept]);
            marks = outputs[kept..].to_vec();
        }
    }
    let kept = kernel.map_or(0, |kernel| kernel.numbers()[0]);
    own.truncate(kept);
    own.extend(marks);
    own
}

/// Counts what has been compared, and what of it with a tolerance that says something.
#[derive(Default)]
struct Compared {
    all: usize,
    sharply: usize,
}

impl Compared {
    #[track_caller]
    fn add(&mut self, got: f64, want: Bounded, scale: f64, what: &str) {
        if want.value.is_finite() && want.error.is_finite() {
            assert!(
                (got - want.value).abs() <= want.error,
                "{what}: {got} instead of {} ± {:e}",
                want.value,
                want.error
            );
            self.sharply += usize::from(want.error <= 1e-3 * scale.max(want.value.abs()));
        }
        self.all += 1;
    }

    fn assert_sharp(&self) {
        assert!(self.sharply * 10 >= self.all * 9, "only {} of {} tolerances say something", self.sharply, self.all);
    }
}

/// One update of every method that the card offers, on every loss: the card's numbers and those of its twin here lie within the bound.
#[test]
fn updates_are_those_of_f32() {
    let (mut compared, mut offered) = (Compared::default(), Vec::new());
    for loss in losses() {
        for init in starts(&loss) {
            for &method in METHODS {
                let spec = OptimizerSpec { eta: 0.01, rho: 0.1, ..OptimizerSpec::new(method) };
                if update_is_offered(&loss, &init, spec, &mut compared) {
                    offered.push(method);
                }
            }
        }
    }
    compared.assert_sharp();
    for method in [Method::Gd, Method::Sgd, Method::Sam, Method::OneSam, Method::MSam, Method::Usam, Method::Ngd] {
        assert!(offered.contains(&method), "{}", method.info().id);
    }
    assert!(![Method::AscDescent, Method::MaxDescent].iter().any(|method| offered.contains(method)));
}

fn update_is_offered(loss: &LossSpec, init: &[f64], spec: OptimizerSpec, compared: &mut Compared) -> bool {
    let what = format!("{} in R^{}, {}", loss.id(), init.len(), spec.id.info().id);
    let scenario =
        Scenario { loss: loss.clone(), init: init.to_vec(), optimizers: vec![spec], steps: 1, ..Scenario::default() };
    let Ok(scenario) = scenario.resolved() else { return false };
    let field = Arc::new(Field { scenario, kind: Kind::Basin { plane: around(init) } });
    let Ok(program) = Program::of(&field) else { return false };
    let nodes: Vec<usize> = (0..field.count()).collect();
    let begun = program.words(&nodes);
    let got = on_card(&program, &nodes);
    let mut twin = begun.clone();
    for pass in program.passes(nodes.len()) {
        program.kernels()[pass.kernel].run_here(&mut twin, &pass.words);
    }
    let scale = init.iter().fold(1e-3_f64, |scale, x| scale.max(x.abs()));
    for node in 0..nodes.len() {
        let mut want = with_bounds(&program, &begun, nodes.len(), node, Bounded::exact);
        let marks = want.split_off(program.kernels()[0].numbers()[0]);
        if marks[0].error > 0.0 || marks[0].value > 0.0 {
            continue;
        }
        for (k, want) in want.into_iter().enumerate() {
            let place = (OWN + k) * nodes.len() + node;
            compared.add(f64::from(f32::from_bits(got[place])), want, scale, &format!("{what}, on the card"));
            compared.add(f64::from(f32::from_bits(twin[place])), want, scale, &format!("{what}, its twin"));
        }
    }
    true
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

/// Every quantity on every loss, within the bound for nodes that are rounded to f32; what the card does not offer has the bits of f64.
#[test]
fn quantities_are_those_of_f32() {
    let mut compared = Compared::default();
    for loss in losses() {
        for init in starts(&loss) {
            for &quantity in MapQuantity::ALL {
                let field = Arc::new(Field::of_quantity(&loss, around(&init), quantity, 0.1));
                let is_search = matches!(quantity, MapQuantity::LMax | MapQuantity::RMax);
                match Program::of(&field) {
                    Ok(program) => compare_quantity(&program, quantity, &mut compared),
                    Err(why) => assert!(is_search || why.contains("operations"), "{}: {why}", loss.id()),
                }
            }
        }
    }
    compared.assert_sharp();
}

fn compare_quantity(program: &Program, quantity: MapQuantity, compared: &mut Compared) {
    let field = program.field();
    let nodes: Vec<usize> = (0..field.count()).collect();
    let begun = program.words(&nodes);
    let Values::Numbers(got) = program.finish(&nodes, &on_card(program, &nodes), 0..nodes.len()) else {
        panic!("numbers")
    };
    let Values::Numbers(exact) = field.compute(&nodes) else { panic!("numbers") };
    let scale = exact.iter().filter(|value| value.is_finite()).fold(0.0_f64, |scale, value| scale.max(value.abs()));
    for node in nodes {
        let entries = with_bounds(program, &begun, got.len(), node, Bounded::rounded);
        let kept = program.kernels()[0].numbers()[0];
        // Weyl: an eigenvalue moves no farther than the matrix does, here by its entries, each of which is there twice.
        let error = entries[..kept].iter().map(|entry| 2.0 * entry.error * entry.error).sum::<f64>().sqrt();
        let is_mean = matches!(quantity, MapQuantity::LAvg | MapQuantity::RAvg);
        let is_rare = entries[kept].value > 0.0 || entries[kept].error > 0.0;
        if is_rare {
            continue;
        }
        // The mean over the sphere is that of one rule there, and of as many as it takes here.
        let rule = if is_mean { 1e-5 * scale } else { 0.0 };
        let want = Bounded { value: exact[node], error: error + rule };
        let what = format!("{} in R^{}, {quantity:?}", field.scenario.loss.id(), field.scenario.dim());
        compared.add(got[node], want, scale, &what);
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

/// At least 995 of 1000 nodes have the class of f64, and those that have not lie on its borders.
#[test]
fn basins_have_the_classes_of_f64_but_on_borders() {
    let bounds = [-1.6, 1.6, -1.6, 1.6];
    let cases = [
        (LossSpec::new("ring"), Method::Sam, 0.05, 1.2, bounds),
        (LossSpec::new("himmelblau"), Method::Gd, 0.01, 0.0, [-6.0, 6.0, -6.0, 6.0]),
        (LossSpec::new("himmelblau"), Method::Sam, 0.01, 0.3, [-6.0, 6.0, -6.0, 6.0]),
        (LossSpec::new("two-wells"), Method::Usam, 0.005, 0.02, [-1.2, 3.2, -1.2, 1.2]),
        (LossSpec::new("beale"), Method::Ngd, 0.01, 0.0, [-4.0, 4.0, -4.0, 4.0]),
        (LossSpec::new("toy4d"), Method::OneSam, 0.01, 0.1, bounds),
        (LossSpec::new("toy4d"), Method::Sam, 0.01, 0.1, bounds),
        (
            typed_loss(&["sin(2*x)*cos(2*y) + 0.1*(x^2 + y^2)"]).resolved().expect("a loss"),
            Method::Sam,
            0.05,
            0.1,
            bounds,
        ),
    ];
    for (loss, method, eta, rho, bounds) in cases {
        let spec = OptimizerSpec { eta, rho, ..OptimizerSpec::new(method) };
        let what = format!("{} {}", loss.id(), method.info().id);
        let scenario = Scenario { init: loss.start(), loss, optimizers: vec![spec], steps: 300, ..Scenario::default() };
        let scenario = scenario.resolved().expect("a scenario");
        let slice = Slice { base: scenario.init.clone(), axes: [0, 1] };
        let field = Field { scenario, kind: Kind::Basin { plane: Plane { slice, size: [64, 64], bounds } } };
        compare_classes(&field, &what);
    }
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
        compare_classes(
            &Field { scenario: scenario.clone().resolved().expect("a scenario"), kind: kind(tau) },
            "a sweep",
        );
    }
}

fn compare_classes(field: &Field, what: &str) {
    let mut gpu = gpu();
    let (Values::Ends(card), Values::Ends(exact)) = (computed(field, &mut gpu), field.compute_all()) else {
        panic!("ends")
    };
    assert_eq!(gpu.name(), self::card().name(), "{what}");
    let [width, height] = field.nodes().map(|nodes| nodes.count);
    let others: Vec<usize> = (0..field.count()).filter(|&node| card.class[node] != exact.class[node]).collect();
    assert!(others.len() * 1000 <= 5 * field.count(), "{what}: {} of {} are others", others.len(), field.count());
    for node in others {
        assert!(is_on_border(&exact, node, [width, height]), "{what}: node {node} is in the middle of its class");
    }
}

/// Whether one of the eight around it is of another class.
fn is_on_border(ends: &Ends, node: usize, [width, height]: [usize; 2]) -> bool {
    let around = |at: usize, most: usize| at.saturating_sub(1)..=(at + 1).min(most - 1);
    let [column, row] = [node % width, node / width];
    around(row, height).any(|j| around(column, width).any(|i| ends.class[j * width + i] != ends.class[node]))
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
