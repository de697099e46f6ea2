//! Every landscape's formulas, against finite differences and against jets of the value, which know
//! nothing of the hand-written gradient.

use proptest::prelude::*;
use samscope::calculus::{Concrete, Eigen, Gradients, Jet, Landscape, MatN, VecN, Vector, landscape, third_mixed};
use samscope::loss::{Batch, CATALOGUE, DIM_MAX, Gamma, Info, Loss, LossSpec, Param, Reduction, Scalar, Visitor};

/// Step of the finite differences.
const H: f64 = 1e-4;
/// Their relative error: H⁴ times a fifth derivative (two-wells, s = 400: ≈ 1e8) plus rounding ε/H.
const FINITE: f64 = 1e-8;
/// Two exact formulas for the same number differ by rounding alone.
const EXACT: f64 = 1e-12;

type Check = Result<(), String>;

/// Random numbers that make a case: a point, a direction and a fraction per parameter.
#[derive(Clone, Debug)]
struct Draw {
    x: [f64; DIM_MAX],
    v: [f64; DIM_MAX],
    params: [f64; 7],
}

impl Draw {
    fn point(&self, dim: usize) -> VecN {
        VecN::from_slice(&self.x[..dim])
    }

    fn direction(&self, dim: usize) -> VecN {
        VecN::from_slice(&self.v[..dim])
    }
}

fn draws() -> impl Strategy<Value = Draw> {
    (prop::array::uniform16(-2.0..2.0), prop::array::uniform16(-1.0..1.0), prop::array::uniform7(0.0..1.0))
        .prop_map(|(x, v, params)| Draw { x, v, params })
}

/// A value between the parameter's limits, not farther from the default than four times its size.
fn value_of(param: &Param, fraction: f64) -> f64 {
    let reach = 3.0 * (1.0 + param.default.abs());
    let (low, high) = (param.min.max(param.default - reach), param.max.min(param.default + reach));
    low + fraction * (high - low)
}

fn spec(info: &Info, dim: usize, draw: &Draw) -> LossSpec {
    let params = info.params.iter().zip(draw.params).map(|(p, fraction)| (p.name.to_owned(), value_of(p, fraction)));
    let mut spec = LossSpec::new(info.id);
    *spec.params_mut() = params.collect();
    spec.in_dim(dim).resolved().expect("values within their limits")
}

/// Every loss in every dimension.
fn landscapes() -> impl Iterator<Item = (&'static Info, usize)> {
    CATALOGUE.iter().flat_map(|info| info.dims.iter().map(move |&dim| (*info, dim)))
}

/// The four points of a fourth-order central difference and its weights, to be divided by H.
const STENCIL: [(f64, f64); 4] = [(-2.0, 1.0 / 12.0), (-1.0, -2.0 / 3.0), (1.0, 2.0 / 3.0), (2.0, -1.0 / 12.0)];

/// The derivative of `f` along v at x, and the largest |f| on the way.
fn finite(x: &VecN, v: &VecN, f: impl Fn(&VecN) -> VecN) -> (VecN, f64) {
    let n = f(x).len();
    STENCIL.iter().fold((VecN::zeros(n), 0.0), |(sum, scale), (k, weight)| {
        let value = f(&(*x + *v * (k * H)));
        (sum + value * (weight / H), f64::max(scale, largest(&value)))
    })
}

fn largest(v: &[f64]) -> f64 {
    v.iter().fold(0.0, |largest, c| largest.max(c.abs()))
}

fn close(what: &str, a: &[f64], b: &[f64], tolerance: f64) -> Check {
    assert_eq!(a.len(), b.len(), "{what}");
    let distance = a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    if distance <= tolerance { Ok(()) } else { Err(format!("{what}: {a:?} and {b:?} differ by {distance:e}")) }
}

fn size_of(matrix: &MatN) -> f64 {
    (0..matrix.dim()).map(|r| largest(matrix.row(r))).fold(0.0, f64::max)
}

