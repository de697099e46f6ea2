//! The allowed ranges of a scenario's numbers.

/// Momentum β lies from 0 to below this.
pub const BETA_END: f64 = 1.0;
/// η lies above 0 and up to this.
pub const ETA_MAX: f64 = 1e6;
/// ρ lies between 0 and this.
pub const RHO_MAX: f64 = 1e6;
/// Each coordinate of the start lies within ± this.
pub const INIT_MAX: f64 = 1e8;
/// The largest whole number that JavaScript keeps exactly, 2^53 − 1.
pub const SEED_MAX: u64 = (1 << 53) - 1;
/// The most updates of a run.
pub const STEPS_MAX: u64 = 1_000_000_000_000;
/// The most updates of a run that is recorded whole.
pub const RECORD_ALL_MAX: u64 = 1_000_000;
/// The fewest and the most kept points of a record.
pub const RECORD_POINTS: std::ops::RangeInclusive<usize> = 4..=1_000_000;
/// The most seeds that a stochastic method runs with.
pub const SEEDS_MAX: u64 = 4096;
/// The most bytes of a scenario's JSON text.
pub const JSON_MAX: usize = 1 << 20;
/// The most methods in one race.
pub const OPTIMIZERS_MAX: usize = 16;
