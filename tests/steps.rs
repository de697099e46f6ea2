//! One step of each method against numbers worked out by hand, and the identities between methods.

mod common;

use common::{finished, scenario, spec};
use samscope::calculus::{Concrete, VecN, Vector, landscape};
use samscope::loss::{CATALOGUE, LossSpec, Visitor};
use samscope::optimizer::{AscDescent, BatchSampler, Events, Gd, Method, RandomStream, Rule, Sam, Sgd};
use samscope::run::{OptimizerSpec, Racer, Recording, Scenario, Underflow};
use samscope::sharpness::ascent_direction;

use Method::{
    Asam as ASAM, AscDescent as ASC, AvgDescent as AVG, EigenSam as EIGEN_SAM, Gd as GD, MSam as M_SAM,
    MaxDescent as MAX, Ngd as NGD, OneSam as ONE_SAM, Sam as SAM, Sgd as SGD, Usam as USAM,
};

/// The iterate after one step.
fn step(loss: &str, params: &[(&str, f64)], init: &[f64], spec: OptimizerSpec) -> Vec<f64> {
    finished(&scenario(loss, params, init, spec, 1)).x().to_vec()
}

/// Equal up to a few roundings of numbers of order one.
#[track_caller]
fn assert_close(x: &[f64], expected: &[f64]) {
    assert_eq!(x.len(), expected.len());
    let worst = x.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(worst <= 2e-15, "{x:?}, expected {expected:?}");
}

/// x − ηg: at (0.75, 4) of diag(4,1) g = (3, 4); at (2, 1.5) of the hyperbola xy − 1 = 2 and g = (3, 4).
#[test]
fn gd_step() {
    assert_close(&step("quadratic", &[], &[0.75, 4.0], spec(GD, 0.1, 0.5)), &[0.45, 3.6]);
    assert_close(&step("hyperbola", &[], &[2.0, 1.5], spec(GD, 0.1, 0.5)), &[1.7, 1.1]);
}

/// ĝ = (0.6, 0.8), ρ = ½. Quadratic: g at (1.05, 4.4) is (4.2, 4.4). Hyperbola: at (2.3, 1.9) xy − 1 = 3.37,
/// g = (3.37·1.9, 3.37·2.3) = (6.403, 7.751).
#[test]
fn sam_step() {
    assert_close(&step("quadratic", &[], &[0.75, 4.0], spec(SAM, 0.1, 0.5)), &[0.33, 3.56]);
    assert_close(&step("hyperbola", &[], &[2.0, 1.5], spec(SAM, 0.1, 0.5)), &[1.3597, 0.7249]);
}

/// g̃ = (4.2, 4.4) as above; across ĝ it is (0.576, −0.432), H makes it (2.304, −0.432), ρ/‖g‖ = 0.1.
#[test]
fn asc_descent_step() {
    assert_close(&step("quadratic", &[], &[0.75, 4.0], spec(ASC, 0.1, 0.5)), &[0.30696, 3.56432]);
}

/// At (1.6, 5.7) the point (0.8, 0.6) of the sphere of radius ½ has the slope 10 (0.8, 0.6). At the origin ±v1 tie, and
/// +v1 is taken.
#[test]
fn max_descent_step() {
    assert_close(&step("quadratic", &[], &[1.6, 5.7], spec(MAX, 0.1, 0.5)), &[0.8, 5.1]);
    assert_close(&step("quadratic", &[], &[0.0, 0.0], spec(MAX, 0.1, 0.5)), &[-0.2, 0.0]);
}

/// A quadratic's mean gradient is its gradient; the hyperbola's has (ρ²/2)(x, y) on top, here (¼, 3/16).
#[test]
fn avg_descent_step() {
    assert_close(&step("quadratic", &[], &[0.75, 4.0], spec(AVG, 0.1, 0.5)), &[0.45, 3.6]);
    assert_close(&step("hyperbola", &[], &[2.0, 1.5], spec(AVG, 0.1, 0.5)), &[1.675, 1.08125]);
}

/// ρg = (1.5, 2). Quadratic: g at (2.25, 6) is (9, 6). Hyperbola: at (3.5, 3.5) xy − 1 = 11.25, g = 39.375 (1, 1).
#[test]
fn usam_step() {
    assert_close(&step("quadratic", &[], &[0.75, 4.0], spec(USAM, 0.1, 0.5)), &[-0.15, 3.4]);
    assert_close(&step("hyperbola", &[], &[2.0, 1.5], spec(USAM, 0.1, 0.5)), &[-1.9375, -2.4375]);
}

