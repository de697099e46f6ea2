//! The laboratory's core: losses, derivatives, sharpness, update rules, runs and fields.
//!
//! Data flows one way through the modules, in the order in which they stand here (ARCHITECTURE.md).

pub mod loss;

pub mod calculus;

pub mod sharpness;

pub mod optimizer;
pub mod run;

#[cfg(feature = "cli")]
pub mod cli;
