//! A field in f32, for graphics cards: the same for every node, and no shader that is written by hand for a loss or a method.
//!
//! A [`Program`] is made of recordings. What it has for its nodes is a table of words, which its [`Kernel`]s change in passes; whatever
//! f32 cannot tell is marked there, and [`Program::finish`] computes it anew in f64.

mod frame;
mod points;
mod program;
mod runs;

pub use frame::{HEAD, Kernel, OWN, WORKGROUP};
pub use program::{Pass, Program, by_node};
