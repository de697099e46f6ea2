//! Typed losses: what a formula means, what is refused and how, that derivatives are exact, and that a typed
//! landscape of the catalogue is that landscape.

mod catalogue;
mod derivatives;
mod fuzz;
mod generator;
mod implied;
mod language;
mod reference;
mod refusals;
mod samples;

use std::collections::BTreeMap;

use nalgebra::SMatrix;
use samscope::calculus::{Jet, Vector};
use samscope::loss::{ExpressionError, Loss, Program, Reduction};

fn texts(samples: &[&str]) -> Vec<String> {
    samples.iter().map(|&text| text.to_owned()).collect()
}

fn params(values: &[(&str, f64)]) -> BTreeMap<String, f64> {
    values.iter().map(|&(name, value)| (name.to_owned(), value)).collect()
}

fn compile_with(text: &str, values: &[(&str, f64)]) -> Result<Program, ExpressionError> {
    Program::compile(&texts(&[text]), Reduction::Mean, &params(values), None)
}

fn compile(text: &str) -> Program {
    compile_with(text, &[]).unwrap_or_else(|error| panic!("{error}\n{}", error.marked()))
}

fn at(text: &str, x: [f64; 4]) -> f64 {
    compile(text).value(&x)
}

fn gradient<L: Loss<D>, const D: usize>(loss: &L, x: &Vector<D>) -> Vector<D> {
    loss.gradient(&(*x).into()).into()
}

/// The Hessian in all D coordinates, padding included.
fn hessian<const D: usize>(program: &Program, x: &Vector<D>) -> SMatrix<f64, D, D> {
    let columns: [Vector<D>; D] = std::array::from_fn(|axis| {
        let unit = Vector::from_fn(|i, _| f64::from(u8::from(i == axis)));
        gradient_jets(program, x, &unit).map(|jet| jet.first).into()
    });
    SMatrix::from_columns(&columns)
}

/// The gradient along x + tv.
fn gradient_jets<const D: usize>(program: &Program, x: &Vector<D>, v: &Vector<D>) -> [Jet; D] {
    program.gradient(&std::array::from_fn(|i| Jet::along(x[i], v[i])))
}
