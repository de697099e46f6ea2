//! The lines in the plane of η and ρ at which theory says that something changes.

use super::cycle::saddle_trap;
use super::law::locking;
use super::phi::phi;
use crate::calculus::{Eigen, Landscape, VecN, landscape};
use crate::optimizer::{Law, Method};
use crate::run::RunSpec;

/// The points of a curve.
const POINTS: u32 = 129;

/// A line in the plane of η and ρ.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// What it is.
    pub name: &'static str,
    /// Where, as points (η, ρ), ascending in η or, on a line of constant η, in ρ.
    pub line: Vec<[f64; 2]>,
}

/// The bounds for a run's loss and method, with `etas` and `rhos` from the least to the greatest, both above 0. Those of a minimum
/// are for the landmark where λ1 is least, or else for Φ of the start.
#[must_use]
pub fn bounds(run: &RunSpec, etas: [f64; 2], rhos: [f64; 2]) -> Vec<Bound> {
    let loss = landscape(&run.loss, run.init.len());
    let at_eta = |name, eta: f64| Bound { name, line: vec![[eta, rhos[0]], [eta, rhos[1]]] };
    let at_rho = |name, rho: f64| Bound { name, line: vec![[etas[0], rho], [etas[1], rho]] };
    let curve = |name, rho: &dyn Fn(f64) -> f64| {
        let eta = |k: u32| etas[0] + (etas[1] - etas[0]) * f64::from(k) / f64::from(POINTS - 1);
        let points = (0..POINTS).map(|k| [eta(k), rho(eta(k))]);
        Bound { name, line: points.filter(|[_, rho]| rho.is_finite()).collect() }
    };
    let (method, is_sam) = (run.optimizer.id, run.optimizer.id == Method::Sam);
    let side = match method.info().drift.and_then(|drift| drift.law) {
        Some(Law::Cycle(side)) => Some(side),
        Some(Law::CycleOfEachSample) | None => None,
    };
    // With momentum the 2-cycle, its end and the edge are those of η/(1+β) (fact 23).
    let beta = run.optimizer.beta;
    let slowed = 1.0 + beta;
    let named = |plain, with_momentum| if beta == 0.0 { plain } else { with_momentum };
    let mut all = Vec::new();
    if let Some(x) = minimum(run, loss.as_ref()) {
        let lambda_1 = Eigen::new(&loss.hessian(&x)).values[0];
        if method == Method::Gd || side.is_some() {
            all.push(at_eta(named("ηλ_{1} = 2", "ηλ_{1} = 2(1+β)"), 2.0 * slowed / lambda_1));
        }
        if let Some(side) = side {
            all.push(curve("ρ*: the 2-cycle locks below", &|eta| locking(loss.as_ref(), &x, side, eta / slowed)));
        }
        if method == Method::Usam {
            let name = named("ηλ_{1}(1+ρλ_{1}) = 2", "ηλ_{1}(1+ρλ_{1}) = 2(1+β)");
            all.push(curve(name, &|eta| usam_edge(eta / slowed, lambda_1)));
        }
    }
    if is_sam {
        all.push(curve("ρ = η", &|eta| eta));
    }
    match (run.loss.id(), method) {
        // Nothing is known of these with momentum.
        _ if beta > 0.0 => {}
        ("saddle", _) => {
            let [lambda, mu] = [run.loss.params()["a"], run.loss.params()["b"]].map(|half| 2.0 * half);
            let (least, most) = saddle_trap(lambda, mu);
            if is_sam && least > 0.0 {
                all.push(at_eta("the cycle at the saddle attracts from here", least));
            }
            if is_sam {
                all.push(at_eta("the cycle at the saddle attracts to here", most));
            }
            if method == Method::Usam {
                all.push(at_rho("the saddle attracts above ρ = 1/μ", 1.0 / mu));
                all.push(curve("the saddle attracts below", &|eta| {
                    usam_edge(eta, lambda).min((1.0 + 2.0 / (eta * mu)) / mu)
                }));
            }
        }
        ("ring", Method::Sam) => {
            all.push(at_rho("r = ρ − 1 attracts from ρ = 1", 1.0));
            all.push(at_rho("r = ρ − 1 attracts to ρ = 2", 2.0));
            all.push(at_eta("r = ρ − 1 attracts to η = 1", 1.0));
        }
        _ => {}
    }
    all.retain(|bound| bound.line.len() > 1);
    all
}

/// The minimum that the bounds are for.
fn minimum(run: &RunSpec, loss: &dyn Landscape) -> Option<VecN> {
    let lambda_1 = |x: &VecN| Eigen::new(&loss.hessian(x)).values[0];
    let marks = run.loss.landmarks(run.init.len());
    let flattest =
        marks.iter().map(|mark| VecN::from_slice(&mark.x)).min_by(|a, b| lambda_1(a).total_cmp(&lambda_1(b)));
    flattest.or_else(|| phi(loss, &run.init).ok().map(|x| VecN::from_slice(&x)))
}

/// The ρ with ηλ(1+ρλ) = 2; below 0 where there is none.
fn usam_edge(eta: f64, lambda: f64) -> f64 {
    (2.0 / (eta * lambda) - 1.0) / lambda
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::LossSpec;
    use crate::run::{OptimizerSpec, Scenario};

    fn of(loss: &str, method: Method, etas: [f64; 2]) -> Vec<Bound> {
        let optimizers = vec![OptimizerSpec::new(method)];
        let scenario = Scenario { loss: LossSpec::new(loss), optimizers, ..Scenario::default() };
        bounds(&scenario.resolved().expect("a scenario").run_spec(0), etas, [0.01, 2.5])
    }

    #[test]
    fn bounds_lie_where_the_facts_have_them() {
        let hyperbola = of("hyperbola", Method::Sam, [0.1, 0.3]);
        assert_eq!(hyperbola[0].line, [[1.0, 0.01], [1.0, 2.5]]);
        let locking = &hyperbola[1].line;
        // ρ*/η at η = 0.1, 0.2, 0.3.
        for (k, share) in [(0, 0.8329), (64, 0.7106), (128, 0.5973)] {
            let [eta, rho] = locking[k];
            assert!((rho / eta - share).abs() < 5e-5, "{rho} at {eta}");
        }
        assert_eq!(hyperbola[2].line[0], [0.1, 0.1]);
        // Descent on L^Max locks longer: 1.1247 at η = 0.1.
        let [eta, rho] = of("hyperbola", Method::MaxDescent, [0.1, 0.3])[1].line[0];
        assert!((rho / eta - 1.1247).abs() < 5e-5, "{rho} at {eta}");
        // USAM on x² − y²: ½ < ρ < (1/η − 1)/2.
        let saddle = of("saddle", Method::Usam, [0.1, 0.3]);
        let names: Vec<_> = saddle.iter().map(|bound| bound.name).collect();
        assert_eq!((names.len(), saddle[0].line[0][1]), (2, 0.5), "{names:?}");
        assert!((saddle[1].line[0][1] - 4.5).abs() < 1e-12);
        // SAM on it: η < ½.
        assert_eq!(of("saddle", Method::Sam, [0.1, 0.3])[1].line[0][0], 0.5);
        assert_eq!(of("ring", Method::Sam, [0.1, 0.3]).len(), 6);
        // On toy4d the cycle always locks.
        assert!(of("toy4d", Method::Sam, [0.01, 0.1]).iter().all(|bound| !bound.name.starts_with("ρ*")));
    }
}