/// Gradient, Hessian and third derivative of a loss or of one of its samples against differences.
fn differences(loss: &dyn Landscape, x: &VecN, v: &VecN) -> Check {
    let n = loss.dim();
    let (g, h, along) = (loss.gradient(x), loss.hessian(x), loss.along(x, v));
    let scale = 1.0 + loss.value(x).abs() + largest(&g) + size_of(&h);
    for axis in 0..n {
        let unit = VecN::axis(n, axis);
        let (difference, size) = finite(x, &unit, |x| VecN::from_slice(&[loss.value(x)]));
        close("gradient and differences", &[g[axis]], &difference, FINITE * (scale + size))?;
        let (difference, size) = finite(x, &unit, |x| loss.gradient(x));
        close("hessian and differences", h.row(axis), &difference, FINITE * (scale + size))?;
        for other in 0..n {
            if h.at(axis, other).to_bits() != h.at(other, axis).to_bits() {
                return Err("the hessian is not symmetric to the last bit".to_owned());
            }
        }
    }
    close("gradient of a jet", &along.gradient, &g, EXACT * scale)?;
    close("Hv of a jet", &along.first, &h.times(v), EXACT * scale)?;
    let (difference, size) = finite(x, v, |x| loss.hessian(x).times(v));
    let third = largest(&along.second);
    close("third and differences", &along.second, &difference, FINITE * (scale + size + third))?;
    // ∇³L[u,v,·] by polarization, with u along a coordinate: the difference of the Hessian along u, times v.
    let u = VecN::axis(n, n - 1);
    let (difference, size) = finite(x, &u, |x| loss.hessian(x).times(v));
    close("mixed third and differences", &third_mixed(loss, x, &u, v), &difference, FINITE * (scale + size + third))
}

/// The static loss: its jets of the value, which know nothing of the gradient, and [`Landscape`], which has to
/// give the same bits.
struct Static<'a>(&'a Draw, &'a dyn Landscape);

/// Bits, so that NaN equals NaN and −0 is not 0.
fn bits(v: &[f64]) -> Vec<u64> {
    v.iter().map(|c| c.to_bits()).collect()
}

fn same(what: &str, a: &[f64], b: &[f64]) -> Check {
    if bits(a) == bits(b) { Ok(()) } else { Err(format!("{what}: {a:?} and {b:?} have different bits")) }
}

/// H by the jets along the axes.
fn hessian<L: Loss<D>, const D: usize>(loss: &L, x: &[f64; D]) -> MatN {
    let along = |axis: usize| std::array::from_fn(|i| Jet::along(x[i], f64::from(u8::from(i == axis))));
    let columns: Vec<[Jet; D]> = (0..D).map(|axis| loss.gradient(&along(axis))).collect();
    MatN::symmetric(D, |r, c| columns[c][r].first)
}

fn padded<const D: usize>(x: &[f64; D]) -> [f64; DIM_MAX] {
    std::array::from_fn(|i| x.get(i).copied().unwrap_or(0.0))
}

impl Visitor for Static<'_> {
    type Output = Check;

    fn visit<L: Loss<D> + Clone + Send + Sync + 'static, const D: usize>(self, loss: &L) -> Check {
        let Self(draw, erased) = self;
        let n = loss.dim();
        assert_eq!((n, erased.dim()), (D, D), "no loss of the catalogue is padded");
        let (x, v) = (draw.point(n), draw.direction(n));
        let jet = |v: &VecN| loss.value(&std::array::from_fn(|i| Jet::along(x[i], v[i])));
        let (g, h) = (erased.gradient(&x), erased.hessian(&x));
        let scale = 1.0 + erased.value(&x).abs() + largest(&g) + size_of(&h);
        let slope = VecN::from_fn(n, |axis| jet(&VecN::axis(n, axis)).first);
        close("gradient and jet of value", &g, &slope, EXACT * scale)?;
        close("vᵀHv and jet of value", &[v.dot(&h.times(&v))], &[jet(&v).second], EXACT * scale)?;

        let at: [f64; D] = std::array::from_fn(|i| x[i]);
        same("value", &[erased.value(&x)], &[loss.value(&at)])?;
        same("gradient", &g, &loss.gradient(&at))?;
        let fixed = hessian(loss, &at);
        for r in 0..n {
            same("hessian", h.row(r), fixed.row(r))?;
        }
        let direction: [f64; D] = std::array::from_fn(|i| v[i]);
        let product = Concrete::<L, D>(loss).hessian_times(None, &at, &direction);
        same("Hv", &erased.along(&x, &v).first, &product)?;
        let wide = Concrete::<L, D>(loss);
        let [x_wide, v_wide] = [&at, &direction].map(padded::<D>);
        same("gradient with padding", &wide.gradient(None, &x_wide), &padded(&loss.gradient(&at)))?;
        same("Hv with padding", &wide.hessian_times(None, &x_wide, &v_wide), &padded(&product))?;
        if (erased.samples(), erased.reduction()) != (loss.samples(), loss.reduction()) {
            return Err("samples and reduction".to_owned());
        }
        for k in 0..loss.samples() {
            let sample = erased.sample(k);
            same("sample value", &[sample.value(&x)], &[loss.sample_value(k, &at)])?;
            same("sample gradient", &sample.gradient(&x), &loss.sample_gradient(k, &at))?;
            let fixed = hessian(&Batch::new(loss, &[k]), &at);
            for r in 0..n {
                same("sample hessian", sample.hessian(&x).row(r), fixed.row(r))?;
            }
            if (sample.dim(), sample.samples()) != (n, 1) {
                return Err("a sample is its own single sample".to_owned());
            }
            same("sample of a sample", &sample.sample(0).gradient(&x), &sample.gradient(&x))?;
        }
        Ok(())
    }
}

