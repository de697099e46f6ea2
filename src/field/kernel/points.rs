//! A quantity over a plane, in f32.

use super::Kernel;
use super::program::{Begun, Data, Ended};
use crate::calculus::{Eigen, Jet, MatN, VecN, lambda_m};
use crate::field::{Field, Plane, Values};
use crate::loss::{LossSpec, Operations, Recorded, RecordedLoss, Scalar, record};
use crate::optimizer::Number;
use crate::sharpness::{MapQuantity, sphere_points};

/// Between these shares of the largest eigenvalue f32 cannot tell one that is zero from one that is not.
const UNCERTAIN: [f64; 2] = [1e-9, 1e-4];

/// What is computed of a point.
#[derive(Debug)]
pub(super) struct Points {
    quantity: MapQuantity,
    /// The loss's own dimension.
    dim: usize,
    rho: f64,
    kept: usize,
    /// The points of a mean over the sphere, with their weights.
    sphere: Vec<(VecN, f64)>,
}

impl Points {
    pub fn of(field: &Field, quantity: MapQuantity, plane: &Plane) -> Result<(Self, Kernel), String> {
        let rho = field.run().optimizer.rho;
        let whole = plane.slice.base.len();
        let (spec, dim) = own_loss(&field.scenario.loss, whole);
        let loss = RecordedLoss::of(&spec, dim, false);
        let is_mean = matches!(quantity, MapQuantity::LAvg | MapQuantity::RAvg);
        let kept = match quantity {
            MapQuantity::Lambda1 | MapQuantity::LambdaM => dim * (dim + 1) / 2,
            MapQuantity::LMax | MapQuantity::RMax => return Err("it is searched for".to_owned()),
            MapQuantity::Loss
            | MapQuantity::Trace
            | MapQuantity::LAsc
            | MapQuantity::RAsc
            | MapQuantity::LAvg
            | MapQuantity::RAvg => 1,
        };
        let sphere = if is_mean { sphere_points(dim) } else { Vec::new() };
        let data = if is_mean { dim + 1 } else { 0 };
        let operations = record(kept + dim + 1 + data, |inputs| {
            let (before, rest) = inputs.split_at(kept);
            let (x, rest) = rest.split_at(dim);
            let mut rare = Recorded::constant(0.0);
            let mut outputs = match quantity {
                MapQuantity::Loss => loss.value.run(x),
                MapQuantity::Lambda1 | MapQuantity::LambdaM => {
                    let h = hessian(&loss.gradient, x);
                    (0..dim).flat_map(|c| h[c][..=c].to_vec()).collect()
                }
                MapQuantity::Trace => {
                    let h = hessian(&loss.gradient, x);
                    vec![(1..dim).fold(h[0][0], |sum, i| sum + h[i][i])]
                }
                MapQuantity::LAsc | MapQuantity::RAsc => vec![ascent(&loss, quantity, x, rest[0], &mut rare)],
                MapQuantity::LAvg | MapQuantity::RAvg => {
                    let (u, weight) = (&rest[1..=dim], rest[dim + 1]);
                    let there = along(&loss, x, rest[0], u);
                    let rise = if quantity == MapQuantity::RAvg { there - loss.value.run(x)[0] } else { there };
                    vec![before[0] + rise * weight]
                }
                MapQuantity::LMax | MapQuantity::RMax => unreachable!("refused"),
            };
            outputs.push(rare);
            outputs
        });
        let kernel = Kernel::new(operations, [kept, dim + 1, data], false)?;
        Ok((Self { quantity, dim, rho, kept, sphere }, kernel))
    }

    /// The updates that a node needs.
    pub fn updates(&self) -> u64 {
        self.sphere.len().max(1) as u64
    }

