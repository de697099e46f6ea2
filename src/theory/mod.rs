//! What the paper predicts of a run, and where its conditions end: Φ, the limiting flows with their corrections, the
//! 2-cycle, the regime badge.

mod bounds;
pub mod claims;
mod clarke;
mod cycle;
mod drift;
mod edge_rest;
mod flow;
mod gamma;
mod gap;
mod hover;
mod integrator;
mod law;
mod phi;
mod prediction;
mod regime;

pub use bounds::{Bound, bounds};
pub use cycle::{
    cycle_amplitude, cycle_multiplier, finite_eta_factor, locking_estimate, locking_radius, saddle_trap,
    usam_multiplier,
};
pub use drift::{Constants, Functional};
pub use edge_rest::edge_rest;
pub use flow::{Flow, FlowRequest, FlowStop, flow, flow_through, flow_with, ngd_flow};
pub use gap::{GAP_IN_WORDS, approximation, gap_scenario, place_in_chain};
pub use hover::Hover;
pub use law::law_conditions;
pub use phi::{PhiError, phi};
pub use prediction::{Distances, NoEnd, Prediction, predicted_end};
pub use regime::{Condition, regime, setting};
