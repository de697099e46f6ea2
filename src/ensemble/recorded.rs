//! One update of a run, recorded, to be made in f32.

use crate::loss::{DIM_MAX, Operations, Recorded, RecordedLoss, Scalar, record};
use crate::optimizer::{Method, Objective, Update, UpdateVisitor};

/// What an update is recorded of.
#[derive(Clone, Copy, Debug)]
pub struct RecordedUpdate {
    /// D.
    pub dim: usize,
    /// The samples, each with a weight; 0 where the whole loss is meant.
    pub weights: usize,
    /// Whether there is momentum.
    pub has_momentum: bool,
    /// Whether ρ is 0, which is another algorithm.
    pub is_unperturbed: bool,
}

/// Below this f32 loses a coordinate, which the underflow hold of f64 keeps for a long time yet.
const VANISHING: f64 = 1e-37;

/// One update of a method on a loss: of x, with momentum v, η, ρ, β and the weights; it gives the next x, with momentum the next v,
/// and 1 where f32 cannot make the update, else 0; then ‖x‖². `None` where the method has no update for it.
#[must_use]
pub fn recorded_update(method: Method, loss: &RecordedLoss, of: RecordedUpdate) -> Option<Operations> {
    let RecordedUpdate { dim, weights, has_momentum, is_unperturbed } = of;
    let kept = if has_momentum { 2 * dim } else { dim };
    let mut is_there = true;
    let operations = record(kept + 3 + weights, |inputs| {
        let (x, rest) = inputs.split_at(dim);
        let (v, rest) = rest.split_at(kept - dim);
        let (&[eta, rho, beta], weights) = rest.split_at(3) else { unreachable!("three settings") };
        let rho = if is_unperturbed { Recorded::constant(0.0) } else { rho };
        let made = method.visit_update(Made { loss: &OnRecording { loss, weights, dim }, x, rho }).flatten();
        let Some((mut u, mut rare)) = made else {
            is_there = false;
            return Vec::new();
        };
        if has_momentum {
            u = v.iter().zip(&u).map(|(&v, &u)| v * beta + u).collect();
        }
        let next: Vec<Recorded> = x.iter().zip(&u).map(|(&x, &u)| x - u * eta).collect();
        for (&x, &next) in x.iter().zip(&next) {
            rare = vanishing(x, next, rare);
        }
        let squared = next.iter().fold(Recorded::constant(0.0), |sum, &x| sum + x * x);
        let momentum = if has_momentum { u } else { Vec::new() };
        [next, momentum, vec![rare, squared]].concat()
    });
    is_there.then_some(operations)
}

/// 1 where a coordinate has become too small for f32; what larger numbers cancel to, and what was 0, stays.
fn vanishing(x: Recorded, next: Recorded, rare: Recorded) -> Recorded {
    let (zero, one, least) = (Recorded::constant(0.0), Recorded::constant(1.0), Recorded::constant(VANISHING));
    let cancelled = Recorded::choose(least.is_below(x.abs()), rare, one);
    let small = Recorded::choose(next.equals(zero), cancelled, one);
    let small = Recorded::choose(x.equals(zero), rare, small);
    Recorded::choose(next.abs().is_below(least), small, rare)
}

/// Makes the update of a point.
struct Made<'a> {
    loss: &'a OnRecording<'a>,
    x: &'a [Recorded],
    rho: Recorded,
}

impl UpdateVisitor for Made<'_> {
    type Output = Option<(Vec<Recorded>, Recorded)>;

    /// Curvature across the gradient is a difference of which f32 leaves no digits near Γ.
    fn visit<U: Update>(self) -> Self::Output {
        if U::NEEDS_CURVATURE {
            return None;
        }
        let mut rare = Recorded::constant(0.0);
        let Some(u) = U::u::<_, _, DIM_MAX>(self.loss, &padded(self.x), self.rho, &mut rare) else {
            unreachable!("what is recorded marks what is rare");
        };
        Some((u[..self.x.len()].to_vec(), rare))
    }
}

/// A recorded loss, whole or with weights, in the largest dimension.
struct OnRecording<'a> {
    loss: &'a RecordedLoss,
    weights: &'a [Recorded],
    dim: usize,
}

impl Objective<Recorded, DIM_MAX> for OnRecording<'_> {
    fn gradient(&self, x: &[Recorded; DIM_MAX]) -> [Recorded; DIM_MAX] {
        let point = &x[..self.dim];
        padded(&match &self.loss.weighted {
            Some(weighted) => weighted.run(&[point, self.weights].concat()),
            None => self.loss.gradient.run(point),
        })
    }

    fn hessian_times(&self, _x: &[Recorded; DIM_MAX], _v: &[Recorded; DIM_MAX]) -> [Recorded; DIM_MAX] {
        unreachable!("asked before")
    }
}

fn padded(own: &[Recorded]) -> [Recorded; DIM_MAX] {
    std::array::from_fn(|i| own.get(i).copied().unwrap_or(Recorded::constant(0.0)))
}
