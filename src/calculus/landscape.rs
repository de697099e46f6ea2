//! A loss behind one interface, whatever its type and dimension.

use std::sync::Arc;

use super::dense::{MatN, VecN};
use super::gradients::Concrete;
use super::jet::Jet;
use crate::loss::{Loss, LossSpec, Reduction, Scalar, Visitor};

/// ∇L with its first two derivatives along a direction v.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Along {
    /// g = ∇L(x).
    pub gradient: VecN,
    /// Hv.
    pub first: VecN,
    /// ∇³L(x)[v,v,·].
    pub second: VecN,
}

/// A loss on R^n for analysis: behind a pointer, so that what is built on it exists once and not once
/// for each loss and dimension. All derivatives are exact. Points have n coordinates.
pub trait Landscape: Send + Sync + std::fmt::Debug {
    /// n.
    fn dim(&self) -> usize;

    /// L(x).
    fn value(&self, x: &VecN) -> f64;

    /// L(x + tv) for each of these v, with the bits of [`VecN::moved`].
    fn values(&self, x: &VecN, t: f64, directions: &[VecN]) -> Vec<f64>;

    /// ∇L(x).
    fn gradient(&self, x: &VecN) -> VecN;

    /// The gradient and its derivatives along v.
    fn along(&self, x: &VecN, v: &VecN) -> Along;

    /// H = ∇²L(x), exactly symmetric.
    fn hessian(&self, x: &VecN) -> MatN;

    /// The number of samples; a loss without samples is its own single sample.
    fn samples(&self) -> usize;

    /// Whether L is the mean or the sum of its samples.
    fn reduction(&self) -> Reduction;

    /// L_k as a landscape of its own, 0 ≤ k < n.
    fn sample(&self, k: usize) -> Arc<dyn Landscape>;
}

/// The landscape of a resolved spec in dimension `dim`.
#[must_use]
pub fn landscape(spec: &LossSpec, dim: usize) -> Arc<dyn Landscape> {
    spec.visit(dim, Erase)
}

/// The landscape that is measured for pictures: that of a resolved spec in dimension `dim`, but in dimension 1 where the loss
/// is of one variable and only lies in the plane.
#[must_use]
pub fn own_landscape(spec: &LossSpec, dim: usize) -> Arc<dyn Landscape> {
    spec.out_of_plane(dim).map_or_else(|| landscape(spec, dim), |own| landscape(&own, 1))
}

struct Erase;

impl Visitor for Erase {
    type Output = Arc<dyn Landscape>;

    fn visit<L: Loss<D> + Clone + Send + Sync + 'static, const D: usize>(self, loss: &L) -> Arc<dyn Landscape> {
        erase(loss.clone())
    }
}

/// A concrete loss as a landscape.
#[must_use]
pub fn erase<L: Loss<D> + Clone + Send + Sync + 'static, const D: usize>(loss: L) -> Arc<dyn Landscape> {
    Arc::new(Erased::<L, D> { loss, sample: None })
}

/// A concrete loss, or one of its samples.
struct Erased<L, const D: usize> {
    loss: L,
    sample: Option<usize>,
}

impl<L: Loss<D>, const D: usize> Erased<L, D> {
    fn gradient_at<T: Scalar>(&self, x: &[T; D]) -> [T; D] {
        Concrete::<L, D>(&self.loss).at(self.sample.as_ref().map(std::slice::from_ref), x)
    }

    // On the page a formula is there once.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn value_at(&self, x: &[f64; D]) -> f64 {
        match self.sample {
            None => self.loss.value(x),
            Some(k) => self.loss.sample_value(k, x),
        }
    }

    fn jets(&self, x: &VecN, v: &VecN) -> [Jet; D] {
        let zero = Jet { value: 0.0, first: 0.0, second: 0.0 };
        self.gradient_at(&std::array::from_fn(|i| if i < x.len() { Jet::along(x[i], v[i]) } else { zero }))
    }
}

/// The coordinates of x, zeros behind them.
fn padded<const D: usize>(x: &VecN) -> [f64; D] {
    std::array::from_fn(|i| x.get(i).copied().unwrap_or(0.0))
}

impl<L: Loss<D> + Clone + Send + Sync + 'static, const D: usize> Landscape for Erased<L, D> {
    fn dim(&self) -> usize {
        self.loss.dim()
    }

    fn value(&self, x: &VecN) -> f64 {
        self.value_at(&padded::<D>(x))
    }

    fn values(&self, x: &VecN, t: f64, directions: &[VecN]) -> Vec<f64> {
        let x = padded::<D>(x);
        let at = |v: &VecN| {
            let v = padded::<D>(v);
            self.value_at(&std::array::from_fn(|i| x[i] + t * v[i]))
        };
        directions.iter().map(at).collect()
    }

    fn gradient(&self, x: &VecN) -> VecN {
        VecN::from_slice(&self.gradient_at(&padded::<D>(x))[..x.len()])
    }

    fn along(&self, x: &VecN, v: &VecN) -> Along {
        let jets = self.jets(x, v);
        let part = |f: &dyn Fn(&Jet) -> f64| VecN::from_fn(x.len(), |i| f(&jets[i]));
        Along { gradient: part(&|jet| jet.value), first: part(&|jet| jet.first), second: part(&|jet| jet.second) }
    }

    fn hessian(&self, x: &VecN) -> MatN {
        let x = padded::<D>(x);
        let mut columns = [[0.0; D]; D];
        for (c, column) in columns.iter_mut().enumerate().take(self.dim()) {
            let jets = self.gradient_at(&std::array::from_fn(|i| Jet::along(x[i], if i == c { 1.0 } else { 0.0 })));
            *column = jets.map(|jet| jet.first);
        }
        // The two triangles agree up to rounding.
        MatN::symmetric(self.dim(), |r, c| columns[c][r])
    }

    fn samples(&self) -> usize {
        if self.sample.is_some() { 1 } else { self.loss.samples() }
    }

    fn reduction(&self) -> Reduction {
        self.loss.reduction()
    }

    fn sample(&self, k: usize) -> Arc<dyn Landscape> {
        // A sample's only sample is itself.
        Arc::new(Self { loss: self.loss.clone(), sample: self.sample.or(Some(k)) })
    }
}

impl<L, const D: usize> std::fmt::Debug for Erased<L, D> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "a loss in R^{D}, sample {:?}", self.sample)
    }
}

/// ∇³L(x)[u,v,·] by polarization of the exact ∇³L[w,w,·].
#[must_use]
pub fn third_mixed(loss: &dyn Landscape, x: &VecN, u: &VecN, v: &VecN) -> VecN {
    (loss.along(x, &(*u + *v)).second - loss.along(x, &(*u - *v)).second) * 0.25
}
