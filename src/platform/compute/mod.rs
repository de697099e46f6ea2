//! Where fields are computed, beside the thread that asks for them.

mod threads;

pub use threads::Threads;