proptest! {
    /// Gradient, Hessian and third derivative of every loss and sample, at random points with random parameters.
    #[test]
    fn derivatives_agree_with_differences_and_jets(draw in draws()) {
        for (info, dim) in landscapes() {
            let spec = spec(info, dim, &draw);
            let loss = landscape(&spec, dim);
            let (x, v) = (draw.point(dim), draw.direction(dim));
            let outcome = spec.visit(dim, Static(&draw, &*loss));
            prop_assert!(outcome.is_ok(), "{spec:?} in {dim}: {outcome:?}");
            let outcome = differences(&*loss, &x, &v);
            prop_assert!(outcome.is_ok(), "{spec:?} in {dim}: {outcome:?}");
            for k in 0..if spec.samples() > 1 { spec.samples() } else { 0 } {
                let outcome = differences(&*loss.sample(k), &x, &v);
                prop_assert!(outcome.is_ok(), "{spec:?} in {dim}, sample {k}: {outcome:?}");
            }
        }
    }

    /// Every operation of a jet against differences of the same function.
    #[test]
    fn jets_are_derivatives(x in 0.5..2.0, v in -1.0..1.0) {
        fn f<T: Scalar>(x: T) -> T {
            let saturating = (x * 3.0 - 2.0).tanh() * (-x).logistic() - (x.square() - 1.0).softplus();
            (-x + 3.0).exp() / (x * x - 0.1) + (x - 2.0) / (T::constant(1.0) + x.square()) * 2.0 - x + saturating
        }
        let jet = f(Jet::along(x, v));
        let (x, v) = (VecN::from_slice(&[x]), VecN::from_slice(&[v]));
        let (first, size) = finite(&x, &v, |x| VecN::from_slice(&[f(x[0])]));
        prop_assert_eq!(jet.value, f(x[0]));
        prop_assert!((jet.first - first[0]).abs() <= FINITE * (1.0 + size));
        let (second, size) = finite(&x, &v, |x| VecN::from_slice(&[f(Jet::along(x[0], v[0])).first]));
        prop_assert!((jet.second - second[0]).abs() <= FINITE * (1.0 + size));
    }
}

