//! The page's background worker: whole runs and benchmarks, away from the page's thread.

#[cfg(target_arch = "wasm32")]
fn main() -> Result<(), wasm_bindgen::JsValue> {
    page::listen()
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
mod page {
    use samscope::run::{Report, Scenario, bench};
    use serde::Deserialize;
    use serde_json::json;
    use wasm_bindgen::prelude::*;
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

    /// A request of `web/page.js`.
    #[derive(Deserialize)]
    struct Request {
        /// Comes back with the answer.
        id: u64,
        /// What to do.
        call: Call,
        /// The scenario's JSON text, for a run.
        #[serde(default)]
        scenario: String,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Call {
        Run,
        Bench,
    }

    /// Answers every message until the page closes; the first message says that it is ready.
    pub fn listen() -> Result<(), JsValue> {
        let scope = js_sys::global().unchecked_into::<DedicatedWorkerGlobalScope>();
        let answering = scope.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            // The page is gone where it cannot be answered.
            let _ = answering.post_message(&JsValue::from_str(&answer(&answering, &text)));
        });
        scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        scope.post_message(&JsValue::from_str("ready"))
    }

    fn answer(scope: &DedicatedWorkerGlobalScope, text: &str) -> String {
        let clock = || scope.performance().map_or(0.0, |performance| performance.now() / 1e3);
        let request: Request = match serde_json::from_str(text) {
            Ok(request) => request,
            Err(error) => return json!({ "id": null, "error": error.to_string() }).to_string(),
        };
        let result = match request.call {
            Call::Run => Scenario::from_json(&request.scenario)
                .map_err(|error| error.to_string())
                .and_then(|scenario| serde_json::to_value(Report::run(&scenario, clock)).map_err(|e| e.to_string())),
            Call::Bench => Ok(json!({ "machine": "browser", "figures": bench(clock) })),
        };
        match result {
            Ok(result) => json!({ "id": request.id, "result": result }).to_string(),
            Err(error) => json!({ "id": request.id, "error": error }).to_string(),
        }
    }
}
