//! Speed of a SAM step on a typed loss, as a ratio to the same landscape of the catalogue.

use std::collections::BTreeMap;
use std::hint::black_box;

use super::Figure;
use crate::calculus::Vector;
use crate::loss::{Loss, LossSpec, Program, Reduction, Visitor};
use crate::optimizer::{Events, Rule, Sam};

/// A landscape of the catalogue, and the formulas that say the same.
struct Typed {
    figure: &'static str,
    catalogue: &'static str,
    samples: &'static [&'static str],
}

const TYPED: [Typed; 3] = [
    Typed { figure: "typed_sam_step_hyperbola", catalogue: "hyperbola", samples: &["0.5*(x*y-1)^2"] },
    Typed {
        figure: "typed_sam_step_toy4d",
        catalogue: "toy4d",
        samples: &["(x1^2+6*x2^2+8)*x3^2+(4*(1-x1)^2+(1-x2)^2+1)*x4^2"],
    },
    Typed {
        figure: "typed_sam_step_toy4d_samples",
        catalogue: "toy4d",
        samples: &["(x1^2+6*x2^2+8)*x3^2", "(4*(1-x1)^2+(1-x2)^2+1)*x4^2"],
    },
];

const SAM: Sam = Sam { rho: 0.1 };
const ETA: f64 = 0.01;
/// Steps of one timed run from the start.
const STEPS: u64 = 2000;
const REPEATS: u64 = 5;
/// Many short rounds: on a busy machine some of them are not interrupted.
const ROUNDS: usize = 200;

/// Every [`TYPED`] loss: the best of rounds that alternate with the catalogue's, so that both see the same machine.
pub(super) fn figures(clock: &mut impl FnMut() -> f64) -> Vec<Figure> {
    let mut seconds = |work: &mut dyn FnMut()| {
        let begin = clock();
        work();
        clock() - begin
    };
    let figure = |typed: &Typed| {
        let (spec, program) = (LossSpec::new(typed.catalogue), typed.program());
        let start = spec.info().map_or(&[][..], |info| info.start);
        let (mut own, mut catalogue) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..ROUNDS {
            own = own.min(seconds(&mut || spec.visit(start.len(), Runs { start, typed: Some(&program) })));
            catalogue = catalogue.min(seconds(&mut || spec.visit(start.len(), Runs { start, typed: None })));
        }
        let ns_per_step = |seconds: f64| seconds * 1e9 / (STEPS * REPEATS) as f64;
        Figure::new(typed.figure, ns_per_step(own), "ns", Some(ns_per_step(catalogue)))
    };
    TYPED.iter().map(figure).collect()
}

impl Typed {
    fn program(&self) -> Program {
        let samples: Vec<String> = self.samples.iter().map(|&text| text.to_owned()).collect();
        match Program::compile(&samples, Reduction::Sum, &BTreeMap::new(), None) {
            Ok(program) => program,
            Err(error) => unreachable!("the formulas are valid: {error}"),
        }
    }
}

/// Runs from a start on the visited landscape, or in its dimension on the typed one.
struct Runs<'a> {
    start: &'a [f64],
    typed: Option<&'a Program>,
}

impl Visitor for Runs<'_> {
    type Output = ();

    fn visit<L: Loss<D>, const D: usize>(self, loss: &L) {
        for _ in 0..REPEATS {
            let start = Vector::<D>::from_column_slice(black_box(self.start));
            black_box(match self.typed {
                Some(program) => sam_steps(program, start),
                None => sam_steps(loss, start),
            });
        }
    }
}

/// [`STEPS`] SAM steps.
#[inline(never)]
fn sam_steps<L: Loss<D>, const D: usize>(loss: &L, mut x: Vector<D>) -> Vector<D> {
    let (mut sam, mut events) = (SAM, Events::default());
    for _ in 0..STEPS {
        x -= ETA * sam.update(loss, &x, &mut events);
    }
    x
}