/// Both tails of the functions that saturate: no NaN, no digit lost, and s(x) + s(−x) = 1.
#[test]
fn saturating_functions_keep_their_tails() {
    let jet = |x: f64| Jet::along(x, 1.0);
    for x in [1e-300, 0.5, 30.0, 700.0, 1e4, 1e8, f64::MAX] {
        let e = (-x).exp();
        for (what, up, down) in [
            ("tanh", jet(x).tanh(), jet(-x).tanh()),
            ("logistic", jet(x).logistic(), jet(-x).logistic()),
            ("softplus", jet(x).softplus(), jet(-x).softplus()),
        ] {
            for part in [up.value, up.first, up.second, down.value, down.first, down.second] {
                assert!(part.is_finite(), "{what} at ±{x}: {up:?} and {down:?}");
            }
        }
        let (low, high) = (jet(-x).logistic(), jet(x).logistic());
        assert_eq!((low.first, low.second), (high.first, -high.second));
        assert!((low.value + high.value - 1.0).abs() <= f64::EPSILON);
        assert_eq!(low.value, jet(-x).softplus().first);
        assert_eq!((x.logistic(), x.softplus(), x.tanh()), (high.value, jet(x).softplus().value, jet(x).tanh().value));
        if x >= 30.0 {
            // s(−x) = e⁻ˣ (1 − e⁻ˣ + …) and so is log(1 + e⁻ˣ).
            for tail in [low.value, low.first, jet(-x).softplus().value] {
                assert!((tail - e).abs() <= 1e-12 * e, "{tail:e} beside {e:e} at {x}");
            }
            assert!((jet(x).tanh().first - 4.0 * e * e).abs() <= 1e-12 * 4.0 * e * e);
        }
    }
    assert_eq!(jet(0.0).logistic(), Jet { value: 0.5, first: 0.25, second: 0.0 });
    assert_eq!(jet(0.0).softplus(), Jet { value: std::f64::consts::LN_2, first: 0.5, second: 0.25 });
    assert_eq!(jet(0.0).tanh(), Jet { value: 0.0, first: 1.0, second: 0.0 });
}

struct Samples<'a>(&'a Draw);

impl Visitor for Samples<'_> {
    /// The number of samples and the reduction that the landscape itself states.
    type Output = Result<(usize, Reduction), String>;

    fn visit<L: Loss<D> + Clone + Send + Sync + 'static, const D: usize>(self, loss: &L) -> Self::Output {
        let x: [f64; D] = std::array::from_fn(|i| self.0.x[i]);
        let n = loss.samples();
        let weight = if loss.reduction() == Reduction::Mean { 1.0 / n as f64 } else { 1.0 };
        let value: f64 = (0..n).map(|k| weight * loss.sample_value(k, &x)).sum();
        let slope: Vector<D> = (0..n).map(|k| Vector::from(loss.sample_gradient(k, &x)) * weight).sum();
        let (whole, whole_slope) = (loss.value(&x), loss.gradient(&x));
        let scale = 1.0 + whole.abs() + largest(&whole_slope);
        close("value", &[value], &[whole], EXACT * scale)?;
        close("gradient", slope.as_slice(), &whole_slope, EXACT * scale)?;
        let all: Vec<usize> = (0..n).collect();
        let batch = Batch::new(loss, &all);
        close("batch", &batch.gradient(&x), &whole_slope, EXACT * scale)?;
        close("batch", &[batch.value(&x)], &[whole], EXACT * scale)?;
        for k in 0..n {
            // A sample's gradient belongs to the same sample's value.
            let jet = |axis: usize| std::array::from_fn(|i| Jet::along(x[i], f64::from(u8::from(i == axis))));
            let slope: [f64; D] = std::array::from_fn(|i| loss.sample_value(k, &jet(i)).first);
            let scale = scale + largest(&slope);
            close("sample", &loss.sample_gradient(k, &x), &slope, EXACT * scale)?;
            close("batch of one", &Batch::new(loss, &[k]).gradient(&x), &slope, EXACT * scale)?;
        }
        Ok((n, loss.reduction()))
    }
}

proptest! {
    /// Values and gradients of the samples make the loss, in the number and by the reduction listed.
    #[test]
    fn samples_make_the_loss(draw in draws()) {
        for (info, dim) in landscapes() {
            let spec = spec(info, dim, &draw);
            let outcome = spec.visit(dim, Samples(&draw));
            prop_assert_eq!(outcome, Ok((spec.samples(), info.reduction)), "{}", info.id);
        }
    }
}

/// ‖g‖, λ1 … λD (descending) and L at a point.
fn look(spec: &LossSpec, x: &[f64]) -> (f64, Vec<f64>, f64) {
    let (loss, x) = (landscape(spec, x.len()), VecN::from_slice(x));
    (loss.gradient(&x).norm(), Eigen::new(&loss.hessian(&x)).values.to_vec(), loss.value(&x))
}

