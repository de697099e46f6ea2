//! What the paper predicts of a run, and where its conditions end.

mod regime;
mod story;

pub use regime::{Condition, regime};
pub use story::{Actor, story};
