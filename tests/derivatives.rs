//! Every landscape's formulas, against finite differences and against jets of the value, which know
//! nothing of the hand-written gradient.

use proptest::prelude::*;
use samscope::calculus::{Eigen, Jet, Vector, gradient, hessian, norm, third};
use samscope::loss::{Batch, CATALOGUE, Gamma, Info, Loss, LossSpec, Param, Reduction, Scalar, Visitor};

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
    x: [f64; 4],
    v: [f64; 4],
    params: [f64; 7],
}

fn draws() -> impl Strategy<Value = Draw> {
    (prop::array::uniform4(-2.0..2.0), prop::array::uniform4(-1.0..1.0), prop::array::uniform7(0.0..1.0))
        .prop_map(|(x, v, params)| Draw { x, v, params })
}

/// A value between the parameter's limits, not farther from the default than four times its size.
fn value_of(param: &Param, fraction: f64) -> f64 {
    let reach = 3.0 * (1.0 + param.default.abs());
    let (low, high) = (param.min.max(param.default - reach), param.max.min(param.default + reach));
    low + fraction * (high - low)
}

fn spec(info: &Info, draw: &Draw) -> LossSpec {
    let params = info.params.iter().zip(draw.params).map(|(p, fraction)| (p.name.to_owned(), value_of(p, fraction)));
    LossSpec { id: info.id.to_owned(), params: params.collect() }.resolved().expect("values within their limits")
}

/// Every loss in every dimension.
fn landscapes() -> impl Iterator<Item = (&'static Info, usize)> {
    CATALOGUE.iter().flat_map(|info| info.dims.iter().map(move |&dim| (*info, dim)))
}

/// The four points of a fourth-order central difference and its weights, to be divided by H.
const STENCIL: [(f64, f64); 4] = [(-2.0, 1.0 / 12.0), (-1.0, -2.0 / 3.0), (1.0, 2.0 / 3.0), (2.0, -1.0 / 12.0)];

/// The derivative of `f` along v at x, and the largest |f| on the way.
fn finite<const D: usize, const N: usize>(
    x: &Vector<D>,
    v: &Vector<D>,
    f: impl Fn(&Vector<D>) -> Vector<N>,
) -> (Vector<N>, f64) {
    STENCIL.iter().fold((Vector::zeros(), 0.0), |(sum, scale), (k, weight)| {
        let value = f(&(x + *k * H * v));
        (sum + *weight / H * value, f64::max(scale, value.amax()))
    })
}

fn close<const N: usize>(what: &str, a: &Vector<N>, b: &Vector<N>, tolerance: f64) -> Check {
    let distance = (a - b).amax();
    if distance <= tolerance { Ok(()) } else { Err(format!("{what}: {a:?} and {b:?} differ by {distance:e}")) }
}

struct Derivatives<'a>(&'a Draw);

impl Visitor for Derivatives<'_> {
    type Output = Check;

    fn visit<L: Loss<D>, const D: usize>(self, loss: &L) -> Check {
        let (x, v) = (Vector::<D>::from_fn(|i, _| self.0.x[i]), Vector::<D>::from_fn(|i, _| self.0.v[i]));
        let value = |x: &Vector<D>| Vector::<1>::new(loss.value(&x.data.0[0]));
        let jet = |v: &Vector<D>| loss.value(&std::array::from_fn(|i| Jet::along(x[i], v[i])));
        let (g, h, t) = (gradient(loss, &x), hessian(loss, &x), third(loss, &x, &v));
        let scale = 1.0 + value(&x).amax() + g.amax() + h.amax();
        for axis in 0..D {
            let unit = Vector::from_fn(|i, _| f64::from(u8::from(i == axis)));
            let g_axis = Vector::<1>::new(g[axis]);
            close("gradient and jet of value", &g_axis, &Vector::<1>::new(jet(&unit).first), EXACT * scale)?;
            let (difference, size) = finite(&x, &unit, value);
            close("gradient and differences", &g_axis, &difference, FINITE * (scale + size))?;
            let (difference, size) = finite(&x, &unit, |x| gradient(loss, x));
            close("hessian and differences", &h.column(axis).into(), &difference, FINITE * (scale + size))?;
        }
        if h != h.transpose() {
            return Err("the hessian is not symmetric to the last bit".to_owned());
        }
        let curvature = Vector::<1>::new(v.dot(&(h * v)));
        close("vᵀHv and jet of value", &curvature, &Vector::<1>::new(jet(&v).second), EXACT * scale)?;
        let (difference, size) = finite(&x, &v, |x| hessian(loss, x) * v);
        close("third and differences", &t, &difference, FINITE * (scale + size + t.amax()))
    }
}