proptest! {
    /// Every landmark is a minimizer: no gradient, no negative curvature, no lower value beside it.
    #[test]
    fn landmarks_are_minimizers(draw in draws()) {
        for (info, dim) in landscapes() {
            let spec = spec(info, dim, &draw);
            for landmark in spec.landmarks(dim) {
                let (grad_norm, eigenvalues, value) = look(&spec, &landmark.x);
                let scale = 1.0 + eigenvalues[0].abs();
                prop_assert!(grad_norm <= 1e-9 * scale, "{spec:?} {landmark:?}: ‖g‖ = {grad_norm:e}");
                prop_assert!(eigenvalues[dim - 1] >= -1e-9 * scale, "{spec:?} {landmark:?}: {eigenvalues:?}");
                let beside: Vec<f64> = landmark.x.iter().zip(draw.v).map(|(x, v)| x + 1e-3 * v).collect();
                let (_, _, higher) = look(&spec, &beside);
                prop_assert!(higher >= value - 1e-12 * scale, "{spec:?} {landmark:?}: {higher} < {value}");
            }
        }
    }

    /// Where Γ's formula says so, and only there, L is 0 and so is its gradient.
    #[test]
    fn gamma_is_where_the_loss_vanishes(draw in draws()) {
        for (info, dim) in landscapes() {
            let spec = spec(info, dim, &draw);
            let values = spec.values();
            let look = |x: &[f64]| look(&spec, x);
            match info.gamma {
                Gamma::Points => {}
                Gamma::Subspace(normal) => {
                    let mut x = draw.x[..dim].to_vec();
                    prop_assert!(look(&x).2 > 0.0);
                    for &i in normal {
                        x[i] = 0.0;
                    }
                    let (grad_norm, eigenvalues, value) = look(&x);
                    prop_assert_eq!((grad_norm, value), (0.0, 0.0));
                    prop_assert_eq!(eigenvalues.iter().filter(|l| l.abs() > 1e-6).count(), normal.len());
                }
                Gamma::ZeroSet(zeros, f) => {
                    // Two points on different sides, then bisection between them.
                    let paired = |sign: f64| (0..dim).map(|i| if i % 2 == 0 { 20.0 } else { sign * 20.0 }).collect();
                    let far: Vec<f64> = draw.x[..dim].iter().map(|x| 20.0 * x.signum()).collect();
                    let mirrored: Vec<f64> = (0..dim).map(|i| if i == 0 { -far[0] } else { far[i] }).collect();
                    let (a, b): (Vec<f64>, Vec<f64>) = match info.id {
                        "ring" | "notions" => (vec![0.1; dim], far),
                        "matrix-factorization" => (paired(1.0), paired(-1.0)),
                        _ => (far, mirrored),
                    };
                    let at = |t: f64| {
                        let along = |(i, (a, b)): (usize, (&f64, &f64))| if zeros.contains(&i) { 0.0 } else { a + t * (b - a) };
                        a.iter().zip(&b).enumerate().map(along).collect::<Vec<_>>()
                    };
                    let side = |t: f64| f(&values, &at(t)) > 0.0;
                    prop_assert!(side(0.0) != side(1.0), "{spec:?} has both signs");
                    let (mut low, mut high) = (0.0, 1.0);
                    for _ in 0..60 {
                        let middle = 0.5 * (low + high);
                        if side(middle) == side(0.0) { low = middle } else { high = middle }
                    }
                    let (grad_norm, eigenvalues, value) = look(&at(low));
                    let scale = eigenvalues[0];
                    prop_assert!(scale > 0.1 && value <= 1e-24 * scale * scale, "{spec:?}: L = {value:e}");
                    prop_assert!(grad_norm <= 1e-12 * scale, "{spec:?}: ‖g‖ = {grad_norm:e}");
                    prop_assert!(look(&a).2 > 0.0 && look(&b).2 > 0.0);
                }
            }
        }
    }
}

/// Γ of diagonal-net with `n` features: weights on a grid of the equations' null space, balanced and not.
fn diagonal_nets(n: usize) -> Vec<Vec<f64>> {
    let inputs = [[0.96, 0.936, 0.8, 0.8], [0.28, -0.352, 0.6, -0.6_f64]];
    let determinant = inputs[0][0] * inputs[1][1] - inputs[0][1] * inputs[1][0];
    let mut points = Vec::new();
    for i in -12..=12 {
        for j in if n == 4 { -12..=12 } else { 0..=0 } {
            let rest = [f64::from(i) / 12.0, f64::from(j) / 12.0];
            let b: [f64; 2] = std::array::from_fn(|k| {
                [1.428, 0.104][k] - inputs[k][2] * rest[0] - if n == 4 { inputs[k][3] * rest[1] } else { 0.0 }
            });
            let beta = [
                (b[0] * inputs[1][1] - inputs[0][1] * b[1]) / determinant,
                (inputs[0][0] * b[1] - b[0] * inputs[1][0]) / determinant,
                rest[0],
                rest[1],
            ];
            for excess in [0.0, 0.1] {
                let pair = |beta: f64| [(beta.max(0.0) + excess).sqrt(), ((-beta).max(0.0) + excess).sqrt()];
                points.push(beta[..n].iter().flat_map(|&beta| pair(beta)).collect());
            }
        }
    }
    points
}

