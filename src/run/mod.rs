//! Runs: the scenario that describes everything, the racers that step through it in batches, the trail
//! that each one leaves, and the report of a finished run.

mod bench;
mod bench_typed;
mod budget;
mod crowd;
mod csv;
mod drive;
mod early;
mod json;
pub mod limits;
mod link;
mod optimizer;
mod racer;
mod recording;
mod report;
mod scenario;
mod sharpness_request;
mod spec;
mod sweep;
mod trail;
mod view;

pub use bench::{Figure, bench, plain_sam_toy4d};
pub use budget::NUMBERS_MAX;
pub use crowd::{Crowd, Spread};
pub use drive::{BLOCK, DIVERGED_NORM};
pub use early::EarlySteps;
pub use json::{read_json, without_mark};
pub use link::{JSON_MAX as LINK_JSON_MAX, LinkError, TEXT_MAX as LINK_TEXT_MAX};
pub use optimizer::{OptimizerSpec, Switch};
pub use racer::{Racer, StopReason};
pub use recording::Recording;
pub use report::{Report, ReportProgress, RunResult};
pub use scenario::{Pace, Scenario, Underflow};
pub use sharpness_request::SharpnessRequest;
pub use spec::RunSpec;
pub use sweep::{Setting, SweepAxis};
pub use trail::{DEFAULT_POINTS, Trail};
pub use view::{Layout, Scale, Side, Through, View};