proptest! {
    /// Gradient, Hessian and third derivative of every loss, at random points with random parameters.
    #[test]
    fn derivatives_agree_with_differences_and_jets(draw in draws()) {
        for (info, dim) in landscapes() {
            let spec = spec(info, &draw);
            let outcome = spec.visit(dim, Derivatives(&draw));
            prop_assert!(outcome.is_ok(), "{spec:?} in {dim}: {outcome:?}");
        }
    }

    /// Every operation of a jet against differences of the same rational and exponential function.
    #[test]
    fn jets_are_derivatives(x in 0.5..2.0, v in -1.0..1.0) {
        fn f<T: Scalar>(x: T) -> T {
            (-x + 3.0).exp() / (x * x - 0.1) + (x - 2.0) / (T::constant(1.0) + x.square()) * 2.0 - x
        }
        let jet = f(Jet::along(x, v));
        let slope = |x: &Vector<1>| Vector::<1>::new(f(Jet::along(x[0], v)).first);
        let (x, v) = (Vector::<1>::new(x), Vector::<1>::new(v));
        let (first, size) = finite(&x, &v, |x| Vector::<1>::new(f(x[0])));
        prop_assert_eq!(jet.value, f(x[0]));
        prop_assert!((jet.first - first[0]).abs() <= FINITE * (1.0 + size));
        let (second, size) = finite(&x, &v, slope);
        prop_assert!((jet.second - second[0]).abs() <= FINITE * (1.0 + size));
    }
}

struct Samples<'a>(&'a Draw);

impl Visitor for Samples<'_> {
    /// The number of samples and the reduction that the landscape itself states.
    type Output = Result<(usize, Reduction), String>;

    fn visit<L: Loss<D>, const D: usize>(self, loss: &L) -> Self::Output {
        let x: [f64; D] = std::array::from_fn(|i| self.0.x[i]);
        let n = loss.samples();
        let weight = if loss.reduction() == Reduction::Mean { 1.0 / n as f64 } else { 1.0 };
        let value: f64 = (0..n).map(|k| weight * loss.sample_value(k, &x)).sum();
        let slope: Vector<D> = (0..n).map(|k| Vector::from(loss.sample_gradient(k, &x)) * weight).sum();
        let scale = 1.0 + loss.value(&x).abs() + Vector::from(loss.gradient(&x)).amax();
        close("value", &Vector::<1>::new(value), &Vector::<1>::new(loss.value(&x)), EXACT * scale)?;
        close("gradient", &slope, &loss.gradient(&x).into(), EXACT * scale)?;
        let all: Vec<usize> = (0..n).collect();
        let batch = Batch::new(loss, &all);
        close("batch", &batch.gradient(&x).into(), &loss.gradient(&x).into(), EXACT * scale)?;
        close("batch", &Vector::<1>::new(batch.value(&x)), &Vector::<1>::new(loss.value(&x)), EXACT * scale)?;
        for k in 0..n {
            // A sample's gradient belongs to the same sample's value.
            let jet = |axis: usize| std::array::from_fn(|i| Jet::along(x[i], f64::from(u8::from(i == axis))));
            let slope = Vector::<D>::from_fn(|i, _| loss.sample_value(k, &jet(i)).first);
            close("sample", &loss.sample_gradient(k, &x).into(), &slope, EXACT * scale)?;
            let one = [k];
            close("batch of one", &Batch::new(loss, &one).gradient(&x).into(), &slope, EXACT * scale)?;
        }
        Ok((n, loss.reduction()))
    }
}

proptest! {
    /// Values and gradients of the samples make the loss, in the number and by the reduction listed.
    #[test]
    fn samples_make_the_loss(draw in draws()) {
        for (info, dim) in landscapes() {
            let outcome = spec(info, &draw).visit(dim, Samples(&draw));
            prop_assert_eq!(outcome, Ok((info.samples, info.reduction)), "{}", info.id);
        }
    }
}

/// ‖g‖, λ1 … λD (descending) and L at a point.
struct Look<'a>(&'a [f64]);

