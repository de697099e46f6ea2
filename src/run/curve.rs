//! Which number a curve shows, and which curves share a plot.

use super::Curve;
use crate::sharpness::Point;

/// Curves that share a plot.
#[derive(Debug)]
pub struct CurveGroup {
    /// The plot's title.
    pub title: &'static str,
    /// Its curves, in the order of their legend.
    pub curves: &'static [Curve],
    /// Whether its value axis may be logarithmic.
    pub may_be_log: bool,
    /// Its share of the height.
    pub weight: f32,
}

impl CurveGroup {
    /// Every plot.
    pub const ALL: [Self; 5] = [
        Self { title: "Loss", curves: &[Curve::Loss, Curve::GradNorm], may_be_log: true, weight: 0.34 },
        Self {
            title: "Hessian",
            curves: &[
                Curve::Lambda1,
                Curve::OtherEigenvalues,
                Curve::Trace,
                Curve::LambdaEdge,
                Curve::TwoOverEta,
                Curve::Rayleigh,
            ],
            may_be_log: true,
            weight: 0.40,
        },
        Self {
            title: "Sharpness",
            curves: &[Curve::RMax, Curve::RAsc, Curve::RAvg, Curve::Limits],
            may_be_log: true,
            weight: 0.36,
        },
        Self { title: "Alignment", curves: &[Curve::Alignment], may_be_log: false, weight: 0.26 },
        Self { title: "Theory", curves: &[Curve::FlowDistance], may_be_log: true, weight: 0.26 },
    ];
}

impl Curve {
    /// Its symbol in the paper, with `_{…}` lowered and `^{…}` raised.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Loss => "L",
            Self::GradNorm => "‖g‖",
            Self::Lambda1 => "λ_{1}",
            Self::OtherEigenvalues => "λ_{2}…λ_{D}",
            Self::Trace => "Tr H",
            Self::LambdaEdge => "λ_{edge}",
            Self::TwoOverEta => "2/η",
            Self::Rayleigh => "⟨ĝ,Hĝ⟩",
            Self::Alignment => "|⟨ĝ,v_{1}⟩|",
            Self::RMax => "R^{Max}",
            Self::RAsc => "R^{Asc}",
            Self::RAvg => "R^{Avg}",
            Self::Limits => "limits ρ²S",
            Self::FlowDistance => "distance to the flow",
        }
    }

    /// Whether it is one number of a point.
    #[must_use]
    pub fn is_number(self) -> bool {
        !matches!(self, Self::OtherEigenvalues | Self::TwoOverEta | Self::Limits | Self::FlowDistance)
    }

    /// The curve's number at a point; `None` for curves that are not one number of a point.
    #[must_use]
    pub fn value(self, point: &Point) -> Option<f64> {
        match self {
            Self::Loss => Some(point.loss),
            Self::GradNorm => Some(point.grad_norm),
            Self::Lambda1 => Some(point.eigenvalues[0]),
            Self::Trace => Some(point.trace),
            Self::LambdaEdge => Some(point.lambda_edge),
            Self::Rayleigh => point.rayleigh,
            Self::Alignment => point.alignment,
            Self::RMax => point.r_max,
            Self::RAsc => point.r_asc,
            Self::RAvg => point.r_avg,
            Self::OtherEigenvalues | Self::TwoOverEta | Self::Limits | Self::FlowDistance => None,
        }
    }
}
