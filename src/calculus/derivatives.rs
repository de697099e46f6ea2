//! Gradient, Hessian and third directional derivative of any loss.

use super::{Jet, Matrix, Vector};
use crate::loss::Loss;

/// ∇L(x).
#[inline]
pub fn gradient<L: Loss<D>, const D: usize>(loss: &L, x: &Vector<D>) -> Vector<D> {
    loss.gradient(&x.data.0[0]).into()
}

#[inline]
fn gradient_jet<L: Loss<D>, const D: usize>(loss: &L, x: &Vector<D>, v: &Vector<D>) -> [Jet; D] {
    loss.gradient(&std::array::from_fn(|i| Jet::along(x[i], v[i])))
}

/// H = ∇²L(x), exactly symmetric.
#[inline]
pub fn hessian<L: Loss<D>, const D: usize>(loss: &L, x: &Vector<D>) -> Matrix<D> {
    let mut h = Matrix::zeros();
    for column in 0..D {
        let mut axis = Vector::zeros();
        axis[column] = 1.0;
        let jet = gradient_jet(loss, x, &axis);
        for row in 0..D {
            h[(row, column)] = jet[row].first;
        }
    }
    // The two triangles agree up to rounding; their mean is symmetric to the last bit.
    for row in 0..D {
        for column in 0..row {
            let mean = 0.5 * (h[(row, column)] + h[(column, row)]);
            h[(row, column)] = mean;
            h[(column, row)] = mean;
        }
    }
    h
}

/// ∇³L(x)[v, v, ·], the second derivative of the gradient along v.
pub fn third<L: Loss<D>, const D: usize>(loss: &L, x: &Vector<D>, v: &Vector<D>) -> Vector<D> {
    gradient_jet(loss, x, v).map(|jet| jet.second).into()
}
