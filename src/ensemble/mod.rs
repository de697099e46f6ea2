//! Many runs of one method from many starts, and how each ended.
//!
//! [`advance`] is the one way in which all of them step; what an end is called is a function of its last iterate alone.

mod bench;
mod class;
mod critical;
mod end;
mod lanes;
mod motion;
mod points;
mod recorded;
mod spectra;
mod step;

pub use bench::bench;
pub use class::Classes;
pub use end::{End, ends};
use lanes::WIDTH;
pub use points::Points;
pub use recorded::{RecordedUpdate, recorded_update};
pub use spectra::Spectra;
pub use step::{Finals, Settings, advance, advance_each, one_by_one, together};
