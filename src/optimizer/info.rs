//! What there is to know of a method: its row. Each method's file has its own.

use serde::{Serialize, Serializer};

use super::{Method, Requirement, Setting};
use crate::calculus::Landscape;
use crate::formula::in_unicode;
use crate::loss::LandmarkKind;
use crate::sharpness::MapQuantity;

/// What menus, the command line, the engine and theory need to know of a method.
#[derive(Clone, Copy, Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a row, not states")]
pub struct MethodInfo {
    /// The public name.
    pub id: &'static str,
    /// The name that people say.
    pub name: &'static str,
    /// The update, in LaTeX's notation; as a line of text in JSON.
    #[serde(serialize_with = "on_a_line")]
    pub update: &'static str,
    /// Whether ρ matters.
    pub uses_rho: bool,
    /// Whether the batch size can be set.
    pub uses_batch: bool,
    /// Whether it draws random samples.
    pub stochastic: bool,
    /// Whether a step costs hundreds of gradients.
    #[serde(skip)]
    pub is_slow: bool,
    /// What it minimizes among the minimizers of the loss.
    #[serde(skip)]
    pub goal: Goal,
    /// How it drifts along Γ, where a theorem says so.
    #[serde(skip)]
    pub drift: Option<Drift>,
    /// The method that it is an approximation of.
    #[serde(skip)]
    pub approximates: Option<Approximation>,
    /// The edge of stability that it has instead of SAM's.
    #[serde(skip)]
    pub edge: Option<Edge>,
    /// The share of another method's learning rate with which it can race beside it: 1 unless it is stiff near Γ.
    #[serde(skip)]
    pub eta_share: f64,
    /// What must hold for theory to say where it goes.
    #[serde(skip)]
    pub requirements: &'static [Requirement],
}

/// A notion of sharpness (Table 1): what is least among the minimizers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notion {
    /// λ1: worst direction.
    Lambda1,
    /// λM: ascent direction.
    LambdaM,
    /// Tr H: average direction.
    Trace,
}

/// What it says is least.
impl From<Notion> for MapQuantity {
    fn from(notion: Notion) -> Self {
        match notion {
            Notion::Lambda1 => Self::Lambda1,
            Notion::LambdaM => Self::LambdaM,
            Notion::Trace => Self::Trace,
        }
    }
}

/// What a method minimizes among the minimizers of the loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Nothing: it stays where it lands on Γ.
    Stays,
    /// A notion that it is seen to lower, without a theorem.
    Seen(Notion),
    /// The notion that a theorem names.
    Proven(Notion),
}

/// A drift along Γ: dX/dτ = −½ P⊥∇S with S the notion that the method minimizes.
#[derive(Clone, Copy, Debug)]
pub struct Drift {
    /// τ per step, beside ηρ².
    pub rate: fn(&dyn Landscape) -> f64,
    /// What makes it faster at a finite learning rate, where that is known.
    pub law: Option<Law>,
}

/// Whose 2-cycle it is that makes the drift faster by (2/(2−ηλ1))² (fact 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// The whole loss's, where it is locked, with a perturbation to that side of Γ.
    Cycle(Side),
    /// Each sample's its own part.
    CycleOfEachSample,
}

/// To which side of Γ, along v1, a method on its 2-cycle perturbs. It decides for which ρ the cycle locks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Up the gradient: the other side's turn begins on Γ.
    Uphill,
    /// To the higher of both: the other's turn begins where L(x + ρv1) = L(x − ρv1), O(ρ²) beside Γ.
    Higher,
}

/// An edge of stability.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// Its symbol, with `_{…}` lowered and `^{…}` raised.
    pub symbol: &'static str,
    /// Its value.
    pub value: fn(&Setting) -> f64,
    /// Whether the method goes along Γ to where it is least.
    pub is_least_at_rest: bool,
}

/// One link of the approximation gap's chain.
#[derive(Clone, Copy, Debug)]
pub struct Approximation {
    /// What is approximated.
    pub of: Method,
    /// What is left out.
    pub how: &'static str,
}

fn on_a_line<S: Serializer>(formula: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&in_unicode(formula))
}

impl Notion {
    /// The landmark where it is least.
    #[must_use]
    pub fn landmark(self) -> LandmarkKind {
        match self {
            Self::Lambda1 => LandmarkKind::LeastLambda1,
            Self::LambdaM => LandmarkKind::LeastLambdaM,
            Self::Trace => LandmarkKind::LeastTrace,
        }
    }
}

impl MethodInfo {
    /// A full-batch method without ρ, of which theory says nothing.
    pub(super) const fn new(id: &'static str, name: &'static str, update: &'static str) -> Self {
        Self {
            id,
            name,
            update,
            uses_rho: false,
            uses_batch: false,
            stochastic: false,
            is_slow: false,
            goal: Goal::Stays,
            drift: None,
            approximates: None,
            edge: None,
            eta_share: 1.0,
            requirements: &[],
        }
    }

    /// The notion that a theorem says it minimizes.
    #[must_use]
    pub fn notion(&self) -> Option<Notion> {
        match self.goal {
            Goal::Proven(notion) => Some(notion),
            Goal::Stays | Goal::Seen(_) => None,
        }
    }
}

impl Drift {
    /// τ = ηρ²t: Thm 4.5's and Thm 5.4's.
    pub(super) const fn of_sam(law: Option<Law>) -> Self {
        Self { rate: |_| 1.0, law }
    }
}
