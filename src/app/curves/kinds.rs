//! What the curves are called, and how they are drawn.

use egui_plot::LineStyle;

use crate::figure::plain;
use crate::run::Curve;

/// A curve's symbol.
pub fn name(curve: Curve) -> String {
    plain(curve.symbol())
}

/// A curve in one sentence.
pub fn explanation(curve: Curve) -> &'static str {
    match curve {
        Curve::Loss => "The loss",
        Curve::GradNorm => "The gradient's norm",
        Curve::Lambda1 => "The Hessian's top eigenvalue: what full-batch SAM minimizes",
        Curve::OtherEigenvalues => "The Hessian's other eigenvalues",
        Curve::Trace => "The sum of the eigenvalues: what 1-SAM minimizes",
        Curve::LambdaEdge => "SAM's edge of stability, below 2/η",
        Curve::TwoOverEta => "Gradient descent's edge of stability",
        Curve::Rayleigh => "Rayleigh quotient: the curvature along the gradient",
        Curve::Alignment => "How well the gradient is aligned with the top eigenvector: 1 is perfect",
        Curve::RMax => "Worst direction: the greatest loss within ρ, minus the loss",
        Curve::RAsc => "Ascent direction: the loss at x + ρĝ, minus the loss",
        Curve::RAvg => "Average direction: the mean loss at distance ρ, minus the loss",
        Curve::Limits => "What the three come to at a minimum: ρ²λ1/2, ρ²λM/2 and ρ² Tr H/(2D)",
        Curve::FlowDistance => {
            "How far Φ(x), the minimum below the iterate, is from the theorem's limiting flow (faint) and from the law for finite η"
        }
    }
}

/// Line style, width and opacity.
pub fn style(curve: Curve) -> (LineStyle, f32, f32) {
    match curve {
        Curve::Loss | Curve::Lambda1 | Curve::Alignment | Curve::RMax | Curve::FlowDistance => {
            (LineStyle::Solid, 1.8, 1.0)
        }
        Curve::GradNorm => (LineStyle::Solid, 1.0, 0.65),
        Curve::Trace | Curve::RAvg => (LineStyle::dashed_loose(), 1.5, 0.9),
        Curve::OtherEigenvalues => (LineStyle::Solid, 1.0, 0.55),
        // Dots would cost more than all other lines together, and so would dashes where a curve oscillates.
        Curve::LambdaEdge => (LineStyle::Dashed { length: 3.0 }, 1.6, 0.9),
        Curve::RAsc => (LineStyle::Solid, 1.1, 0.75),
        Curve::TwoOverEta | Curve::Limits => (LineStyle::dashed_dense(), 1.0, 0.6),
        Curve::Rayleigh => (LineStyle::Solid, 1.0, 0.8),
    }
}