/// v1 = (1, 0) and ĝ = (±0.6, 0.8): v1 across ĝ is (0.64, ∓0.48), so that the perturbation is ½ (±0.728, 0.704). Where
/// gᵀv1 = 0 the sign is +; where g = 0 the direction is v1, and there is nothing across it.
#[test]
fn eigen_sam_step() {
    assert_close(&step("quadratic", &[], &[0.75, 4.0], spec(EIGEN_SAM, 0.1, 0.5)), &[0.3044, 3.5648]);
    assert_close(&step("quadratic", &[], &[-0.75, 4.0], spec(EIGEN_SAM, 0.1, 0.5)), &[-0.3044, 3.5648]);
    assert_close(&step("quadratic", &[], &[0.0, 4.0], spec(EIGEN_SAM, 0.1, 0.5)), &[-0.04, 3.55]);
    assert_close(&step("quadratic", &[], &[0.0, 0.0], spec(EIGEN_SAM, 0.1, 0.5)), &[-0.2, 0.0]);
}

/// Hyperbola: Tg is along (1, 1), so that the point is moved by ρ/√2 of itself, to (3, 2.25). Quadratic: Tg = (3, 4). A
/// coordinate that is 0 is not perturbed, whatever its gradient is; nothing is where all that have one are.
#[test]
fn asam_step() {
    let root = 0.75_f64.sqrt();
    assert_close(&step("hyperbola", &[], &[2.0, 1.5], spec(ASAM, 0.1, 0.5_f64.sqrt())), &[0.70625, -0.225]);
    assert_close(&step("quadratic", &[], &[root, 2.0], spec(ASAM, 0.1, 0.5)), &[0.48 * root, 1.72]);
    assert_close(&step("quadratic", &[], &[0.0, 4.0], spec(ASAM, 0.1, 0.5)), &[0.0, 3.4]);
    assert_close(&step("hyperbola", &[], &[2.0, 0.0], spec(ASAM, 0.1, 0.5)), &[2.0, 0.2]);
    assert_close(&step("quadratic", &[], &[0.0, 0.0], spec(ASAM, 0.1, 0.5)), &[0.0, 0.0]);
}

/// x − ηĝ.
#[test]
fn ngd_step() {
    assert_close(&step("quadratic", &[], &[0.75, 4.0], spec(NGD, 0.1, 0.5)), &[0.69, 3.92]);
    assert_close(&step("quadratic", &[], &[0.0, 0.0], spec(NGD, 0.1, 0.5)), &[-0.1, 0.0]);
}

/// Two samples at a right angle: `A_1,2 = [[2.5, ±1.5], [±1.5, 2.5]]`; at (1,1) their gradients are (4,4) and (1,1).
const RIGHT_ANGLE: &[(&str, f64)] = &[("angle", std::f64::consts::FRAC_PI_2)];

/// The first seed that draws sample `k` of two first.
fn seed_of(k: usize) -> u64 {
    (0..64).find(|&seed| RandomStream::new(seed).below(2) == k).expect("64 seeds draw both samples")
}

fn stochastic_step(loss: &str, params: &[(&str, f64)], init: &[f64], spec: &OptimizerSpec, k: usize) -> Vec<f64> {
    let scenario = Scenario { seed: seed_of(k), ..scenario(loss, params, init, spec.clone(), 1) };
    finished(&scenario).x().to_vec()
}

