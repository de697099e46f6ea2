//! The page's background worker: whole runs, points, benchmarks and tiles of fields, away from the page's thread. It is the page's own
//! program, started by `web/worker.mjs` where there is no window.

use std::cell::RefCell;
use std::sync::Arc;

use js_sys::{Array, Float64Array, Uint32Array};
use serde::Deserialize;
use serde_json::json;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::ensemble;
use crate::field::{self, Field, Here, Program, Values};
use crate::figure::{Draughtsman, FigureRequest};
use crate::loss::quoted;
use crate::run::{Report, Scenario, SharpnessRequest, bench, read_json};
use crate::theory::claims;

thread_local! {
    static DRAUGHTSMAN: RefCell<Draughtsman> = RefCell::default();
    static FIELD: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// A request of `web/background.js`.
#[derive(Deserialize)]
struct Request {
    /// What to do.
    call: Call,
    /// The scenario's JSON text for a run, the request's for a point's sharpness or a figure, the name's of a claim.
    #[serde(default)]
    argument: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Call {
    Run,
    Sharpness,
    Figure,
    Json,
    Csv,
    Claim,
    Bench,
}

/// Answers every message until the page closes; the first message says that it is ready.
pub(super) fn listen(scope: &DedicatedWorkerGlobalScope) {
    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        // The page is gone where it cannot be answered.
        let _ = match data.dyn_ref::<Array>() {
            Some(tile) => answer_tile(&answering, tile),
            None => {
                answering.post_message(&JsValue::from_str(&answer(&answering, &data.as_string().unwrap_or_default())))
            }
        };
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // The page is gone where it cannot be told.
    let _ = scope.post_message(&JsValue::from_str("ready"));
}

/// A field whose tiles are asked for: many are of the same.
struct Kept {
    text: String,
    field: Arc<Field>,
    /// What judges the words that a graphics card has made.
    program: Option<Program>,
}

/// Answers a field as JSON, some of its nodes, and what a graphics card has made of them, if it has, with their values, which are handed
/// over without a copy.
fn answer_tile(scope: &DedicatedWorkerGlobalScope, tile: &Array) -> Result<(), JsValue> {
    let text = tile.get(0).as_string().unwrap_or_default();
    let [nodes, words] = [1, 2].map(|place| Uint32Array::new(&tile.get(place)).to_vec());
    let nodes: Vec<usize> = nodes.into_iter().map(|node| node as usize).collect();
    match values(text, &nodes, &words) {
        Ok(values) => {
            let values = Float64Array::from(&values.to_floats()[..]);
            scope.post_message_with_transfer(&values, &Array::of1(&values.buffer()))
        }
        Err(error) => scope.post_message(&JsValue::from_str(&error)),
    }
}

/// The values at some nodes of a field, which is kept: of their words, where there are any.
fn values(text: String, nodes: &[usize], words: &[u32]) -> Result<Values, String> {
    FIELD.with_borrow_mut(|kept| {
        let kept = match kept {
            Some(kept) if kept.text == text => kept,
            _ => {
                let field = Arc::new(Field::from_json(&text).map_err(|error| error.to_string())?);
                kept.insert(Kept { text, field, program: None })
            }
        };
        if words.is_empty() {
            return Ok(kept.field.compute(nodes));
        }
        let program = match &kept.program {
            Some(program) => program,
            None => kept.program.insert(Program::of(&kept.field)?),
        };
        Ok(program.finish(nodes, words))
    })
}

fn answer(scope: &DedicatedWorkerGlobalScope, text: &str) -> String {
    let clock = || scope.performance().map_or(0.0, |performance| performance.now() / 1e3);
    let report = |scenario: &str| {
        Scenario::from_json(scenario)
            .and_then(|scenario| scenario.has_runs().and_then(|()| Report::run(&scenario, clock)))
            .map_err(|error| error.to_string())
    };
    let request: Request = match serde_json::from_str(text) {
        Ok(request) => request,
        Err(error) => return json!({ "error": error.to_string() }).to_string(),
    };
    let result = match request.call {
        Call::Run => {
            report(&request.argument).and_then(|report| serde_json::to_value(report).map_err(|error| error.to_string()))
        }
        Call::Sharpness => SharpnessRequest::from_json(&request.argument)
            .and_then(SharpnessRequest::answer)
            .map_err(|error| error.to_string())
            .and_then(|report| serde_json::to_value(report).map_err(|e| e.to_string())),
        Call::Figure => read_json::<FigureRequest>(&request.argument)
            .map_err(|error| error.to_string())
            .and_then(|request| DRAUGHTSMAN.with_borrow_mut(|draughtsman| draughtsman.svg(&request)))
            .map(Into::into),
        Call::Json => report(&request.argument)
            .and_then(|report| serde_json::to_string(&report).map_err(|error| error.to_string()))
            .map(Into::into),
        Call::Csv => report(&request.argument).map(|report| report.csv().into()),
        Call::Claim => claim(&request.argument).map(Into::into),
        Call::Bench => {
            let figures = [bench(clock), ensemble::bench(clock), field::bench(clock, &mut Here::default())].concat();
            Ok(json!({ "machine": "browser", "figures": figures }))
        }
    };
    match result {
        Ok(result) => json!({ "result": result }).to_string(),
        Err(error) => json!({ "error": error }).to_string(),
    }
}

/// What the claim of this name gives.
fn claim(name: &str) -> Result<String, String> {
    let name: String = serde_json::from_str(name).map_err(|error| error.to_string())?;
    let claim = claims::find(&name).ok_or_else(|| format!("{} is not a claim", quoted(&name)))?;
    serde_json::to_string(&claim.measure()).map_err(|error| error.to_string())
}
