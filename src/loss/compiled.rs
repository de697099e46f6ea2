//! The compiled form of a typed loss, kept beside the data that it was compiled from.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::expression::Program;
use super::{Reduction, Refusal};

/// What a program is compiled from.
type Source<'a> = (&'a Vec<String>, Option<Reduction>, Option<usize>, &'a BTreeMap<String, f64>);

/// A program that is compiled when it is first asked for; copies share it. It belongs to the data beside it, so that two are
/// always equal.
#[derive(Clone, Debug, Default)]
pub(super) struct Compiled(OnceLock<Arc<Entry>>);

#[derive(Debug)]
struct Entry {
    expressions: Vec<String>,
    reduction: Option<Reduction>,
    dim: Option<usize>,
    params: BTreeMap<String, f64>,
    outcome: Result<Program, Refusal>,
}

impl PartialEq for Compiled {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Compiled {
    /// What `compile` makes of `source`, from memory where it is the source of the first call.
    pub(super) fn get_or_compile(
        &self,
        source: Source,
        compile: impl Fn() -> Result<Program, Refusal>,
    ) -> Result<Program, Refusal> {
        let entry = self.0.get_or_init(|| {
            Arc::new(Entry {
                expressions: source.0.clone(),
                reduction: source.1,
                dim: source.2,
                params: source.3.clone(),
                outcome: compile(),
            })
        });
        // The data beside it are public and may have been changed since.
        let is_current = (&entry.expressions, entry.reduction, entry.dim, &entry.params) == source;
        if is_current { entry.outcome.clone() } else { compile() }
    }
}