/// A mean: a batch of one has its sample's gradient, a batch of both the mean one, (2.5, 2.5).
/// A sum: at (1, 1, ½, ½) F1 = 15, F2 = 1; sample 1 has g = (½, 3, 15, 0), sample 2 has (0, 0, 0, 1), both add up.
#[test]
fn sgd_step() {
    let (one, both) = (spec(SGD, 0.1, 0.5), OptimizerSpec { batch: 2, ..spec(SGD, 0.1, 0.5) });
    assert_close(&stochastic_step("quadratic-pair", RIGHT_ANGLE, &[1.0, 1.0], &one, 0), &[0.6, 0.6]);
    assert_close(&stochastic_step("quadratic-pair", RIGHT_ANGLE, &[1.0, 1.0], &one, 1), &[0.9, 0.9]);
    assert_close(&step("quadratic-pair", RIGHT_ANGLE, &[1.0, 1.0], both.clone()), &[0.75, 0.75]);
    let start = [1.0, 1.0, 0.5, 0.5];
    assert_close(&stochastic_step("toy4d", &[], &start, &one, 0), &[0.95, 0.7, -1.0, 0.5]);
    assert_close(&stochastic_step("toy4d", &[], &start, &one, 1), &[1.0, 1.0, 0.5, 0.4]);
    assert_close(&step("toy4d", &[], &start, both), &[0.95, 0.7, -1.0, 0.4]);
}

/// Each sample ascends along its own gradient. Pair, ρ = √2/10: both samples go to (1.1, 1.1), where their gradients
/// are (4.4, 4.4) and (1.1, 1.1). Toy, ρ = 0.1: sample 2 goes to x4 = 0.6, where its gradient is 1.2.
#[test]
fn one_sam_step() {
    let pair = spec(ONE_SAM, 0.1, 0.02_f64.sqrt());
    assert_close(&stochastic_step("quadratic-pair", RIGHT_ANGLE, &[1.0, 1.0], &pair, 0), &[0.56, 0.56]);
    assert_close(&stochastic_step("quadratic-pair", RIGHT_ANGLE, &[1.0, 1.0], &pair, 1), &[0.89, 0.89]);
    let toy = spec(ONE_SAM, 0.1, 0.1);
    assert_close(&stochastic_step("toy4d", &[], &[1.0, 1.0, 0.5, 0.5], &toy, 1), &[1.0, 1.0, 0.5, 0.38]);
}

/// A batch of both: the mean's ascent, to (1.1, 1.1) with the mean's gradient (2.75, 2.75). A batch of one: 1-SAM.
#[test]
fn m_sam_step() {
    let one = spec(M_SAM, 0.1, 0.02_f64.sqrt());
    let both = OptimizerSpec { batch: 2, ..one.clone() };
    assert_close(&step("quadratic-pair", RIGHT_ANGLE, &[1.0, 1.0], both), &[0.725, 0.725]);
    assert_close(&stochastic_step("quadratic-pair", RIGHT_ANGLE, &[1.0, 1.0], &one, 0), &[0.56, 0.56]);
}

/// Every iterate of a run, as bits.
fn bits(loss: &str, spec: OptimizerSpec) -> Vec<Vec<u64>> {
    let scenario = Scenario { record: Recording::All, seed: 7, ..scenario(loss, &[], &[], spec, 1000) };
    let racer = finished(&scenario);
    racer.kept().iter().map(|(_, x)| x.iter().map(|c| c.to_bits()).collect()).collect()
}

/// Over 1000 steps on every loss, to the last bit: ρ = 0 is the base method, a batch of all samples is the full-batch
/// method, a batch of one is 1-SAM.
#[test]
fn special_cases_equal_their_base_methods() {
    for info in CATALOGUE {
        let of = |method, rho, batch| bits(info.id, OptimizerSpec { batch, ..spec(method, 1e-4, rho) });
        let all = LossSpec::new(info.id).samples();
        let (gd, sam) = (of(GD, 0.1, 1), of(SAM, 0.1, 1));
        assert_eq!(gd.len(), 1001, "{}", info.id);
        assert_ne!(gd, sam, "{}: a perturbation changes something", info.id);
        for method in [SAM, MAX, ASC, AVG, USAM, EIGEN_SAM, ASAM] {
            assert_eq!(of(method, 0.0, 1), gd, "{}: {method:?} without ρ", info.id);
        }
        assert_eq!(of(ONE_SAM, 0.0, 1), of(SGD, 0.1, 1), "{}: one-sam without ρ", info.id);
        assert_eq!(of(ONE_SAM, 0.1, 1), of(M_SAM, 0.1, 1), "{}: m-sam with one sample", info.id);
        for batch in 1..=all {
            assert_eq!(of(M_SAM, 0.0, batch), of(SGD, 0.1, batch), "{}: m-sam without ρ", info.id);
        }
        assert_eq!(of(SGD, 0.1, all), gd, "{}: sgd with all samples", info.id);
        assert_eq!(of(M_SAM, 0.1, all), sam, "{}: m-sam with all samples", info.id);
    }
}

