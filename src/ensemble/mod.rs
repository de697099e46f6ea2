//! Many runs of one method from many starts, and how each ended.
//!
//! [`advance`] is the one way in which all of them step; what an end is called is a function of its last iterate alone.

mod class;
mod critical;
mod end;
mod motion;
mod points;
mod step;

pub use class::Classes;
pub use end::{End, end};
pub use points::Points;
pub use step::{Finals, advance};