impl Visitor for Look<'_> {
    type Output = (f64, Vec<f64>, f64);

    fn visit<L: Loss<D>, const D: usize>(self, loss: &L) -> Self::Output {
        let x = Vector::<D>::from_column_slice(self.0);
        let eigen = Eigen::new(&hessian(loss, &x));
        (norm(&gradient(loss, &x)), eigen.values.to_vec(), loss.value(&x.data.0[0]))
    }
}

proptest! {
    /// Every landmark is a minimizer: no gradient, no negative curvature, no lower value beside it.
    #[test]
    fn landmarks_are_minimizers(draw in draws()) {
        for (info, dim) in landscapes() {
            let spec = spec(info, &draw);
            for landmark in spec.landmarks(dim) {
                let (grad_norm, eigenvalues, value) = spec.visit(dim, Look(&landmark.x));
                let scale = 1.0 + eigenvalues[0].abs();
                prop_assert!(grad_norm <= 1e-9 * scale, "{spec:?} {landmark:?}: ‖g‖ = {grad_norm:e}");
                prop_assert!(eigenvalues[dim - 1] >= -1e-9 * scale, "{spec:?} {landmark:?}: {eigenvalues:?}");
                let beside: Vec<f64> = landmark.x.iter().zip(draw.v).map(|(x, v)| x + 1e-3 * v).collect();
                let (_, _, higher) = spec.visit(dim, Look(&beside));
                prop_assert!(higher >= value - 1e-12 * scale, "{spec:?} {landmark:?}: {higher} < {value}");
            }
        }
    }

    /// Where Γ's formula says so, and only there, L is 0 and so is its gradient.
    #[test]
    fn gamma_is_where_the_loss_vanishes(draw in draws()) {
        for (info, dim) in landscapes() {
            let spec = spec(info, &draw);
            let values = spec.values();
            let look = |x: &[f64]| spec.visit(dim, Look(x));
            match info.gamma {
                Gamma::Points => {}
                Gamma::Subspace(normal) => {
                    let mut x = draw.x[..dim].to_vec();
                    prop_assert!(look(&x).2 > 0.0);
                    for &i in normal {
 x[i] = 0.0; }
                    let (grad_norm, eigenvalues, value) = look(&x);
                    prop_assert_eq!((grad_norm, value), (0.0, 0.0));
                    prop_assert_eq!(eigenvalues.iter().filter(|l| l.abs() > 1e-6).count(), normal.len());
                }
                Gamma::ZeroSet(f) => {
                    // Two points on different sides, then bisection between them.
                    let far: Vec<f64> = draw.x[..dim].iter().map(|x| 20.0 * x.signum()).collect();
                    let mirrored: Vec<f64> = (0..dim).map(|i| if i == 0 { -far[0] } else { far[i] }).collect();
                    let (a, b) = if info.id == "ring" { (vec![0.1; dim], far) } else { (far, mirrored) };
                    let at = |t: f64| a.iter().zip(&b).map(|(a, b)| a + t * (b - a)).collect::<Vec<_>>();
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

/// A notion of sharpness from the eigenvalues, descending.
type Sharpness = fn(&[f64]) -> f64;

/// "flattest", "min λ1", "min λM" and "min Tr" are what they say, against a grid on Γ.
#[test]
fn marked_points_of_gamma_are_the_flattest() {
    let eigenvalues = |id: &str, x: &[f64]| LossSpec::new(id).visit(x.len(), Look(x)).1;
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
    let cases: [(&str, &str, &[Vec<f64>], Sharpness); 5] = [
        ("toy4d", "min λ1", &square, first),
        ("toy4d", "min λM", &square, |l| l[1]),
        ("toy4d", "min Tr", &square, |l| l.iter().sum()),
        ("hyperbola", "flattest", &branch, first),
        ("product3", "flattest", &sheet, first),
    ];
    for (id, label, points, sharpness) in cases {
        let landmarks = LossSpec::new(id).landmarks(points[0].len());
        let marked: Vec<_> = landmarks.iter().filter(|landmark| landmark.label == label).collect();
        assert!(!marked.is_empty(), "{id} has a landmark `{label}`");
        let lowest = least(id, points, sharpness);
        for landmark in marked {
            let here = sharpness(&eigenvalues(id, &landmark.x));
            assert!(here <= lowest + 1e-12, "{id} {landmark:?}: {here} is not the least, {lowest}");
            assert!(here >= lowest - 0.02 * lowest, "{id} {landmark:?}: the grid is too coarse to tell");
        }
    }
}