/// A batch holds distinct samples, each subset as often as the others, and the seed alone decides.
#[test]
fn batches_are_distinct_and_uniform() {
    let mut counts = std::collections::BTreeMap::new();
    let mut sampler = BatchSampler::new(5, 2, RandomStream::new(3));
    let mut twin = BatchSampler::new(5, 2, RandomStream::new(3));
    for _ in 0..20_000 {
        let mut batch = sampler.draw().to_vec();
        assert_eq!(batch, twin.draw());
        batch.sort_unstable();
        *counts.entry(batch).or_insert(0.0) += 1.0;
    }
    assert!(counts.keys().all(|batch| batch[0] < batch[1] && batch[1] < 5));
    // Ten subsets; χ² with 9 degrees of freedom is above 27.9 once in a thousand.
    let chi_squared: f64 = counts.values().map(|n: &f64| (n - 2000.0).powi(2) / 2000.0).sum();
    assert!(counts.len() == 10 && chi_squared < 27.9, "χ² = {chi_squared}: {counts:?}");
    assert!(BatchSampler::new(5, 5, RandomStream::new(3)).is_full() && !sampler.is_full());
}

/// The ascent direction.
fn ascent(spec: &LossSpec, x: &[f64]) -> Vec<f64> {
    ascent_direction(landscape(spec, x.len()).as_ref(), &VecN::from_slice(x)).direction.to_vec()
}

fn quadratic(values: &[f64], angles: &[f64]) -> LossSpec {
    let names = ["l1", "l2", "l3", "l4"].into_iter().zip(values).chain(["angle12", "angle23"].into_iter().zip(angles));
    let mut spec = LossSpec::new("quadratic");
    *spec.params_mut() = names.map(|(name, &value)| (name.to_owned(), value)).collect();
    spec
}

/// Zero gradient: the axis with the longest projection on the top eigenspace, projected and normalized.
#[test]
fn zero_gradient_direction() {
    let at_origin = |values: &[f64], angles: &[f64]| ascent(&quadratic(values, angles), &[0.0; 4][..values.len()]);
    let turn = std::f64::consts::TAU;
    let (sin, cos) = (turn / 12.0).sin_cos();
    assert_close(&at_origin(&[4.0, 1.0], &[]), &[1.0, 0.0]);
    assert_close(&at_origin(&[1.0, 4.0], &[]), &[0.0, 1.0]);
    // v1 = ±(cos 30°, sin 30°), then ±(−sin 30°, cos 30°): the larger component is positive.
    assert_close(&at_origin(&[4.0, 1.0], &[turn / 12.0]), &[cos, sin]);
    assert_close(&at_origin(&[1.0, 4.0], &[turn / 12.0]), &[-sin, cos]);
    // Ties: the whole plane, and the planes x2x3 and (cos, sin, 0) × e3, in which e3 lies.
    assert_close(&at_origin(&[4.0, 4.0], &[0.3]), &[1.0, 0.0]);
    assert_close(&at_origin(&[1.0, 4.0, 4.0], &[]), &[0.0, 1.0, 0.0]);
    assert_close(&at_origin(&[4.0, 1.0, 4.0], &[turn / 12.0]), &[0.0, 0.0, 1.0]);
    // The saddle's curvatures are 2 and −2; on toy4d's Γ λ1 = 2F1 belongs to x3.
    assert_close(&ascent(&LossSpec::new("saddle"), &[0.0, 0.0]), &[1.0, 0.0]);
    assert_close(&ascent(&LossSpec::new("toy4d"), &[0.2, 0.7, 0.0, 0.0]), &[0.0, 0.0, 1.0, 0.0]);
}

