//! The map's quantities, computed row by row so that a picture can grow while the program stays
//! responsive.

use std::ops::Range;
use std::sync::Arc;

use super::{Grid, Nodes, Plane, Slice};
use crate::calculus::{Landscape, own_landscape};
use crate::loss::LossSpec;
use crate::sharpness::{At, Effort, MapQuantity};

/// What a field shows, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldSpec {
    /// The loss.
    pub loss: LossSpec,
    /// The plane.
    pub slice: Slice,
    /// The quantity.
    pub quantity: MapQuantity,
    /// Perturbation radius ρ, for the quantities that have one.
    pub rho: f64,
    /// Nodes per row and rows, each at least 2.
    pub size: [usize; 2],
    /// u min, u max, v min, v max.
    pub bounds: [f64; 4],
}

impl FieldSpec {
    /// A quantity over the nodes of a plane.
    #[must_use]
    pub fn new(loss: &LossSpec, plane: &Plane, quantity: MapQuantity, rho: f64) -> Self {
        let Plane { slice, size, bounds } = plane.clone();
        Self { loss: loss.clone(), slice, quantity, rho, size, bounds }
    }

    /// The values at some nodes, counted row by row from u min, v min.
    #[must_use]
    pub fn values(&self, nodes: Range<usize>) -> Vec<f64> {
        self.values_of(own_landscape(&self.loss, self.slice.base.len()).as_ref(), nodes)
    }

    fn values_of(&self, loss: &dyn Landscape, nodes: Range<usize>) -> Vec<f64> {
        let [u, v] = self.nodes();
        let value = self.quantity.info().value;
        let mut x = self.slice.base.clone();
        let at = |node: usize| {
            x[self.slice.axes[0]] = u.at(node % u.count);
            x[self.slice.axes[1]] = v.at(node / u.count);
            value(&At::new(loss, &x, self.rho, f64::NAN))
        };
        nodes.map(at).collect()
    }

    fn nodes(&self) -> [Nodes; 2] {
        let [u0, u1, v0, v1] = self.bounds;
        [Nodes::linear(u0, u1, self.size[0]), Nodes::linear(v0, v1, self.size[1])]
    }
}

/// What a map says of its grey places, where the quantity has no value, with `_{…}` and `^{…}` as in its symbol; nothing where it
/// has a value at every node.
#[must_use]
pub fn grey_note(quantity: MapQuantity, grid: &Grid) -> Option<String> {
    let info = quantity.info();
    let why = if info.effort == Effort::Step { "undefined where g = 0, as on Γ" } else { "undefined" };
    grid.values.iter().any(|value| value.is_nan()).then(|| format!("grey: {} is {why}", info.symbol))
}

/// A field and the part of it that has been computed.
#[derive(Clone, Debug)]
pub struct FieldJob {
    spec: FieldSpec,
    landscape: Arc<dyn Landscape>,
    grid: Grid,
    next_row: usize,
}

impl FieldJob {
    /// A field that is not yet computed.
    #[must_use]
    pub fn new(spec: FieldSpec) -> Self {
        let landscape = own_landscape(&spec.loss, spec.slice.base.len());
        let [width, height] = spec.size;
        let grid = Grid::new(width, height, spec.bounds);
        Self { spec, landscape, grid, next_row: 0 }
    }

    /// What it is.
    #[must_use]
    pub fn spec(&self) -> &FieldSpec {
        &self.spec
    }

    /// Computes up to `rows` more rows.
    pub fn advance(&mut self, rows: usize) {
        let last = (self.next_row + rows).min(self.grid.height);
        let nodes = self.next_row * self.grid.width..last * self.grid.width;
        let values = self.spec.values_of(self.landscape.as_ref(), nodes.clone());
        self.grid.values[nodes].copy_from_slice(&values);
        self.next_row = last;
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
            let (loss, slice) = (loss.clone(), slice.clone());
            let mut job = FieldJob::new(FieldSpec { loss, slice, quantity, rho: 0.1, size: [7, 5], bounds });
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
