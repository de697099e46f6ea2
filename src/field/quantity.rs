//! The map's quantities, computed row by row so that a picture can grow while the program stays
//! responsive.

use super::{Grid, Slice};
use crate::calculus::{Eigen, Vector, hessian};
use crate::loss::{Loss, LossSpec, Visitor};
use crate::run::MapQuantity;

/// An eigenvalue counts as non-zero above this times max|λ|.
const RANK: f64 = 1e-6;

/// λM, the smallest eigenvalue that is not zero; 0 for a zero matrix. `values` descend.
#[must_use]
pub fn lambda_m(values: &[f64]) -> f64 {
    let scale = values.iter().fold(0.0_f64, |scale, value| scale.max(value.abs()));
    values.iter().rev().copied().find(|value| value.abs() > RANK * scale).unwrap_or(0.0)
}

/// What a field is, and the part of it that has been computed.
#[derive(Clone, Debug)]
pub struct FieldJob {
    loss: LossSpec,
    slice: Slice,
    quantity: MapQuantity,
    grid: Grid,
    next_row: usize,
}

impl FieldJob {
    /// A field of `width` × `height` nodes over `bounds`, not yet computed.
    #[must_use]
    pub fn new(
        loss: LossSpec,
        slice: Slice,
        quantity: MapQuantity,
        [width, height]: [usize; 2],
        bounds: [f64; 4],
    ) -> Self {
        Self { loss, slice, quantity, grid: Grid::new(width, height, bounds), next_row: 0 }
    }

    /// Whether this is the field of that description.
    #[must_use]
    pub fn is_for(
        &self,
        loss: &LossSpec,
        slice: &Slice,
        quantity: MapQuantity,
        size: [usize; 2],
        bounds: [f64; 4],
    ) -> bool {
        self.quantity == quantity
            && self.grid.bounds == bounds
            && [self.grid.width, self.grid.height] == size.map(|n| n.max(2))
            && self.slice == *slice
            && self.loss == *loss
    }

    /// Computes up to `rows` more rows.
    pub fn advance(&mut self, rows: usize) {
        let last = (self.next_row + rows).min(self.grid.height);
        let (loss, dim) = (self.loss.clone(), self.slice.base.len());
        loss.visit(dim, Rows { job: self, last });
    }

    /// Whether every row is there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.next_row == self.grid.height
    }

    /// The values so far.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        &self.grid
    }
}

struct Rows<'a> {
    job: &'a mut FieldJob,
    last: usize,
}

impl Visitor for Rows<'_> {
    type Output = ();

    fn visit<L: Loss<D>, const D: usize>(self, loss: &L) {
        let Self { job, last } = self;
        let mut x = Vector::<D>::from_column_slice(&job.slice.base);
        let [a, b] = job.slice.axes;
        for row in job.next_row..last {
            x[b] = job.grid.v(row as f64);
            for column in 0..job.grid.width {
                x[a] = job.grid.u(column as f64);
                job.grid.values[row * job.grid.width + column] = quantity_at(job.quantity, loss, &x);
            }
        }
        job.next_row = last;
    }
}

#[inline]
fn quantity_at<L: Loss<D>, const D: usize>(quantity: MapQuantity, loss: &L, x: &Vector<D>) -> f64 {
    match quantity {
        MapQuantity::Loss => loss.value(&x.data.0[0]),
        MapQuantity::Lambda1 => Eigen::new(&hessian(loss, x)).values[0],
        MapQuantity::LambdaM => lambda_m(&Eigen::new(&hessian(loss, x)).values),
        MapQuantity::Trace => hessian(loss, x).trace(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f1(u: f64, v: f64) -> f64 {
        u * u + 6.0 * v * v + 8.0
    }

    fn f2(u: f64, v: f64) -> f64 {
        4.0 * (1.0 - u) * (1.0 - u) + (1.0 - v) * (1.0 - v) + 1.0
    }

    type ClosedForm = fn(f64, f64) -> f64;

    #[test]
    fn over_gamma_the_toy_shows_two_f1_two_f2_and_their_sum() {
        let loss = LossSpec::new("toy4d");
        let slice = Slice { base: vec![0.0; 4], axes: [0, 1] };
        let bounds = [0.0, 1.0, 0.0, 1.0];
        let expected: [(MapQuantity, ClosedForm); 3] = [
            (MapQuantity::Lambda1, |u, v| 2.0 * f1(u, v)),
            (MapQuantity::LambdaM, |u, v| 2.0 * f2(u, v)),
            (MapQuantity::Trace, |u, v| 2.0 * (f1(u, v) + f2(u, v))),
        ];
        for (quantity, closed_form) in expected {
            let mut job = FieldJob::new(loss.clone(), slice.clone(), quantity, [7, 5], bounds);
            while !job.is_complete() {
                job.advance(2);
            }
            let reference = Grid::filled(7, 5, bounds, closed_form);
            for (got, want) in job.grid().values.iter().zip(&reference.values) {
                assert!((got - want).abs() < 1e-12 * want, "{quantity:?}: {got} instead of {want}");
            }
        }
    }
}