/// Steps from a zero gradient: x − ηρλ1 v, counted once; gradient descent does not count them.
#[test]
fn zero_gradient_steps_are_counted() {
    let run = |loss: &str, params: &[(&str, f64)], init: &[f64], method, steps| {
        let racer = finished(&scenario(loss, params, init, spec(method, 0.1, 0.1), steps));
        (racer.x().to_vec(), racer.events().zero_gradient_steps)
    };
    let (x, count) = run("quadratic", &[], &[0.0, 0.0], SAM, 1);
    assert_close(&x, &[-0.04, 0.0]);
    assert_eq!(count, 1);
    assert_close(&run("quadratic", &[("l2", 4.0)], &[0.0, 0.0], SAM, 1).0, &[-0.04, 0.0]);
    let (x, count) = run("saddle", &[], &[0.0, 0.0], SAM, 1);
    assert_close(&x, &[-0.02, 0.0]);
    assert_eq!(count, 1);
    // From (−0.04, 0) on the gradient is not zero any more.
    assert_eq!(run("quadratic", &[], &[0.0, 0.0], SAM, 500).1, 1);
    assert_eq!(run("quadratic", &[], &[0.0, 0.0], GD, 500), (vec![0.0, 0.0], 0));
    // The methods that need ĝ count it too; the others have no direction to choose.
    for (method, count) in [(ASC, 1), (EIGEN_SAM, 1), (ASAM, 1), (NGD, 1), (MAX, 0), (AVG, 0), (USAM, 0)] {
        assert_eq!(run("quadratic", &[], &[0.0, 0.0], method, 1).1, count, "{method:?}");
    }
    assert_close(&run("quadratic", &[], &[0.0, 0.0], ASC, 1).0, &[-0.04, 0.0]);
    // x3 = 0: sample 1's gradient is zero though L's isn't; its own top direction is x3: x3 ← −η 2F1 ρ, F1 = 9.75.
    let zero =
        Scenario { seed: seed_of(0), ..scenario("toy4d", &[], &[0.5, 0.5, 0.0, 0.3], spec(ONE_SAM, 0.01, 0.1), 1) };
    let racer = finished(&zero);
    // At x3 = 0.1 sample 1's gradient is (2·½·0.01, 12·½·0.01, 1.95, 0).
    assert_close(racer.x(), &[0.4999, 0.4994, -0.0195, 0.3]);
    assert_eq!(racer.events().zero_gradient_steps, 1);
}

/// The gradient's length neither underflows nor overflows: ‖g‖² would be 0 at 1e-200 and infinite at 1e160.
#[test]
fn tiny_and_huge_gradients_have_a_direction() {
    // At (½, ½, t, 0): ĝ = e3, and the gradient at x3 = 0.1 is (0.01, 0.06, 1.95, 0).
    for tiny in [1e-150, 1e-200, 1e-307, 5e-324] {
        let racer = finished(&scenario("toy4d", &[], &[0.5, 0.5, tiny, 0.0], spec(SAM, 0.01, 0.1), 1));
        assert_close(racer.x(), &[0.4999, 0.4994, -0.0195, 0.0]);
        assert_eq!(racer.events().zero_gradient_steps, 0, "{tiny:e} is not zero");
        // What L^Asc adds is ρ/‖g‖ times what lies across ĝ: (0.01, 0.06, 0, 0) here, which H nearly annihilates.
        let racer = finished(&scenario("toy4d", &[], &[0.5, 0.5, tiny, 0.0], spec(ASC, 0.01, 0.1), 1));
        assert!(racer.x().iter().all(|c| c.is_finite()), "{tiny:e}: {:?}", racer.x());
    }
    // diag(4,1) at (¾, 4)·s: ĝ = (0.6, 0.8) whatever s is.
    for scale in [1e-200, 1e-100, 1.0, 1e160] {
        let direction = ascent(&quadratic(&[4.0, 1.0], &[]), &[0.75 * scale, 4.0 * scale]);
        assert_close(&direction, &[0.6, 0.8]);
    }
}

const TINY: f64 = f64::MIN_POSITIVE;

/// GD on diag(`l1`, 1) with η = ½ from (x1, 1): the first coordinate's bits and the holds after `steps`.
fn shrink(l1: f64, x1: f64, steps: u64, underflow: Underflow) -> (f64, u64) {
    let start = scenario("quadratic", &[("l1", l1)], &[x1, 1.0], spec(GD, 0.5, 0.0), steps);
    let racer = finished(&Scenario { underflow, ..start });
    (racer.x()[0], racer.events().underflow_holds)
}

