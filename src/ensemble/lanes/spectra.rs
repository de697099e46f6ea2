//! The eigenvalues of the Hessians at many points.

use std::marker::PhantomData;

use super::pack::{PACKED, Pack};
use super::{CURVATURE, Registers, portable};
#[cfg(target_arch = "x86_64")]
use super::{avx2, avx512};
use crate::calculus::{Concrete, Gradients, PointerVisitor, VecN, descend, eigenvalues};
use crate::ensemble::Points;
use crate::loss::{Loss, LossSpec, Visitor, Work, array};

/// λ1 ≥ … ≥ λD at each of the points, with the bits that they have alone; `None` where a Hessian is not finite, and everywhere where
/// code for many of them at once would have to be loaded.
pub(in crate::ensemble) fn spectra(loss: &LossSpec, points: &Points) -> Vec<Option<VecN>> {
    if CURVATURE {
        loss.visit(points.dim(), All { points, registers: Registers::widest() })
    } else {
        vec![None; points.len()]
    }
}

pub(super) struct All<'a> {
    pub points: &'a Points,
    pub registers: Registers,
}

impl Visitor for All<'_> {
    type Output = Vec<Option<VecN>>;

    fn visit<L: Loss<D> + Clone + Send + Sync + 'static, const D: usize>(self, loss: &L) -> Self::Output {
        let loss = Concrete::<L, D>(loss);
        match self.registers {
            #[cfg(target_arch = "x86_64")]
            Registers::Avx512 => loss.behind_pointer(In::<avx512::Avx512>(self.points, PhantomData)),
            #[cfg(target_arch = "x86_64")]
            Registers::Avx2 => loss.behind_pointer(In::<avx2::Avx2>(self.points, PhantomData)),
            Registers::Portable => loss.behind_pointer(In::<portable::Portable>(self.points, PhantomData)),
        }
    }
}

struct In<'a, P>(&'a Points, PhantomData<P>);

impl<P: Pack> PointerVisitor<P> for In<'_, P> {
    type Output = Vec<Option<VecN>>;

    fn visit<const D: usize>(self, loss: &dyn Gradients<P, D>) -> Self::Output {
        let points = self.0;
        let of_pack = |first: usize| {
            let there = PACKED.min(points.len() - first);
            // Places that are left over have the last point's numbers.
            let coordinate = |i: usize| P::of(std::array::from_fn(|k| points.coordinate(i)[first + k.min(there - 1)]));
            let x = array(|i| if i < points.dim() { coordinate(i) } else { P::constant(0.0) });
            let (values, finite) = P::vectorized(Decomposed { loss, x, n: points.dim() });
            let values: Vec<[f64; PACKED]> = values[..points.dim()].iter().map(|values| values.numbers()).collect();
            (0..there).map(move |k| {
                let mut own = VecN::from_fn(values.len(), |i| values[i][k]);
                descend(&mut own);
                (finite >> k & 1 == 1).then_some(own)
            })
        };
        (0..points.len()).step_by(PACKED).flat_map(of_pack).collect()
    }
}

/// The Hessians at the points of a pack.
struct Decomposed<'a, P, const D: usize> {
    loss: &'a dyn Gradients<P, D>,
    x: [P; D],
    n: usize,
}

impl<P: Pack, const D: usize> Work for Decomposed<'_, P, D> {
    /// The eigenvalues in no order, and where they hold, as bits.
    type Output = ([P; D], u32);

    #[inline(always)]
    fn run(self) -> Self::Output {
        let Self { loss, x, n } = self;
        let zero = P::constant(0.0);
        let mut columns = [[zero; D]; D];
        for (c, column) in columns.iter_mut().enumerate().take(n) {
            let axis = array(|i| P::constant(if i == c { 1.0 } else { 0.0 }));
            *column = loss.hessian_times(None, &x, &axis);
        }
        // As MatN is made symmetric; what is not finite leaves NaN.
        let (mut a, mut trace) = ([[zero; D]; D], zero);
        for r in 0..n {
            for c in 0..r {
                let mean = (columns[c][r] + columns[r][c]) * 0.5;
                (a[r][c], a[c][r]) = (mean, mean);
                trace = trace + mean * 0.0;
            }
            a[r][r] = columns[r][r];
            trace = trace + a[r][r] * 0.0;
        }
        (eigenvalues(n, a), P::bits(trace.equals(zero)))
    }
}
