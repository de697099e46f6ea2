//! What a card gives, held against what f32 has of the same formulas, and against f64.

use std::sync::Arc;

use samscope::field::{Ends, Field, HEAD, Kernel, Kind, Nodes, OWN, Plane, Program, Values, by_node};
use samscope::loss::LossSpec;
use samscope::optimizer::{METHODS, Method};
use samscope::run::{OptimizerSpec, Scenario};
use samscope::sharpness::MapQuantity;

use super::bounded::Bounded;
use super::cases::{around, losses, starts};

/// What a card makes of the words of some nodes of a program.
pub type OnCard<'a> = &'a mut dyn FnMut(&Program, &[usize]) -> Vec<u32>;

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
pub struct Compared {
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

    pub fn assert_sharp(&self) {
        assert!(self.sharply * 10 >= self.all * 9, "only {} of {} tolerances say something", self.sharply, self.all);
    }
}

/// One update of every method that the card offers, on every loss: the card's numbers and those of its twin here lie within the bound.
pub fn compare_updates(on_card: OnCard) {
    let (mut compared, mut offered) = (Compared::default(), Vec::new());
    for loss in losses() {
        for init in starts(&loss) {
            for &method in METHODS {
                let spec = OptimizerSpec { eta: 0.01, rho: 0.1, ..OptimizerSpec::new(method) };
                if update_is_offered(&loss, &init, spec, &mut compared, on_card) {
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

fn update_is_offered(
    loss: &LossSpec,
    init: &[f64],
    spec: OptimizerSpec,
    compared: &mut Compared,
    on_card: OnCard,
) -> bool {
    let what = format!("{} in R^{}, {}", loss.id(), init.len(), spec.id.info().id);
    let scenario =
        Scenario { loss: loss.clone(), init: init.to_vec(), optimizers: vec![spec], steps: 1, ..Scenario::default() };
    let Ok(scenario) = scenario.resolved() else { return false };
    let field = Arc::new(Field { scenario, kind: Kind::Basin { plane: around(init) } });
    let Ok(program) = Program::of(&field) else { return false };
    let nodes: Vec<usize> = (0..field.count()).collect();
    let begun = program.words(&nodes);
    let (got, twin) = (on_card(&program, &nodes), twin(&program, &nodes));
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

/// What this processor makes of the words of some nodes, in f32.
pub fn twin(program: &Program, nodes: &[usize]) -> Vec<u32> {
    let mut words = program.words(nodes);
    for pass in program.passes(nodes.len()) {
        program.kernels()[pass.kernel].run_here(&mut words, &pass.words);
    }
    words
}

/// Every quantity on every loss, within the bound for nodes that are rounded to f32; what the card does not offer has the bits of f64.
pub fn compare_quantities(on_card: OnCard) {
    let mut compared = Compared::default();
    for loss in losses() {
        for init in starts(&loss) {
            for &quantity in MapQuantity::ALL {
                let field = Arc::new(Field::of_quantity(&loss, around(&init), quantity, 0.1));
                let is_search = matches!(quantity, MapQuantity::LMax | MapQuantity::RMax);
                match Program::of(&field) {
                    Ok(program) => compare_quantity(&program, &mut compared, on_card),
                    Err(why) => assert!(is_search || why.contains("operations"), "{}: {why}", loss.id()),
                }
            }
        }
    }
    compared.assert_sharp();
}

fn compare_quantity(program: &Program, compared: &mut Compared, on_card: OnCard) {
    let nodes: Vec<usize> = (0..program.field().count()).collect();
    let Values::Numbers(got) = program.finish(&nodes, &by_node(&on_card(program, &nodes), nodes.len())) else {
        panic!("numbers")
    };
    compare_values(program, &nodes, &got, compared);
}

/// The values of some nodes within the bound for nodes that are rounded to f32.
pub fn compare_values(program: &Program, nodes: &[usize], got: &[f64], compared: &mut Compared) {
    let field = program.field();
    let quantity = field.quantity().expect("a quantity");
    let begun = program.words(nodes);
    let Values::Numbers(exact) = field.compute(nodes) else { panic!("numbers") };
    let scale = exact.iter().filter(|value| value.is_finite()).fold(0.0_f64, |scale, value| scale.max(value.abs()));
    for (place, (&got, &exact)) in got.iter().zip(&exact).enumerate() {
        let entries = with_bounds(program, &begun, nodes.len(), place, Bounded::rounded);
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
        let want = Bounded { value: exact, error: error + rule };
        let what = format!("{} in R^{}, {quantity:?}", field.scenario.loss.id(), field.scenario.dim());
        compared.add(got, want, scale, &what);
    }
}

/// At least 995 of 1000 nodes have the class of f64, and those that have not lie on its borders.
pub fn compare_classes(field: &Field, class: &[u8], what: &str) {
    let Values::Ends(exact) = field.compute_all() else { panic!("ends") };
    let size = field.nodes().map(|nodes| nodes.count);
    let others: Vec<usize> = (0..field.count()).filter(|&node| class[node] != exact.class[node]).collect();
    assert!(others.len() * 1000 <= 5 * field.count(), "{what}: {} of {} are others", others.len(), field.count());
    for node in others {
        let is_on_border = is_on_border(&exact, node, size) || has_fine_border(field, &exact, node);
        assert!(is_on_border, "{what}: node {node} is in the middle of its class");
    }
}

/// Whether one of the eight around it is of another class.
fn is_on_border(ends: &Ends, node: usize, [width, height]: [usize; 2]) -> bool {
    let around = |at: usize, most: usize| at.saturating_sub(1)..=(at + 1).min(most - 1);
    let [column, row] = [node % width, node / width];
    around(row, height).any(|j| around(column, width).any(|i| ends.class[j * width + i] != ends.class[node]))
}

/// Whether a basin has another class less than a node's distance from this one, where borders are finer than the nodes.
fn has_fine_border(field: &Field, ends: &Ends, node: usize) -> bool {
    let Kind::Basin { plane } = &field.kind else { return false };
    let [u, v] = plane.nodes();
    let around = |nodes: &Nodes, k: usize| {
        let distance = nodes.at(1) - nodes.at(0);
        [nodes.at(k) - distance, nodes.at(k) + distance]
    };
    let [[u0, u1], [v0, v1]] = [around(&u, node % u.count), around(&v, node / u.count)];
    let fine = Plane { size: [33, 33], bounds: [u0, u1, v0, v1], ..plane.clone() };
    let fine = Field { kind: Kind::Basin { plane: fine }, ..field.clone() };
    let Values::Ends(around) = fine.compute_all() else { panic!("ends") };
    around.class.iter().any(|&class| class != ends.class[node])
}
