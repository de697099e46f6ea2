//! What must be so for a choice to be right: comparisons of measurements, such as `sam.lambda_1 < gd.lambda_1 and
//! sam.norm > 0.1`. `≈` is equality up to a twentieth.

use super::measure::Measurement;
use super::solution::Solution;

const CLOSE: f64 = 0.05;

/// Comparisons that must all hold.
#[derive(Clone, Debug)]
pub(super) struct Condition(Vec<Comparison>);

#[derive(Clone, Debug)]
struct Comparison {
    left: Term,
    sign: char,
    right: Term,
}

#[derive(Clone, Debug)]
enum Term {
    Number(f64),
    Measured(Measurement),
}

impl Term {
    fn parse(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Measured(Measurement::named(text)), Self::Number)
    }

    fn value(&self, solution: &Solution) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Measured(measurement) => measurement.value(solution),
        }
    }
}

impl Condition {
    pub fn parse(text: &str) -> Result<Self, String> {
        let comparison = |text: &str| {
            let [left, sign, right] = text.split_whitespace().collect::<Vec<_>>()[..] else { return None };
            let sign = sign.chars().next().filter(|c| ['<', '>', '≈'].contains(c))?;
            Some(Comparison { left: Term::parse(left), sign, right: Term::parse(right) })
        };
        let parts = text.split(" and ").map(|part| {
            comparison(part).ok_or_else(|| format!("`{part}` must be a comparison with <, > or ≈ between spaces"))
        });
        parts.collect::<Result<_, _>>().map(Self)
    }

    pub fn measurements(&self) -> impl Iterator<Item = Measurement> {
        let terms = self.0.iter().flat_map(|comparison| [&comparison.left, &comparison.right]);
        terms.filter_map(|term| match term {
            Term::Measured(measurement) => Some(measurement.clone()),
            Term::Number(_) => None,
        })
    }

    /// Whether it holds; `None` while something is not known yet.
    pub fn holds(&self, solution: &Solution) -> Option<bool> {
        self.0.iter().try_fold(true, |all, Comparison { left, sign, right }| {
            let (left, right) = (left.value(solution)?, right.value(solution)?);
            let holds = match sign {
                '<' => left < right,
                '>' => left > right,
                _ => (left - right).abs() <= CLOSE * left.abs().max(right.abs()),
            };
            Some(all && holds)
        })
    }
}
