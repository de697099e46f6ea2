//! The claims: every theorem and exact fact that the laboratory shows, each with a real run, a prediction, a
//! measurement and a tolerance whose size has a reason. `samscope verify` runs them.

mod band;
mod convergence;
mod curved;
mod figure_one;
mod finite_eta;
mod formula;
mod further;
mod hover;
mod hyperbola;
mod landing;
mod limits;
mod methods;
mod notions;
mod one_sam;
mod places;
mod quadratic;
mod regularizers;
mod runs;
mod saddle;
mod samples;
mod ties;

pub use formula::{Formula, Knob};

use serde::{Deserialize, Deserializer, Serialize};

use crate::formula::text_in_unicode;
use crate::run::Scenario;

/// One statement that a run can prove wrong.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// Its name on the command line.
    pub id: &'static str,
    /// What it says, in one sentence; what lessons show has its formulas between `$`.
    pub statement: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// What sort of statement it is.
    pub kind: Kind,
    /// Why the tolerance has its size.
    pub why: &'static str,
    /// How far the measurement may be from the prediction.
    pub tolerance: f64,
    /// Whether the prediction is a value or a bound.
    pub bound: Bound,
    /// The run that shows it. Claims about how something scales vary its η, ρ or start.
    pub scenario: fn() -> Scenario,
    /// Does the runs.
    pub evidence: fn(&Scenario) -> Evidence,
}

/// What sort of statement a claim is. Theorems and laws are verified mathematics; the others guard the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A statement of the paper.
    Theorem,
    /// A statement with a derivation of its own, here or in another source, about many steps.
    Law,
    /// An equation of one step or one point, which the algebra of the update gives.
    Identity,
    /// A number that is known from runs alone.
    Regression,
}

impl Kind {
    /// Every kind with its name in the plural.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Theorem, "theorems"),
        (Self::Law, "laws"),
        (Self::Identity, "identities"),
        (Self::Regression, "regressions"),
    ];

    /// Its name, as in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Theorem => "theorem",
            Self::Law => "law",
            Self::Identity => "identity",
            Self::Regression => "regression",
        }
    }
}

/// What the runs of a claim showed, ready to be held against the formula.
pub type Evidence = Box<dyn Fn(&Formula) -> Compared>;

/// What a measurement has to be to its prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Equal, up to the tolerance.
    Equal,
    /// No smaller, up to the tolerance.
    AtLeast,
    /// No larger, up to the tolerance.
    AtMost,
}

impl Bound {
    /// The sign before a prediction that is a bound; nothing before a value.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "",
            Self::AtLeast => "≥ ",
            Self::AtMost => "≤ ",
        }
    }
}

/// Prediction and measurement; NaN where there is none, null in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// By the formula.
    #[serde(deserialize_with = "or_nan")]
    pub predicted: f64,
    /// In the run.
    #[serde(deserialize_with = "or_nan")]
    pub measured: f64,
}

fn or_nan<'de, D: Deserializer<'de>>(number: D) -> Result<f64, D::Error> {
    Option::deserialize(number).map(|number| number.unwrap_or(f64::NAN))
}

/// A claim with its outcome (INTERFACE's `verify`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// The claim's name.
    pub id: &'static str,
    /// What it says, on a line of Unicode.
    pub statement: String,
    /// Where it comes from.
    pub source: &'static str,
    /// What sort of statement it is.
    pub kind: Kind,
    /// The formula's number; null where it is not finite.
    pub predicted: Option<f64>,
    /// The run's number; null where it is not finite.
    pub measured: Option<f64>,
    /// How far they may differ.
    pub tolerance: f64,
    /// Whether they don't differ more.
    pub holds: bool,
}

impl Claim {
    /// What it says, on a line of Unicode.
    #[must_use]
    pub fn in_words(&self) -> String {
        text_in_unicode(self.statement)
    }

    /// Whether these numbers agree with the claim.
    #[must_use]
    pub fn accepts(&self, numbers: Compared) -> bool {
        let excess = numbers.measured - numbers.predicted;
        match self.bound {
            Bound::Equal => excess.abs() <= self.tolerance,
            Bound::AtLeast => excess >= -self.tolerance,
            Bound::AtMost => excess <= self.tolerance,
        }
    }

    /// Runs the claim.
    #[must_use]
    pub fn verify(&self) -> Verdict {
        self.judge(self.measure())
    }

    /// Does the claim's runs.
    #[must_use]
    pub fn measure(&self) -> Compared {
        (self.evidence)(&(self.scenario)())(&Formula::right())
    }

    /// What these numbers say of the claim.
    #[must_use]
    pub fn judge(&self, numbers: Compared) -> Verdict {
        let finite = |value: f64| value.is_finite().then_some(value);
        Verdict {
            id: self.id,
            statement: self.in_words(),
            source: self.source,
            kind: self.kind,
            predicted: finite(numbers.predicted),
            measured: finite(numbers.measured),
            tolerance: self.tolerance,
            holds: self.accepts(numbers),
        }
    }
}

/// Every claim, from the simplest landscape to the richest.
pub fn all() -> impl Iterator<Item = &'static Claim> {
    [
        quadratic::CLAIMS,
        hyperbola::CLAIMS,
        finite_eta::CLAIMS,
        curved::CLAIMS,
        regularizers::CLAIMS,
        samples::CLAIMS,
        landing::CLAIMS,
        one_sam::CLAIMS,
        saddle::CLAIMS,
        band::CLAIMS,
        places::CLAIMS,
        figure_one::CLAIMS,
        hover::CLAIMS,
        limits::CLAIMS,
        ties::CLAIMS,
        notions::CLAIMS,
        further::CLAIMS,
        methods::CLAIMS,
    ]
    .into_iter()
    .flatten()
}

/// The claim with this name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Claim> {
    all().find(|claim| claim.id == id)
}

/// How many claims hold, and of which kinds: `2 of 3 claims hold: 1 theorem, 1 law`.
#[must_use]
pub fn held(verdicts: &[Verdict]) -> String {
    let holding = || verdicts.iter().filter(|verdict| verdict.holds);
    let counts =
        Kind::ALL.map(|(kind, plural)| (holding().filter(|verdict| verdict.kind == kind).count(), kind, plural));
    let kinds = counts.iter().filter(|(count, ..)| *count > 0);
    let kinds =
        kinds.map(|&(count, kind, plural)| format!("{count} {}", if count == 1 { kind.name() } else { plural }));
    let kinds = kinds.collect::<Vec<_>>().join(", ");
    let colon = if kinds.is_empty() { "" } else { ": " };
    format!("{} of {} claims hold{colon}{kinds}", holding().count(), verdicts.len())
}
