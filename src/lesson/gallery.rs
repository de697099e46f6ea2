//! The gallery: runs worth a look, good ones and bad ones, each with a sentence that says why. A preset is a scenario file in
//! `assets/scenarios/` and an entry of [`GALLERY`]; `tests/gallery.rs` holds its sentence against its run.

use crate::run::Scenario;

/// A run worth a look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preset {
    /// The name of its file.
    pub id: &'static str,
    /// What is seen.
    pub title: &'static str,
    /// Whether it goes as one hopes.
    pub goes_well: bool,
    /// Why it goes so, in one sentence or two.
    pub why: &'static str,
    /// Its file.
    json: &'static str,
}

/// An entry, by its file's name.
macro_rules! preset {
    ($id:literal, $goes_well:literal, $title:literal, $why:literal) => {
        Preset {
            id: $id,
            title: $title,
            goes_well: $goes_well,
            why: $why,
            json: include_str!(concat!("../../assets/scenarios/", $id, ".json")),
        }
    };
}

/// All of them, first those that go well.
pub static GALLERY: [Preset; 12] = [
    preset!(
        "welcome",
        true,
        "Three methods, three minima",
        "GD stays where it lands; SAM slides on to the least λ1, 1-SAM to the least trace."
    ),
    preset!(
        "two-wells",
        true,
        "The flat well",
        "GD falls into the sharp well beside it; SAM hops out and finds the flat one."
    ),
    preset!(
        "one-sam-trace",
        true,
        "Four seeds, one trace",
        "Whatever the seed, 1-SAM hovers where the trace is least; full-batch SAM goes past, to the least λ1."
    ),
    preset!("late-sam", true, "Late is enough", "GD that becomes SAM half-way ends as flat as SAM from the start."),
    preset!(
        "gd-edge",
        true,
        "The edge of stability",
        "Without any SAM: where λ1 exceeds 2/η GD cannot rest, and the larger η throws it on to a flatter minimum."
    ),
    preset!(
        "saddle-trap",
        false,
        "Caught at a saddle",
        "GD slides off; SAM is drawn in, and hops to and fro across the rising direction for ever."
    ),
    preset!(
        "usam-saddle",
        false,
        "What sets USAM free",
        "USAM's step shrinks with the gradient, so that it leaves the saddle at which SAM's step of fixed length stays."
    ),
    preset!(
        "hallucinated",
        false,
        "A minimum that is none",
        "ρ is larger than the ring: from where SAM rests it looks across the hill and sees the minimum on the other side."
    ),
    preset!(
        "asc-edge",
        false,
        "Down the wrong sharpness",
        "Descent on L^Asc makes λM least instead of λ1, and on the way its own edge of stability stops it."
    ),
    preset!(
        "chaos",
        false,
        "Chaos",
        "η is too large to rest anywhere: two SAMs whose ρ differs in the tenth digit part, and neither settles."
    ),
    preset!(
        "crossing",
        false,
        "Where the theorem ends",
        "λ1 meets λ2: SAM's gradient aligns with one eigenvector after the other, yet the sharpness goes on falling."
    ),
    preset!(
        "same-model",
        false,
        "Flatter, and the same model",
        "All along this valley xy = 1: the flattest minimum predicts what the sharpest does. Flat does not mean better."
    ),
];

impl Preset {
    /// What runs, resolved.
    ///
    /// # Panics
    /// A shipped file is broken; the tests read them all.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        match Scenario::from_json(self.json) {
            Ok(scenario) => scenario,
            Err(error) => unreachable!("the shipped scenario `{}`: {error}", self.id),
        }
    }
}
