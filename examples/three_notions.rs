//! The core as a library: three notions of sharpness at one minimum of a typed loss, and where three methods go.
//!
//!     cargo run --release --example three_notions

#![expect(clippy::print_stdout, reason = "printing is what an example does")]

use std::error::Error;

use samscope::calculus::landscape;
use samscope::loss::{LossSpec, Reduction};
use samscope::optimizer::Method;
use samscope::run::{OptimizerSpec, Racer, Scenario};
use samscope::sharpness::SharpnessReport;
use samscope::theory::{FlowRequest, Functional, flow, phi};

fn main() -> Result<(), Box<dyn Error>> {
    // Two samples whose sum vanishes on the plane x3 = x4 = 0, not equally sharply everywhere.
    let samples = ["(x1^2 + 6*x2^2 + 8)*x3^2", "(4*(1 - x1)^2 + (1 - x2)^2 + 1)*x4^2"].map(str::to_owned);
    let loss = LossSpec::typed(samples.to_vec(), Reduction::Sum, [].into()).resolved()?;
    let start = vec![0.5, 0.5, 0.3, 0.3];
    let land = landscape(&loss, start.len());

    let minimum = phi(land.as_ref(), &start)?;
    let report = SharpnessReport::at(land.as_ref(), &minimum, 0.1);
    println!("gradient flow lands at {minimum:.4?}");
    println!("there R^Max = {:.4}, R^Avg = {:.4}, and λ1/2 = {:.4}", report.r_max, report.r_avg, report.limits.s_max);

    let request = FlowRequest { of: Functional::Lambda1, tau: 10.0, eta: None, clarke: false };
    println!("Thm 4.5 sends SAM to {:.4?}", flow(land.as_ref(), &start, &request)?.end());

    let optimizers = [Method::Gd, Method::Sam, Method::OneSam].map(OptimizerSpec::new).to_vec();
    let scenario = Scenario { loss, init: start, optimizers, steps: 100_000, ..Scenario::default() }.resolved()?;
    for spec in scenario.run_specs() {
        let mut racer = Racer::new(spec);
        racer.advance(scenario.steps);
        println!("{:>6} ends at {:.4?}", racer.optimizer().id.info().name, racer.x());
    }
    Ok(())
}
