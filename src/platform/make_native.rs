//! Exports natively: in a thread of their own.

use std::thread;
use std::time::Instant;

use super::export::{CANCELLED, Film, Job, Made, Product};
use crate::figure::{Draughtsman, FigureRequest, GifWriter, animation_steps, raster};
use crate::run::Report;

/// Whether films can be recorded.
#[must_use]
pub fn can_film() -> bool {
    false
}

pub(super) fn make(product: Product, request: FigureRequest, job: &Job, ctx: &egui::Context) {
    let in_thread = job.clone();
    let repaint = ctx.clone();
    let run = move || {
        in_thread.finish(made(product, &request, &in_thread, &repaint));
        repaint.request_repaint();
    };
    if let Err(error) = thread::Builder::new().name("export".to_owned()).spawn(run) {
        job.finish(Err(format!("no thread can be started: {error}")));
        ctx.request_repaint();
    }
}

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
            file(serde_json::to_vec(&report(request)).map_err(|error| format!("it cannot be written: {error}"))?)
        }
        Product::Csv => file(report(request).csv().into_bytes()),
        Product::Gif(film) => file(gif(&mut draughtsman, request, film, job, ctx)?),
        Product::Webm(_) => Err("films can be recorded in a browser alone".to_owned()),
    }
}

fn report(request: &FigureRequest) -> Report {
    let begin = Instant::now();
    Report::run(&request.scenario, || begin.elapsed().as_secs_f64())
}

fn gif(
    draughtsman: &mut Draughtsman,
    request: &FigureRequest,
    film: Film,
    job: &Job,
    ctx: &egui::Context,
) -> Result<Vec<u8>, String> {
    let mut picture = |step: f64| {
        raster::pixels(&draughtsman.svg(&FigureRequest { step: Some(step), ..request.clone() })?, film.width)
    };
    let steps = animation_steps(&request.scenario, film.frames);
    let (first, last) = (picture(0.0)?, picture(request.scenario.steps as f64)?);
    let failed = |error: gif::EncodingError| error.to_string();
    let mut gif = GifWriter::new(first.width, first.height, &[&first.rgba, &last.rgba]).map_err(failed)?;
    for (i, &step) in steps.iter().enumerate() {
        if job.is_stopped_at(i as f64 / steps.len() as f64) {
            return Err(CANCELLED.to_owned());
        }
        ctx.request_repaint();
        gif.add(&picture(step)?.rgba, film.hundredths(i + 1 == steps.len())).map_err(failed)?;
    }
    gif.finish().map_err(failed)
}
