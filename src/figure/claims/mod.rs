//! The claims with what their runs have shown, as a document to give to a sceptic. It has no date and nothing of the machine:
//! the same program writes the same bytes everywhere.

mod html;
mod markdown;

pub use html::html;
pub use markdown::markdown;

use crate::loss::{brief, number};
use crate::run::{Scenario, View};
use crate::theory::claims::{Claim, Compared, Kind, Verdict, held};

/// Claims with the numbers that were found.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// Each claim with its prediction and its measurement.
    pub claims: &'a [(&'static Claim, Compared)],
    /// The address of a page that the links open, without `#`; without one they are commands.
    pub page: Option<&'a str>,
}

const TITLE: &str = "How does Sharpness-Aware Minimization minimize sharpness?";
const PAPER: &str =
    "K. Wen, T. Ma, Z. Li, How Does Sharpness-Aware Minimization Minimize Sharpness?, ICLR 2023, arXiv:2211.05729";
const WHAT: &str = "Each claim is a statement with a number that a formula predicts, a run that measures it, and a tolerance \
    whose size has a reason. In the program's tests every constant of every formula is spoilt in turn, and the claim then \
    has to fail.";
const AGAIN: &str = "The same program writes this text again, byte for byte, on every machine. A run is the one that shows \
    the claim; claims about how something scales vary its η, ρ or start.";

/// What the kinds are.
fn meaning(kind: Kind) -> &'static str {
    match kind {
        Kind::Theorem => "Statements of the paper.",
        Kind::Law => "Statements about many steps with a derivation of their own, here or in another source.",
        Kind::Identity => "Equations of one step or one point, which the algebra of the update gives.",
        Kind::Regression => "Numbers that are known from runs alone.",
    }
}

/// A claim, ready to be written.
struct Row {
    claim: &'static Claim,
    verdict: Verdict,
    link: String,
}

impl Row {
    fn predicted(&self) -> String {
        self.claim.bound.sign().to_owned() + &self::value(self.verdict.predicted)
    }

    fn measured(&self) -> String {
        self::value(self.verdict.measured)
    }

    fn tolerance(&self) -> String {
        format!("± {}", brief(self.verdict.tolerance))
    }

    fn outcome(&self) -> &'static str {
        if self.verdict.holds { "holds" } else { "fails" }
    }
}

/// Ten digits: the finest tolerances are about the thirteenth, and the JSON has all of them.
fn value(value: Option<f64>) -> String {
    value.map_or_else(|| "no number".to_owned(), |value| number(value, 10))
}

impl Found<'_> {
    /// The claims of one kind.
    fn rows(&self, kind: Kind) -> Vec<Row> {
        let row = |&(claim, numbers): &(&'static Claim, Compared)| Row {
            claim,
            verdict: claim.judge(numbers),
            link: shown(claim).to_link(),
        };
        self.claims.iter().filter(|(claim, _)| claim.kind == kind).map(row).collect()
    }

    /// The kinds that there are, each with its name in the plural and its claims.
    fn sections(&self) -> impl Iterator<Item = (Kind, &'static str, Vec<Row>)> {
        let sections = Kind::ALL.into_iter().map(|(kind, plural)| (kind, plural, self.rows(kind)));
        sections.filter(|(_, _, rows)| !rows.is_empty())
    }

    /// How many hold, of which kinds.
    fn summary(&self) -> String {
        let verdicts: Vec<_> = self.claims.iter().map(|(claim, numbers)| claim.judge(*numbers)).collect();
        held(&verdicts)
    }

    /// The name of the program that has found this, with its version.
    fn program() -> &'static str {
        concat!("samscope ", env!("CARGO_PKG_VERSION"))
    }
}

/// A claim's run, looked at as its loss wants to be.
fn shown(claim: &Claim) -> Scenario {
    let scenario = (claim.scenario)();
    Scenario { view: View::of(&scenario.loss, &scenario.init), ..scenario }
}

/// The first letter as a capital.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
