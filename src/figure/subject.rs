//! What a figure is drawn of: a race at its end, and the fields that its maps share.

use std::cell::{OnceCell, RefCell};

use super::computed::Computed;
use crate::field::{Field, Grid, Values};
use crate::race::{Race, Wanted};
use crate::run::Scenario;

/// Fields that are kept: more than a figure has maps.
const FIELDS: usize = 16;

/// A race that has been run for a figure.
#[derive(Debug)]
pub struct Subject {
    /// What was asked for, which may have one dimension.
    pub given: Scenario,
    /// Its runs.
    pub race: Race,
    /// The fields that have been computed: an animation's frames share them.
    fields: RefCell<Vec<(Field, Grid)>>,
    /// What a figure of values at a field's nodes shows.
    computed: OnceCell<Computed>,
}

impl Subject {
    /// Runs a resolved scenario to its end, each stochastic method with at most `seeds` of its seeds.
    #[must_use]
    pub fn new(given: &Scenario, seeds: u64, wanted: Wanted) -> Self {
        let race = Race::finished(given.clone(), seeds, wanted);
        Self { given: given.clone(), race, fields: RefCell::default(), computed: OnceCell::new() }
    }

    /// The same with values that have been computed elsewhere.
    #[must_use]
    pub fn with(self, computed: Computed) -> Self {
        Self { computed: OnceCell::from(computed), ..self }
    }

    /// The values that have been computed elsewhere.
    #[must_use]
    pub fn given_values(&self) -> Option<&Computed> {
        self.computed.get()
    }

    /// Those, or else what `compute` gives, once for all frames.
    pub fn computed(&self, compute: impl FnOnce(&Self) -> Computed) -> &Computed {
        self.computed.get_or_init(|| compute(self))
    }

    /// A quantity's values over a plane, computed unless they have just been.
    #[must_use]
    pub fn quantity(&self, field: Field, bounds: [f64; 4]) -> Grid {
        let mut fields = self.fields.borrow_mut();
        if let Some((_, known)) = fields.iter().find(|(known, _)| *known == field) {
            return known.clone();
        }
        let [u, v] = field.nodes();
        let mut grid = Grid::new(u.count, v.count, bounds);
        if let Values::Numbers(values) = field.compute_all() {
            grid.values = values;
        }
        // A slice that moves with the head gives another field for each picture.
        fields.truncate(FIELDS - 1);
        fields.insert(0, (field, grid.clone()));
        grid
    }
}