/// The underflow hold: multipliers 1 − ηλ = ½, ¼, −½ and 0, exactly.
#[test]
fn underflow_hold() {
    use Underflow::{Hold, Ieee};
    // ½ · 1.5 TINY would be subnormal; then it is held again and again.
    assert_eq!(shrink(1.0, 1.5 * TINY, 1, Hold), (TINY, 1));
    assert_eq!(shrink(1.0, -1.5 * TINY, 7, Hold), (-TINY, 7));
    assert_eq!(shrink(1.0, 4.0 * TINY, 2, Hold), (TINY, 0));
    assert_eq!(shrink(1.0, 1.5 * TINY, 1, Ieee), (0.75 * TINY, 0));
    assert_eq!(shrink(1.5, TINY, 60, Ieee), (0.0, 0));
    // The sign of what would have been: it alternates.
    assert_eq!(shrink(3.0, 1.5 * TINY, 1, Hold), (-TINY, 1));
    assert_eq!(shrink(3.0, 1.5 * TINY, 2, Hold), (TINY, 2));
    // A subnormal start is non-zero: its first update lifts it.
    assert_eq!(shrink(1.0, 5e-324, 1, Hold), (TINY, 1));
    // Exact cancellation of a larger number, and a zero of the start, stay zero.
    assert_eq!(shrink(2.0, 0.75, 3, Hold), (0.0, 0));
    assert_eq!(shrink(1.0, 0.0, 3, Hold), (0.0, 0));
    // Two held coordinates in one update are one update.
    let both = finished(&scenario("quadratic", &[("l1", 1.0)], &[TINY, -TINY], spec(GD, 0.5, 0.0), 3));
    assert_eq!((both.x(), both.events().underflow_holds), (&[TINY, -TINY][..], 3));
}

/// Underflow is the reason for the hold: x4 of toy4d shrinks to nothing under SAM, and only with the hold does it
/// stay in the game.
#[test]
fn hold_keeps_toy4d_out_of_a_subspace() {
    let toy = scenario("toy4d", &[], &[], spec(SAM, 0.01, 0.1), 200_000);
    let (held, ieee) = (finished(&toy), finished(&Scenario { underflow: Underflow::Ieee, ..toy.clone() }));
    assert!(held.x()[3].abs() >= TINY && held.events().underflow_holds > 0, "{:?}", held.x());
    assert!(ieee.x()[3] == 0.0 && ieee.events().underflow_holds == 0, "{:?}", ieee.x());
}

/// The rules by themselves give u in x ← x − ηu.
#[test]
fn rules_state_the_update() {
    struct Updates;
    impl Visitor for Updates {
        type Output = [Vec<f64>; 4];
        fn visit<L: samscope::loss::Loss<D>, const D: usize>(self, loss: &L) -> Self::Output {
            let loss = &Concrete::<L, D>(loss);
            let x = Vector::<D>::from_column_slice(&[0.75, 4.0]);
            let mut sampler = BatchSampler::new(1, 1, RandomStream::new(0));
            let mut events = Events::default();
            [
                Gd.update(loss, &x, &mut events),
                Sgd { sampler: &mut sampler }.update(loss, &x, &mut events),
                Sam { rho: 0.5 }.update(loss, &x, &mut events),
                AscDescent { rho: 0.5 }.update(loss, &x, &mut events),
            ]
            .map(|u| u.as_slice().to_vec())
        }
    }
    let [gd, sgd, sam, asc] = LossSpec::new("quadratic").visit(2, Updates);
    assert_eq!((gd, sgd), (vec![3.0, 4.0], vec![3.0, 4.0]));
    assert_close(&sam, &[4.2, 4.4]);
    assert_close(&asc, &[4.4304, 4.3568]);
}

/// Racing methods that draw do so from their own copies of the seed's stream.
#[test]
fn seeds_decide_the_draws() {
    let run = |method, seed| {
        let scenario = Scenario { seed, ..scenario("toy4d", &[], &[], spec(method, 0.01, 0.1), 100) };
        finished(&scenario).x().to_vec()
    };
    let both = Scenario {
        optimizers: vec![spec(SGD, 0.01, 0.1), spec(ONE_SAM, 0.01, 0.1)],
        seed: 5,
        ..scenario("toy4d", &[], &[], spec(GD, 0.01, 0.1), 100)
    };
    let mut racer = Racer::new(both.run_spec(1));
    racer.advance(100);
    assert_eq!(racer.x(), run(ONE_SAM, 5));
    assert_ne!(run(ONE_SAM, 5), run(ONE_SAM, 6));
    assert_eq!(run(SAM, 5), run(SAM, 6));
}
