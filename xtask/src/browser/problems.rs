//! What went wrong in a page, read off the browser's events.

use serde_json::Value;

/// A problem that a person would see in the console: an uncaught exception, an error logged, a failed request.
pub fn problem(event: &Value) -> Option<String> {
    let params = &event["params"];
    match event["method"].as_str()? {
        "Runtime.exceptionThrown" => Some(exception_text(&params["exceptionDetails"])),
        "Runtime.consoleAPICalled" if params["type"] == "error" => {
            let words = params["args"].as_array()?.iter();
            let words =
                words.map(|word| word["value"].as_str().or_else(|| word["description"].as_str()).unwrap_or("?"));
            Some(shorten(&words.collect::<Vec<_>>().join(" ")))
        }
        "Log.entryAdded" if params["entry"]["level"] == "error" => {
            let entry = &params["entry"];
            // eframe asks the browser not to act on any touch itself. Where a finger comes back at once, Chromium says that it was
            // about to scroll, though there is nothing that scrolls.
            let text = entry["text"].as_str()?;
            if text.starts_with("Ignored attempt to cancel a touch") {
                return None;
            }
            Some(format!("{text} {}", entry["url"].as_str().unwrap_or_default()))
        }
        _ => None,
    }
}

/// The exception with its stack, or whatever was thrown.
pub fn exception_text(details: &Value) -> String {
    let thrown = details["exception"]["description"].as_str();
    thrown.or_else(|| details["text"].as_str()).unwrap_or("something").to_owned()
}

/// The beginning of a text, for messages.
pub fn shorten(text: &str) -> String {
    text.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(method: &str, params: Value) -> Value {
        json!({ "method": method, "params": params })
    }

    #[test]
    fn errors_are_problems_and_warnings_are_not() {
        let console = |kind: &str| json!({ "type": kind, "args": [{ "value": "bad" }, { "description": "Error: x" }] });
        let error = problem(&event("Runtime.consoleAPICalled", console("error")));
        assert_eq!(error.as_deref(), Some("bad Error: x"));
        assert_eq!(problem(&event("Runtime.consoleAPICalled", console("warning"))), None);
        let missing = json!({ "entry": { "level": "error", "text": "404", "url": "http://x/y" } });
        assert_eq!(problem(&event("Log.entryAdded", missing)).as_deref(), Some("404 http://x/y"));
        let touched = json!({ "entry": { "level": "error", "text": "Ignored attempt to cancel a touchstart event" } });
        assert_eq!(problem(&event("Log.entryAdded", touched)), None);
    }
}
