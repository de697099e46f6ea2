//! Several samples: their mean or sum, batches of them, and every dimension that holds them.

use samscope::calculus::{Jet, Vector};
use samscope::loss::{Batch, Loss, Program, Reduction};

use super::generator::Generator;
use super::{compile, gradient, hessian, params, texts};

fn random_program(random: &mut Generator, samples: usize, reduction: Reduction) -> Program {
    let samples: Vec<String> = (0..samples).map(|_| random.formula(4, false)).collect();
    Program::compile(&samples, reduction, &params(&[]), Some(3)).expect("generated formulas are valid")
}

fn bits<const D: usize>(x: [f64; D]) -> [u64; D] {
    // Adding 0 makes −0 and 0 the same.
    x.map(|x| (x + 0.0).to_bits())
}

/// The whole loss is, to the last bit, the batch of all its samples, and its samples are themselves programs.
#[test]
fn the_loss_is_the_batch_of_its_samples() {
    let mut random = Generator::new(1);
    for round in 0..300 {
        let reduction = if round % 2 == 0 { Reduction::Mean } else { Reduction::Sum };
        let n = 1 + random.below(5);
        let program = random_program(&mut random, n, reduction);
        assert_eq!((Loss::<3>::samples(&program), Loss::<3>::reduction(&program)), (n, reduction));
        let x: [f64; 3] = random.point();
        let all: Vec<usize> = (0..n).collect();
        let batch = Batch::new(&program, &all);
        assert_eq!(bits([program.value(&x)]), bits([batch.value(&x)]));
        assert_eq!(bits(program.gradient(&x)), bits(batch.gradient(&x)));
    }
}

#[test]
fn a_sample_is_what_its_text_says() {
    let samples = texts(&["x^2", "a*y", "sin(x)*y"]);
    let values = params(&[("a", 3.0)]);
    for reduction in [Reduction::Mean, Reduction::Sum] {
        let program = Program::compile(&samples, reduction, &values, None).expect("valid");
        for (k, text) in samples.iter().enumerate() {
            let own = Program::compile(std::slice::from_ref(text), reduction, &values, Some(2)).expect("valid");
            let x = [0.7, -0.3];
            assert_eq!(program.sample_value(k, &x), own.value(&x));
            assert_eq!(program.sample_gradient(k, &x), own.gradient(&x));
            assert_eq!((Loss::<2>::samples(&own), own.sample_value(0, &x)), (1, own.value(&x)));
        }
    }
    let mean = Program::compile(&texts(&["x", "3*x"]), Reduction::Mean, &values, None).expect("valid");
    let sum = Program::compile(&texts(&["x", "3*x"]), Reduction::Sum, &values, None).expect("valid");
    assert_eq!((mean.value(&[1.0]), mean.gradient(&[1.0])), (2.0, [2.0]));
    assert_eq!((sum.value(&[1.0]), sum.gradient(&[1.0])), (4.0, [4.0]));
}

/// Padding changes no bit, whatever stands in it, and its derivatives are exactly 0.
#[test]
fn padding_changes_nothing() {
    let mut random = Generator::new(2);
    for _ in 0..300 {
        let program = random_program(&mut random, 2, Reduction::Mean);
        let x: [f64; 3] = random.point();
        let padded: [f64; 16] = std::array::from_fn(|i| x.get(i).copied().unwrap_or(f64::NAN));
        assert_eq!(program.value(&x).to_bits(), program.value(&padded).to_bits());
        let (own, wide) = (program.gradient(&x), program.gradient(&padded));
        assert_eq!(own.map(f64::to_bits)[..], wide.map(f64::to_bits)[..3]);
        assert_eq!(wide[3..].iter().map(|g| g.to_bits()).sum::<u64>(), 0);
        let (own, wide) = (hessian(&program, &x.into()), hessian(&program, &Vector::<16>::from(padded)));
        for row in 0..3 {
            for column in 0..3 {
                assert_eq!(own[(row, column)].to_bits(), wide[(row, column)].to_bits());
            }
        }
        assert!((3..16).all(|i| (0..16).all(|j| wide[(i, j)] == 0.0 && wide[(j, i)] == 0.0)));
    }
}

/// Programs that need every size of register file: the factors of a product wait for its gradient.
#[test]
fn large_programs_run() {
    for factors in [1, 5, 20, 60, 300] {
        let text: Vec<String> = (1..=factors).map(|i| format!("(1.01 + 0.2*sin({i}*x+y))")).collect();
        let program = compile(&text.join("*"));
        let x = Vector::<2>::new(0.3, 0.4);
        for (axis, v) in [[1.0, 0.0], [0.0, 1.0]].into_iter().enumerate() {
            let along: [Jet; 2] = std::array::from_fn(|i| Jet::along(x[i], v[i]));
            let jet = program.value(&along);
            let (slope, curvature) = (gradient(&program, &x)[axis], hessian(&program, &x)[(axis, axis)]);
            assert!((slope - jet.first).abs() <= 1e-11 * jet.first.abs(), "{factors}: {slope} and {}", jet.first);
            assert!((curvature - jet.second).abs() <= 1e-11 * jet.second.abs(), "{factors}: {curvature}");
        }
    }
}