/// A notion of sharpness from the eigenvalues, descending.
type Sharpness = fn(&[f64]) -> f64;

/// "flattest", "min λ1", "min λM" and "min Tr" are what they say, against a grid on Γ.
#[test]
fn marked_points_of_gamma_are_the_flattest() {
    let eigenvalues = |id: &str, x: &[f64]| look(&LossSpec::new(id).in_dim(x.len()), x).1;
    let least = |id: &str, points: &[Vec<f64>], sharpness: Sharpness| {
        points.iter().map(|x| sharpness(&eigenvalues(id, x))).fold(f64::INFINITY, f64::min)
    };
    let grid = |n: i32| (0..=n).map(move |i| f64::from(i) / f64::from(n));
    let first = |l: &[f64]| l[0];
    let square: Vec<Vec<f64>> = grid(100).flat_map(|x1| grid(100).map(move |x2| vec![x1, x2, 0.0, 0.0])).collect();
    let branch: Vec<Vec<f64>> = grid(200).map(|t| 0.2 + 4.8 * t).map(|x| vec![x, 1.0 / x]).collect();
    let sheet: Vec<Vec<f64>> = grid(60)
        .flat_map(|s| grid(60).map(move |t| (0.3 + 2.7 * s, 0.3 + 2.7 * t)))
        .map(|(x, y)| vec![x, y, 1.0 / (x * y)])
        .collect();
    let floor: Vec<Vec<f64>> = grid(100).map(|t| vec![4.0 * t - 2.0, 0.0]).collect();
    // (s, t) on Γ of k = 2: u = (s, t), v = (r, t) with v1 = (1 − t²)/s.
    let factors: Vec<Vec<f64>> = grid(60)
        .flat_map(|s| grid(60).map(move |t| (0.3 + 2.7 * s, 2.0 * t - 1.0)))
        .map(|(s, t)| vec![s, (1.0 - t * t) / s, t, t])
        .collect();
    let (three, four) = (diagonal_nets(3), diagonal_nets(4));
    let cases: [(&str, &str, &[Vec<f64>], Sharpness); 12] = [
        ("toy4d", "min λ1", &square, first),
        ("toy4d", "min λM", &square, |l| l[1]),
        ("toy4d", "min Tr", &square, |l| l.iter().sum()),
        ("hyperbola", "flattest", &branch, first),
        ("product3", "flattest", &sheet, first),
        ("valley", "flattest", &floor, first),
        ("matrix-factorization", "flattest", &factors, first),
        ("diagonal-net", "flattest", &[vec![1.0, 0.0, 0.5_f64.sqrt(), 0.0]], first),
        ("diagonal-net", "min λ1", &three, first),
        ("diagonal-net", "min Tr", &three, |l| l.iter().sum()),
        ("diagonal-net", "min λ1", &four, first),
        ("diagonal-net", "min Tr", &four, |l| l.iter().sum()),
    ];
    for (id, label, points, sharpness) in cases {
        let landmarks = LossSpec::new(id).in_dim(points[0].len()).landmarks(points[0].len());
        let marked: Vec<_> = landmarks.iter().filter(|landmark| landmark.kind.label() == label).collect();
        assert!(!marked.is_empty(), "{id} has a landmark `{label}`");
        let lowest = least(id, points, sharpness);
        for landmark in marked {
            let here = sharpness(&eigenvalues(id, &landmark.x));
            assert!(here <= lowest + 1e-12, "{id} {landmark:?}: {here} is not the least, {lowest}");
            assert!(here >= lowest - 0.02 * lowest, "{id} {landmark:?}: the grid is too coarse to tell");
        }
    }
}
