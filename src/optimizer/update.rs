//! Updates that are written once, for one number and for many: for the run that steps alone and for those that step together.

use crate::calculus::{Gradients, Vector, norm};
use crate::loss::{Scalar, array};

/// Numbers that updates are made of.
///
/// Where the usual formulas don't hold (a vector whose square over- or underflows, or that has no direction), one number says
/// so by `None`, and many by marking it in [`Rare`](Self::Rare); then the scalar rule has to make the update.
pub trait Number: Scalar {
    /// Which of the numbers are meant.
    type Rare;

    /// ‖v‖, no less than the smallest normal number.
    fn length<const D: usize>(v: &[Self; D], rare: &mut Self::Rare) -> Option<Self>;

    /// v/‖v‖.
    fn unit<const D: usize>(v: &[Self; D], rare: &mut Self::Rare) -> Option<[Self; D]>;

    /// Whether it is 0, each of them where it is many.
    fn is_zero(self) -> bool;
}

impl Number for f64 {
    type Rare = ();

    #[inline(always)]
    fn length<const D: usize>(v: &[Self; D], (): &mut ()) -> Option<Self> {
        let length = norm(&Vector::from(*v));
        if length < Self::MIN_POSITIVE { None } else { Some(length) }
    }

    #[inline]
    fn unit<const D: usize>(v: &[Self; D], (): &mut ()) -> Option<[Self; D]> {
        let largest = v.iter().fold(0.0_f64, |largest, c| largest.max(c.abs()));
        if largest == 0.0 || !v.iter().all(|c| c.is_finite()) {
            return None;
        }
        // Scaled first: the reciprocal of a subnormal length overflows.
        let scaled = v.map(|c| c / largest);
        let inverse = 1.0 / norm(&Vector::from(scaled));
        Some(scaled.map(|c| c * inverse))
    }

    #[inline(always)]
    fn is_zero(self) -> bool {
        self == 0.0
    }
}

/// What an update asks of a loss on R^D, at points of such numbers.
pub trait Objective<T, const D: usize> {
    /// ∇L(x).
    fn gradient(&self, x: &[T; D]) -> [T; D];

    /// H(x)v.
    fn hessian_times(&self, x: &[T; D], v: &[T; D]) -> [T; D];
}

/// The whole loss, or a batch of its samples.
#[derive(Debug)]
pub struct Part<'a, G: ?Sized> {
    /// The loss.
    pub loss: &'a G,
    /// The samples, where it is not the whole one.
    pub batch: Option<&'a [usize]>,
}

impl<T, G: Gradients<T, D> + ?Sized, const D: usize> Objective<T, D> for Part<'_, G> {
    #[inline(always)]
    fn gradient(&self, x: &[T; D]) -> [T; D] {
        self.loss.gradient(self.batch, x)
    }

    #[inline(always)]
    fn hessian_times(&self, x: &[T; D], v: &[T; D]) -> [T; D] {
        self.loss.hessian_times(self.batch, x, v)
    }
}

/// A method's update.
pub trait Update {
    /// Whether it asks for H(x)v.
    const NEEDS_CURVATURE: bool = false;

    /// u(x), with the perturbation radius ρ; ρ = 0 is the base algorithm, to the last bit, where it is 0 for each number.
    fn u<T: Number, O: Objective<T, D>, const D: usize>(
        loss: &O,
        x: &[T; D],
        rho: T,
        rare: &mut T::Rare,
    ) -> Option<[T; D]>;
}

/// What is done with a method's update, whatever its type.
pub trait UpdateVisitor {
    /// What it gives back.
    type Output;
    /// Does it.
    fn visit<U: Update>(self) -> Self::Output;
}

/// A method's runs: whether they can step together.
pub(super) trait Together {
    /// Calls `visitor` with the update, where there is one for many.
    fn visit<V: UpdateVisitor>(visitor: V) -> Option<V::Output>;
}

impl<U: Update> Together for U {
    fn visit<V: UpdateVisitor>(visitor: V) -> Option<V::Output> {
        Some(visitor.visit::<U>())
    }
}

/// The method's update is written for one number alone.
pub(super) struct Alone;

impl Together for Alone {
    fn visit<V: UpdateVisitor>(_visitor: V) -> Option<V::Output> {
        None
    }
}

/// The update of one run; `rare` makes it where the usual formulas don't hold.
// Always inlined, or the iterate would go through memory twice per step (measured: 1.5 × slower).
#[inline(always)]
pub(super) fn update_or<U: Update, G: Gradients<f64, D> + ?Sized, const D: usize>(
    part: &Part<G>,
    x: &Vector<D>,
    rho: f64,
    rare: impl FnOnce() -> Vector<D>,
) -> Vector<D> {
    match U::u(part, &x.data.0[0], rho, &mut ()) {
        Some(u) => u.into(),
        None => rare(),
    }
}

/// x + tv.
#[inline(always)]
pub(super) fn moved<T: Scalar, const D: usize>(x: &[T; D], t: T, v: &[T; D]) -> [T; D] {
    array(|i| x[i] + v[i] * t)
}

/// aᵀb, summed in the order of the coordinates.
#[inline(always)]
pub(super) fn dot<T: Scalar, const D: usize>(a: &[T; D], b: &[T; D]) -> T {
    let mut sum = a[0] * b[0];
    for i in 1..D {
        sum = sum + a[i] * b[i];
    }
    sum
}
