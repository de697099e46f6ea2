//! What there is to know of a curve and of a map's quantity beside their names.

use super::{At, Curve, Entry, MapQuantity, Point};

/// A curve's row of the table of quantities.
#[derive(Clone, Copy, Debug)]
pub struct CurveInfo {
    /// What the glossary says of it.
    pub entry: &'static Entry,
    /// The plot that it is in.
    pub group: CurveGroup,
    /// How its lines look.
    pub look: Look,
    /// What its number takes.
    pub effort: Effort,
    /// Its number at a point; `None` for a curve that is not one number of a point.
    pub value: Option<fn(&Point) -> Option<f64>>,
}

/// A map's quantity's row of the table of quantities.
#[derive(Clone, Copy, Debug)]
pub struct MapInfo {
    /// What the glossary says of it.
    pub entry: &'static Entry,
    /// What its value takes.
    pub effort: Effort,
    /// Its value; not a number where it is undefined.
    pub value: fn(&At) -> f64,
}

/// What a value takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Derivatives at the point: it is measured at once.
    Derivatives,
    /// The loss elsewhere within ρ, at one more point: it is measured when it is asked for, and so are those below.
    Step,
    /// At points all over the sphere.
    Quadrature,
    /// At points all over the ball, for the highest.
    Search,
}

/// How a curve's lines are dashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// Not at all.
    Solid,
    /// Long gaps.
    Loose,
    /// Short gaps.
    Dense,
    /// Short dashes.
    Short,
}

/// How a curve's lines look; the colour is the method's.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The dashes.
    pub dash: Dash,
    /// The width in points.
    pub width: f32,
    /// From 0 to 1.
    pub opacity: f32,
}

/// Curves that share a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurveGroup {
    /// The loss and its gradient.
    Loss,
    /// Curvatures and the edges of stability.
    Hessian,
    /// The three notions of sharpness.
    Sharpness,
    /// The alignment.
    Alignment,
    /// How far theory is from the run.
    Theory,
}

impl CurveGroup {
    /// Every plot, from the top down.
    pub const ALL: [Self; 5] = [Self::Loss, Self::Hessian, Self::Sharpness, Self::Alignment, Self::Theory];

    /// The plot's title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Loss => "Loss",
            Self::Hessian => "Hessian",
            Self::Sharpness => "Sharpness",
            Self::Alignment => "Alignment",
            Self::Theory => "Theory",
        }
    }

    /// Its curves, in the order of their legend.
    pub fn curves(self) -> impl Iterator<Item = Curve> + Clone {
        Curve::ALL.iter().copied().filter(move |curve| curve.info().group == self)
    }

    /// What its value axis shows, always: a change in the 16th digit is none. Other plots' axes go from the least value to
    /// the greatest, and may be logarithmic.
    #[must_use]
    pub fn range(self) -> Option<[f64; 2]> {
        (self == Self::Alignment).then_some([0.0, 1.0])
    }

    /// Its share of the height.
    #[must_use]
    pub fn weight(self) -> f32 {
        match self {
            Self::Loss => 0.34,
            Self::Hessian => 0.40,
            Self::Sharpness => 0.36,
            Self::Alignment | Self::Theory => 0.26,
        }
    }
}

impl MapQuantity {
    /// Whether it depends on ρ.
    #[must_use]
    pub fn uses_rho(self) -> bool {
        self.info().effort != Effort::Derivatives
    }
}