    /// A direction and its weight for each.
    pub fn data(&self) -> Data<'_> {
        Box::new(|update, _, put| {
            if let Some((u, weight)) = self.sphere.get(update as usize) {
                u.iter().for_each(|&component| put(component));
                put(*weight);
            }
        })
    }

    pub fn begun(&self, field: &Field, nodes: &[usize]) -> Vec<Begun> {
        let of = |&node: &usize| {
            let x = field.start(node).unwrap_or_default();
            let numbers = [&vec![0.0; self.kept][..], &x[..self.dim], &[self.rho]].concat();
            Begun { updates: self.updates() as u32, numbers, is_rare: false }
        };
        nodes.iter().map(of).collect()
    }

    pub fn finish(&self, field: &Field, nodes: &[usize], ended: &[Ended]) -> Vec<f64> {
        let mut values: Vec<f64> = ended.iter().map(|ended| self.value(ended).unwrap_or(f64::NAN)).collect();
        let anew: Vec<usize> = (0..nodes.len()).filter(|&k| values[k].is_nan()).collect();
        let those: Vec<usize> = anew.iter().map(|&k| nodes[k]).collect();
        if let Values::Numbers(exact) = field.compute(&those) {
            for (k, value) in anew.into_iter().zip(exact) {
                values[k] = value;
            }
        }
        values
    }

    /// `None` where f32 cannot tell.
    fn value(&self, ended: &Ended) -> Option<f64> {
        if ended.is_rare() {
            return None;
        }
        if !matches!(self.quantity, MapQuantity::Lambda1 | MapQuantity::LambdaM) {
            return Some(ended.number(0));
        }
        let entry = |r: usize, c: usize| ended.number(r.max(c) * (r.max(c) + 1) / 2 + r.min(c));
        let values = Eigen::new(&MatN::symmetric(self.dim, entry)).values;
        let scale = values.iter().fold(0.0_f64, |scale, value| scale.max(value.abs()));
        let is_uncertain =
            |value: &f64| (UNCERTAIN[0] * scale..UNCERTAIN[1] * scale).contains(&value.abs()) && scale > 0.0;
        match self.quantity {
            MapQuantity::Lambda1 => Some(values[0]),
            _ if values.iter().any(is_uncertain) => None,
            _ => Some(lambda_m(&values)),
        }
    }
}

/// The loss that is measured, as `own_landscape` has it.
fn own_loss(loss: &LossSpec, dim: usize) -> (LossSpec, usize) {
    loss.out_of_plane(dim).map_or_else(|| (loss.clone(), dim), |own| (own, 1))
}

/// The Hessian's columns.
fn hessian(gradient: &Operations, x: &[Recorded]) -> Vec<Vec<Recorded>> {
    let axis = |c: usize, i: usize| Recorded::constant(if i == c { 1.0 } else { 0.0 });
    let column = |c: usize| {
        let jets: Vec<_> = x.iter().enumerate().map(|(i, &x)| Jet::along(x, axis(c, i))).collect();
        gradient.run(&jets).iter().map(|jet| jet.first).collect()
    };
    (0..x.len()).map(column).collect()
}

/// L(x + tv).
fn along(loss: &RecordedLoss, x: &[Recorded], t: Recorded, v: &[Recorded]) -> Recorded {
    let there: Vec<Recorded> = x.iter().zip(v).map(|(&x, &v)| x + v * t).collect();
    loss.value.run(&there)[0]
}

/// L^Asc or R^Asc.
fn ascent(loss: &RecordedLoss, quantity: MapQuantity, x: &[Recorded], rho: Recorded, rare: &mut Recorded) -> Recorded {
    let g: [Recorded; crate::loss::DIM_MAX] = {
        let own = loss.gradient.run(x);
        std::array::from_fn(|i| own.get(i).copied().unwrap_or(Recorded::constant(0.0)))
    };
    let Some(direction) = Number::unit(&g, rare) else { unreachable!("what is recorded marks what is rare") };
    let there = along(loss, x, rho, &direction[..x.len()]);
    if quantity == MapQuantity::LAsc { there } else { there - loss.value.run(x)[0] }
}
