//! A quantity over a plane.

use super::{Field, Grid, Kind, Plane};
use crate::calculus::own_landscape;
use crate::ensemble::{Points, Spectra};
use crate::loss::LossSpec;
use crate::run::{OptimizerSpec, Scenario};
use crate::sharpness::{At, Effort, MapQuantity};

impl Field {
    /// A quantity over the nodes of a plane, with this perturbation radius ρ ≥ 0 where it has one.
    #[must_use]
    pub fn of_quantity(loss: &LossSpec, plane: Plane, quantity: MapQuantity, rho: f64) -> Self {
        let scenario = Scenario {
            loss: loss.clone(),
            init: plane.slice.base.clone(),
            optimizers: vec![OptimizerSpec { rho, ..OptimizerSpec::default() }],
            ..Scenario::default()
        };
        Self { scenario, kind: Kind::Quantity { quantity, plane } }
    }
}

/// Nodes that are looked at together: few enough to stay in the processor's nearest memory.
const TOGETHER: usize = 64;

/// The values at some nodes of a plane, counted row by row from u min, v min.
pub(super) fn values(loss: &LossSpec, plane: &Plane, quantity: MapQuantity, rho: f64, nodes: &[usize]) -> Vec<f64> {
    let slice = &plane.slice;
    let dim = slice.base.len();
    let measured = own_landscape(loss, dim);
    let [u, v] = plane.nodes();
    let value = quantity.info().value;
    let move_to = |x: &mut Vec<f64>, node: usize| {
        x[slice.axes[0]] = u.at(node % u.count);
        x[slice.axes[1]] = v.at(node / u.count);
    };
    let mut x = slice.base.clone();
    let of_some = |nodes: &[usize]| {
        let spectra = Spectra::new(loss, || {
            let (mut points, mut x) = (Points::new(dim, nodes.len()), slice.base.clone());
            for (k, &node) in nodes.iter().enumerate() {
                move_to(&mut x, node);
                points.put(k, &x);
            }
            points
        });
        let at = |(k, &node): (usize, &usize)| {
            move_to(&mut x, node);
            let mut at = At::new(measured.as_ref(), &x, rho, f64::NAN);
            // A loss of one variable is measured in a dimension of its own.
            if measured.dim() == dim {
                at.is_among(&spectra, k);
            }
            value(&at)
        };
        nodes.iter().enumerate().map(at).collect::<Vec<_>>()
    };
    nodes.chunks(TOGETHER).flat_map(of_some).collect()
}

/// What a map says of its grey places, where the quantity has no value, with `_{…}` and `^{…}` as in its symbol; nothing where it
/// has a value at every node.
#[must_use]
pub fn grey_note(quantity: MapQuantity, grid: &Grid) -> Option<String> {
    let info = quantity.info();
    let why = if info.effort == Effort::Step { "undefined where g = 0, as on Γ" } else { "undefined" };
    grid.values.iter().any(|value| value.is_nan()).then(|| format!("grey: {} is {why}", info.entry.symbol))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{Slice, Values};

    fn f1(u: f64, v: f64) -> f64 {
        u * u + 6.0 * v * v + 8.0
    }

    fn f2(u: f64, v: f64) -> f64 {
        4.0 * (1.0 - u) * (1.0 - u) + (1.0 - v) * (1.0 - v) + 1.0
    }

    type ClosedForm = fn(f64, f64) -> f64;

    #[test]
    fn over_gamma_the_toy_shows_two_f1_two_f2_and_their_sum() {
        let slice = Slice { base: vec![0.0; 4], axes: [0, 1] };
        let plane = Plane { slice, size: [7, 5], bounds: [0.0, 1.0, 0.0, 1.0] };
        let expected: [(MapQuantity, ClosedForm); 3] = [
            (MapQuantity::Lambda1, |u, v| 2.0 * f1(u, v)),
            (MapQuantity::LambdaM, |u, v| 2.0 * f2(u, v)),
            (MapQuantity::Trace, |u, v| 2.0 * (f1(u, v) + f2(u, v))),
        ];
        for (quantity, closed_form) in expected {
            let field = Field::of_quantity(&LossSpec::new("toy4d"), plane.clone(), quantity, 0.1);
            let Values::Numbers(values) = field.compute_all() else { panic!("a quantity has numbers") };
            let reference = Grid::filled(7, 5, plane.bounds, closed_form);
            for (got, want) in values.iter().zip(&reference.values) {
                assert!((got - want).abs() < 1e-12 * want, "{quantity:?}: {got} instead of {want}");
            }
        }
    }
}
