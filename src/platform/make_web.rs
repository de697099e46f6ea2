//! Exports on the page: runs and figures in the background worker, pixels on a canvas of the browser's.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::export::{CANCELLED, Job, Made, Product};
use super::webm::{Encoded, webm};
use crate::figure::{Animation, FigureRequest, GifWriter, signed};
use crate::theory::claims;

#[wasm_bindgen]
extern "C" {
    /// `web/page.js`: a background worker's answer, for this export.
    #[wasm_bindgen(catch, js_name = samscopeRequest)]
    async fn ask(job: u32, call: &str, argument: &str) -> Result<JsValue, JsValue>;
    /// `web/page.js`: frees the worker that is at work for this export.
    #[wasm_bindgen(js_name = samscopeCancel)]
    fn cancel(job: u32);
    /// `web/page.js`: an SVG's pixels.
    #[wasm_bindgen(catch, js_name = samscopePixels)]
    async fn pixels_of(svg: &str, width: u32) -> Result<JsValue, JsValue>;
    /// `web/page.js`: an SVG as a PNG file.
    #[wasm_bindgen(catch, js_name = samscopePng)]
    async fn png_of(svg: &str, width: u32) -> Result<JsValue, JsValue>;
    /// `web/page.js`: an encoder of videos; undefined where the browser has none.
    #[wasm_bindgen(js_name = samscopeVideo)]
    fn video_of(fps: u16) -> Option<Encoder>;
    type Encoder;
    #[wasm_bindgen(method, catch)]
    async fn add(this: &Encoder, svg: &str, width: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn finish(this: &Encoder) -> Result<JsValue, JsValue>;
    type EncodedVideo;
    #[wasm_bindgen(method, getter)]
    fn size(this: &EncodedVideo) -> Vec<u32>;
    #[wasm_bindgen(method, getter)]
    fn duration(this: &EncodedVideo) -> f64;
    #[wasm_bindgen(method, getter)]
    fn frames(this: &EncodedVideo) -> Vec<EncodedFrame>;
    type EncodedFrame;
    #[wasm_bindgen(method, getter)]
    fn bytes(this: &EncodedFrame) -> Vec<u8>;
    #[wasm_bindgen(method, getter, js_name = isKey)]
    fn is_key(this: &EncodedFrame) -> bool;
    #[wasm_bindgen(method, getter)]
    fn at(this: &EncodedFrame) -> f64;
}

/// Whether videos can be encoded.
#[must_use]
pub fn can_encode_video() -> bool {
    video_of(25).is_some()
}

pub(super) fn make(product: Product, request: FigureRequest, job: &Job, ctx: &egui::Context) {
    let (job, ctx) = (job.clone(), ctx.clone());
    spawn_local(async move {
        let made = made(product, &request, &job, &ctx).await;
        job.finish(made.map_err(|error| super::words(&error)));
        ctx.request_repaint();
    });
}

/// Frees the worker.
pub(super) fn stop(job: &Job) {
    cancel(job.number());
}

async fn made(product: Product, request: &FigureRequest, job: &Job, ctx: &egui::Context) -> Result<Made, JsValue> {
    let file = |bytes| Ok(Made { bytes, width: 0 });
    match product {
        Product::Svg => file(svg(request, job).await?.into_bytes()),
        Product::Png(width) => {
            let svg = svg(request, job).await?;
            file(signed(bytes(&png_of(&svg, width).await?), &svg))
        }
        Product::Preview(width) => Ok(Made { bytes: pixels(request, width, job).await?, width }),
        Product::Json => file(text(job, "json", &request.scenario).await?.into_bytes()),
        Product::Claims => file(claims_page(job, ctx).await?.into_bytes()),
        Product::Csv => file(text(job, "csv", &request.scenario).await?.into_bytes()),
        Product::Gif(animation) => file(gif(request, animation, job, ctx).await?),
        Product::Webm(animation) => file(video_file(request, animation, job, ctx).await?),
    }
}

/// The text that a worker makes of a request.
async fn text<T: serde::Serialize>(job: &Job, call: &str, request: &T) -> Result<String, JsValue> {
    let request = serde_json::to_string(request).map_err(|error| JsValue::from_str(&error.to_string()))?;
    Ok(ask(job.number(), call, &request).await?.as_string().unwrap_or_default())
}

/// One claim after the other goes to a worker, so that the progress is seen.
async fn claims_page(job: &Job, ctx: &egui::Context) -> Result<String, JsValue> {
    let count = claims::all().count();
    let mut found = Vec::with_capacity(count);
    for claim in claims::all() {
        if job.is_stopped_at(found.len() as f64 / count as f64) {
            return Err(CANCELLED.into());
        }
        ctx.request_repaint();
        let answer = text(job, "claim", &claim.id).await?;
        found.push(serde_json::from_str(&answer).map_err(|error| JsValue::from_str(&error.to_string()))?);
    }
    Ok(super::export::claims_page(&found))
}

fn bytes(array: &JsValue) -> Vec<u8> {
    Uint8Array::new(array).to_vec()
}

async fn svg(request: &FigureRequest, job: &Job) -> Result<String, JsValue> {
    text(job, "figure", request).await
}

async fn pixels(request: &FigureRequest, width: u32, job: &Job) -> Result<Vec<u8>, JsValue> {
    let image = pixels_of(&svg(request, job).await?, width).await?;
    Ok(bytes(&Reflect::get(&image, &"data".into())?))
}

async fn gif(
    request: &FigureRequest,
    animation: Animation,
    job: &Job,
    ctx: &egui::Context,
) -> Result<Vec<u8>, JsValue> {
    let failed = |error: gif::EncodingError| JsValue::from_str(&error.to_string());
    let mut samples = Vec::new();
    for sample in request.sampled_frames()? {
        samples.push(pixels(&sample, animation.width, job).await?);
    }
    let mut gif = GifWriter::new(animation.width, samples.iter().map(Vec::as_slice)).map_err(failed)?;
    let frames = request.frames(animation.frames)?;
    for (i, frame) in frames.iter().enumerate() {
        if job.is_stopped_at(i as f64 / frames.len() as f64) {
            return Err(CANCELLED.into());
        }
        ctx.request_repaint();
        let picture = pixels(frame, animation.width, job).await?;
        gif.add(picture, animation.hundredths(i + 1 == frames.len())).map_err(failed)?;
    }
    gif.finish().map_err(failed)
}

async fn video_file(
    request: &FigureRequest,
    animation: Animation,
    job: &Job,
    ctx: &egui::Context,
) -> Result<Vec<u8>, JsValue> {
    let encoder = video_of(animation.fps).ok_or("this browser cannot encode videos")?;
    let frames = request.frames(animation.frames)?;
    for (i, frame) in frames.iter().enumerate() {
        if job.is_stopped_at(i as f64 / frames.len() as f64) {
            return Err(CANCELLED.into());
        }
        ctx.request_repaint();
        encoder.add(&svg(frame, job).await?, animation.width).await?;
    }
    let encoded: EncodedVideo = encoder.finish().await?.unchecked_into();
    let size = encoded.size();
    let frame = |frame: &EncodedFrame| Encoded { bytes: frame.bytes(), is_key: frame.is_key(), at: frame.at() };
    let frames: Vec<Encoded> = encoded.frames().iter().map(frame).collect();
    Ok(webm([size[0], size[1]], encoded.duration(), &frames))
}
