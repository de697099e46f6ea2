//! The laboratory's core: formulas, losses, derivatives, sharpness, update rules, runs, theory, fields, figures and lessons.
//!
//! Data flows one way through the modules, in the order of ARCHITECTURE.md.

pub mod formula;

pub mod loss;

pub mod calculus;

pub mod sharpness;

pub mod optimizer;

pub mod run;

pub mod theory;

pub mod ensemble;

pub mod race;

pub mod field;

pub mod figure;

pub mod lesson;

#[cfg(any(feature = "gui", feature = "cli"))]
pub mod platform;

#[cfg(feature = "gui")]
pub mod app;

#[cfg(feature = "cli")]
pub mod cli;

#[cfg(feature = "gui")]
pub mod entry;
