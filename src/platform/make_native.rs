//! Exports natively: in a thread of their own.

use std::thread;
use std::time::Instant;

use super::export::{CANCELLED, Job, Made, Product};
use crate::figure::{Draughtsman, FigureRequest, raster};
use crate::run::Report;
use crate::theory::claims;

/// Whether videos can be encoded.
#[must_use]
pub fn can_encode_video() -> bool {
    false
}

pub(super) fn make(product: Product, request: FigureRequest, job: &Job, ctx: &egui::Context) {
    let in_thread = job.clone();
    let repaint = ctx.clone();
    let run = move || {
        in_thread.finish(made(product, &request, &in_thread, &repaint));
        repaint.request_repaint();
    };
    if let Err(error) = thread::Builder::new().name(format!("export {}", job.number())).spawn(run) {
        job.finish(Err(format!("no thread can be started: {error}")));
        ctx.request_repaint();
    }
}

/// Nothing to do: the thread looks by itself whether it has been cancelled.
pub(super) fn stop(_job: &Job) {}

fn made(product: Product, request: &FigureRequest, job: &Job, ctx: &egui::Context) -> Result<Made, String> {
    let mut draughtsman = Draughtsman::default();
    let file = |bytes| Ok(Made { bytes, width: 0 });
    match product {
        Product::Svg => file(draughtsman.svg(request)?.into_bytes()),
        Product::Png(width) => file(raster::png(&draughtsman.svg(request)?, width)?),
        Product::Preview(width) => {
            let pixels = raster::pixels(&draughtsman.svg(request)?, width)?;
            Ok(Made { bytes: pixels.rgba, width: pixels.width })
        }
        Product::Json => {
            file(serde_json::to_vec(&report(request)?).map_err(|error| format!("it cannot be written: {error}"))?)
        }
        Product::Claims => file(claims_page(job, ctx)?.into_bytes()),
        Product::Csv => file(report(request)?.csv().into_bytes()),
        Product::Gif(animation) => {
            let is_stopped_at = |share| {
                ctx.request_repaint();
                job.is_stopped_at(share)
            };
            file(raster::animation(&mut draughtsman, request, animation, is_stopped_at)?.ok_or(CANCELLED)?)
        }
        Product::Webm(_) => Err("videos can be encoded only in a browser".to_owned()),
    }
}

fn report(request: &FigureRequest) -> Result<Report, String> {
    let begin = Instant::now();
    Report::run(&request.scenario, || begin.elapsed().as_secs_f64()).map_err(|error| error.to_string())
}

fn claims_page(job: &Job, ctx: &egui::Context) -> Result<String, String> {
    let claims: Vec<_> = claims::all().collect();
    let is_stopped_at = |done: usize| {
        ctx.request_repaint();
        job.is_stopped_at(done as f64 / claims.len() as f64)
    };
    let found = super::measure(&claims, &is_stopped_at).ok_or(CANCELLED)?;
    Ok(super::export::claims_page(&found))
}
