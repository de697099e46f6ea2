//! What the registry states about a landscape, apart from its formula's code.

use serde::{Deserialize, Serialize, Serializer};

/// How a loss is made of its samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reduction {
    /// L = (1/n) Σ L_k.
    Mean,
    /// L = Σ L_k.
    Sum,
}

/// A named parameter of a formula with its default and the allowed range (both ends included).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Param {
    /// The name in the formula and in `--param name=value`.
    pub name: &'static str,
    /// The value that is used where none is given.
    pub default: f64,
    /// The smallest allowed value.
    pub min: f64,
    /// The largest allowed value.
    pub max: f64,
}

impl Param {
    pub(super) const fn new(name: &'static str, default: f64, min: f64, max: f64) -> Self {
        Self { name, default, min, max }
    }
}

/// Why a point is worth marking: a minimizer, or the point of Γ where a notion of sharpness is least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LandmarkKind {
    /// An isolated minimizer.
    Minimum,
    /// The sharper of two minimizers.
    Sharp,
    /// The flatter of two minimizers.
    Flat,
    /// Where the one non-zero eigenvalue is least over Γ, and with it every notion.
    Flattest,
    /// Where λ1 is least over Γ.
    LeastLambda1,
    /// Where λM is least over Γ.
    LeastLambdaM,
    /// Where Tr H is least over Γ.
    LeastTrace,
}

impl LandmarkKind {
    /// Two words for a map.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Sharp => "sharp",
            Self::Flat => "flat",
            Self::Flattest => "flattest",
            Self::LeastLambda1 => "min λ1",
            Self::LeastLambdaM => "min λM",
            Self::LeastTrace => "min Tr",
        }
    }
}

/// A point worth marking.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Landmark {
    /// The point, of the loss's dimension.
    pub x: Vec<f64>,
    /// What it is; written as its label.
    #[serde(rename = "label", serialize_with = "as_label")]
    pub kind: LandmarkKind,
}

impl Landmark {
    pub(super) fn new(x: impl Into<Vec<f64>>, kind: LandmarkKind) -> Self {
        Self { x: x.into(), kind }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn as_label<S: Serializer>(kind: &LandmarkKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.label())
}

/// The manifold of minimizers Γ, as far as a formula for it is known.
#[derive(Clone, Copy, Debug)]
pub enum Gamma {
    /// Isolated minimizers only, or none.
    Points,
    /// The zero set of a function of (parameters, x) that changes its sign there, in the coordinate subspace where the
    /// listed coordinates (counted from 0) vanish; without any it has codimension one.
    ZeroSet(&'static [usize], fn(&[f64], &[f64]) -> f64),
    /// The coordinate subspace where the listed coordinates (counted from 0) vanish.
    Subspace(&'static [usize]),
}

/// One row of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Info {
    /// The name on the command line and in scenarios.
    pub id: &'static str,
    /// The formula, in LaTeX's notation.
    pub formula: &'static str,
    /// What the formula calls the coordinates, where that is not x1, x2, …
    pub coordinates: &'static [&'static str],
    /// What it is for, in one sentence.
    pub about: &'static str,
    /// The dimensions that it is defined in, ascending.
    pub dims: &'static [usize],
    /// The dimension that the parameters ask for, where one of them decides it.
    pub dim_of: Option<fn(&[f64]) -> f64>,
    /// Its parameters, in the order in which the landscape takes their values.
    pub params: &'static [Param],
    /// The default start for the largest dimension; a smaller dimension takes its first coordinates.
    pub start: &'static [f64],
    /// The number of samples, for given parameters.
    pub samples: fn(&[f64]) -> usize,
    /// How the samples make the loss.
    pub reduction: Reduction,
    /// Γ, for drawing.
    pub gamma: Gamma,
    /// Γ in words; empty where there is none.
    pub gamma_text: &'static str,
    /// What shows its own story: a scenario's view as JSON, without the fields that have their defaults.
    pub view: &'static str,
    /// The radius ρ that shows it.
    pub rho: f64,
    /// Points to mark, for (parameters, dimension).
    pub landmarks: fn(&[f64], usize) -> Vec<Landmark>,
}

impl Info {
    /// What a row has where it says nothing: one sample, isolated minimizers at most, nothing marked. Its dimensions stand in
    /// the catalogue.
    pub(super) const PLAIN: Self = Self {
        id: "",
        formula: "",
        coordinates: &[],
        about: "",
        dims: &[],
        dim_of: None,
        params: &[],
        start: &[],
        samples: |_| 1,
        reduction: Reduction::Mean,
        gamma: Gamma::Points,
        gamma_text: "",
        view: "{}",
        rho: 0.1,
        landmarks: |_, _| Vec::new(),
    };
}

/// A row is known by its name.
impl PartialEq for Info {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
