//! Landscapes of the catalogue, typed.

use samscope::calculus::{Concrete, Vector};
use samscope::loss::{Loss, LossSpec, Program, Reduction, Visitor};
use samscope::optimizer::{Events, Rule, Sam};

use super::generator::Generator;
use super::{gradient, params, texts};

fn sam_steps<L: Loss<D>, const D: usize>(loss: &L, start: &[f64]) -> Vec<Vec<f64>> {
    let (mut sam, mut events) = (Sam { rho: 0.1 }, Events::default());
    let mut x = Vector::<D>::from_column_slice(start);
    let step = |_| {
        x -= 0.01 * sam.update(&Concrete::<L, D>(loss), &x, &mut events);
        x.as_slice().to_vec()
    };
    (0..1000).map(step).collect()
}

/// The largest distance between the two trajectories, in one coordinate.
struct Distance<'a>(&'a Program, &'a [f64]);

impl Visitor for Distance<'_> {
    type Output = f64;

    fn visit<L: Loss<D>, const D: usize>(self, loss: &L) -> f64 {
        let Self(program, start) = self;
        let (typed, catalogue) = (sam_steps::<_, D>(program, start), sam_steps(loss, start));
        let pairs = typed.iter().flatten().zip(catalogue.iter().flatten());
        pairs
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, |largest, distance| if distance > largest { distance } else { largest })
    }
}

/// Landscapes of the catalogue with their default parameters, and the formulas that say the same.
const TYPED: [(&str, &[&str]); 9] = [
    ("hyperbola", &["0.5*(x*y-1)^2"]),
    ("toy4d", &["(x1^2+6*x2^2+8)*x3^2+(4*(1-x1)^2+(1-x2)^2+1)*x4^2"]),
    ("toy4d", &["(x1^2+6*x2^2+8)*x3^2", "(4*(1-x1)^2+(1-x2)^2+1)*x4^2"]),
    ("product3", &["1/2*(x*y*z - c)^2"]),
    ("ring", &["(x^2 + y^2 - 1)^2/4"]),
    ("two-wells", &["-exp(-(x-d)^2 - y^2) - exp(-(x^2 + s*y^2))"]),
    ("himmelblau", &["(x^2 + y - 11)^2 + (x + y^2 - 7)^2"]),
    ("rosenbrock", &["(1 - x)^2 + 100*(y - x^2)^2"]),
    ("beale", &["(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2"]),
];

fn compiled(samples: &[&str]) -> Program {
    let values = params(&[("c", 1.0), ("d", 2.0), ("s", 100.0)]);
    Program::compile(&texts(samples), Reduction::Sum, &values, None).expect("valid")
}

/// 1000 SAM steps on the typed landscape stay on the catalogue's trajectory. (On the last two SAM's steps are
/// unstable at this η, so that any two roundings part.)
#[test]
fn typed_landscapes_run_like_the_catalogues() {
    for (id, samples) in &TYPED[..7] {
        let (spec, program) = (LossSpec::new(id), compiled(samples));
        let info = spec.info().expect("an id of the catalogue");
        let distance = spec.visit(program.dim(), Distance(&program, info.start));
        assert!(distance <= 1e-12, "{id}: {distance:e}");
    }
}

/// The differences of values and of gradients at a point, over their size.
struct Differences<'a>(&'a Program, [f64; 4]);

impl Visitor for Differences<'_> {
    type Output = [f64; 2];

    fn visit<L: Loss<D>, const D: usize>(self, loss: &L) -> [f64; 2] {
        let Self(program, point) = self;
        let x = Vector::<D>::from_column_slice(&point[..D]);
        let (a, b) = (program.value(&x.data.0[0]), loss.value(&x.data.0[0]));
        let (g, h) = (gradient(program, &x), gradient(loss, &x));
        [(a - b).abs() / (1.0 + b.abs()), (g - h).amax() / (1.0 + h.amax())]
    }
}

#[test]
fn typed_landscapes_are_the_catalogues() {
    let mut random = Generator::new(7);
    for (id, samples) in TYPED {
        let (spec, program) = (LossSpec::new(id), compiled(samples));
        for _ in 0..200 {
            let differences = spec.visit(program.dim(), Differences(&program, random.point()));
            assert!(differences.iter().all(|&difference| difference <= 1e-14), "{id}: {differences:?}");
        }
    }
}
