//! The lines of a run's curves: the numbers that the window and figures draw.

use super::Run;
use crate::calculus::lambda_m;
use crate::optimizer::Edge;
use crate::run::Spread;
use crate::sharpness::{Curve, Point};
use crate::theory::{Distances, setting};

/// One line of a curve.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveLine {
    /// What it is, with `_{…}` lowered and `^{…}` raised.
    pub label: String,
    /// A value at each of the run's points; not a number where there is none.
    pub values: Vec<f64>,
    /// How much of its opacity it has: what is less to the point is fainter.
    pub opacity: f32,
}

impl Run {
    /// The lines of a curve: several where it has several, one for each of the run's points.
    #[must_use]
    pub fn lines(&self, curve: Curve) -> Vec<CurveLine> {
        let spec = &self.in_force();
        let half = 0.5 * spec.rho * spec.rho;
        let info = curve.info();
        let line = |label: &str, value: &dyn Fn(&Point) -> Option<f64>| CurveLine {
            label: label.to_owned(),
            values: self.points().iter().map(|point| value(point).unwrap_or(f64::NAN)).collect(),
            opacity: 1.0,
        };
        match curve {
            Curve::OtherEigenvalues => (1..self.last().eigenvalues.len())
                .map(|i| line(&format!("λ_{{{}}}", i + 1), &|point| Some(point.eigenvalues[i])))
                .collect(),
            Curve::TwoOverEta => {
                let symbol = if spec.beta == 0.0 { info.entry.symbol } else { "2(1+β)/η" };
                vec![line(symbol, &|_| Some(2.0 / spec.eta_across()))]
            }
            Curve::OwnEdge => {
                let edge =
                    |edge: Edge| line(edge.symbol, &|point| Some((edge.value)(&setting(spec, &point.eigenvalues))));
                spec.id.info().edge.map(edge).into_iter().collect()
            }
            Curve::Limits => vec![
                line("ρ²λ_{1}/2", &|point| Some(half * point.eigenvalues[0])),
                line("ρ²λ_{M}/2", &|point| Some(half * lambda_m(&point.eigenvalues))),
                line("ρ² Tr H/(2D)", &|point| Some(half * point.trace / point.x.len() as f64)),
            ],
            Curve::FlowDistance => {
                let Some(prediction) = self.prediction() else { return Vec::new() };
                let distance = |of: &str, opacity: f32, pick: fn(&Distances) -> Option<f64>| CurveLine {
                    opacity,
                    ..line(&format!("distance to the {of}"), &|point| pick(self.distances(point.step)?))
                };
                // The law comes nearer, where there is one.
                let beside = if prediction.law.is_some() { 0.5 } else { 1.0 };
                let theorem = distance("theorem's flow", beside, |distances| distances.theorem);
                let law = prediction.law.is_some();
                let law = law.then(|| distance("finite-η law", prediction.law_opacity(), |distances| distances.law));
                std::iter::once(theorem).chain(law).collect()
            }
            _ => info.value.into_iter().map(|value| line(info.entry.symbol, &value)).collect(),
        }
    }

    /// The steps of its points, for which each line has a value.
    #[must_use]
    pub fn steps(&self) -> Vec<u64> {
        self.points().iter().map(|point| point.step).collect()
    }

    /// Mean and middle 80 % of the seeds, where there are several and the curve is one number of a point.
    #[must_use]
    pub fn spread(&self, curve: Curve) -> Option<Vec<Spread>> {
        Some(self.crowd()?.spread(curve.info().value?))
    }
}

/// Whether a logarithmic axis can show these values: none is below 0 by more than rounding, and one is above.
#[must_use]
pub fn fits_log(values: impl Iterator<Item = f64>) -> bool {
    let finite = values.filter(|value| value.is_finite());
    let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (v.min(low), v.max(high)));
    // Without a value any axis will do.
    low > high || (high > 0.0 && low >= -1e-9 * high)
}
