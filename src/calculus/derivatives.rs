//! Derivatives of a loss whose type and dimension are known: what steps are made of.

use super::{Jet, MatN, Vector};
use crate::loss::Loss;

/// ∇L(x).
#[inline]
pub fn gradient<L: Loss<D>, const D: usize>(loss: &L, x: &Vector<D>) -> Vector<D> {
    loss.gradient(&x.data.0[0]).into()
}

/// Hv and ∇L(x), by the jet along v.
#[inline(always)]
pub fn hessian_times<L: Loss<D>, const D: usize>(loss: &L, x: &Vector<D>, v: &Vector<D>) -> Vector<D> {
    loss.gradient(&std::array::from_fn(|i| Jet::along(x[i], v[i]))).map(|jet| jet.first).into()
}

/// H = ∇²L(x) in the coordinates that are in use, exactly symmetric.
pub fn hessian<L: Loss<D>, const D: usize>(loss: &L, x: &Vector<D>) -> MatN {
    let n = loss.dim();
    let mut columns = [[0.0; D]; D];
    for (c, column) in columns.iter_mut().enumerate().take(n) {
        let jets = loss.gradient(&std::array::from_fn(|i| Jet::along(x[i], if i == c { 1.0 } else { 0.0 })));
        *column = jets.map(|jet| jet.first);
    }
    // The two triangles agree up to rounding.
    MatN::symmetric(n, |r, c| columns[c][r])
}
