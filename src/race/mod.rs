//! Runs as the window and figures show them: each with its measured points, its other seeds and what theory predicts of it;
//! the lines of its curves, and the story in one sentence.

mod cycle;
mod lines;
mod run;
mod runs;
mod story;
mod strokes;
mod theory;

pub use lines::{CurveLine, fits_log};
pub use run::Run;
pub use runs::{Race, in_chain_order};
pub use story::{Phase, phases, story};
pub use strokes::{Phases, thinned};
pub use theory::Wanted;
