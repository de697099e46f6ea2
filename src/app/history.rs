//! Undo and redo: the scenarios before the present one and those that were undone.

use std::collections::VecDeque;

use serde_json::Value;

use crate::run::Scenario;

/// The most steps back.
const DEPTH: usize = 100;
/// Two changes of the same fields closer than this, in seconds, are one.
const MERGE: f64 = 1.0;

/// Looking around is no change: pans and zooms of the map, turns of the surfaces.
const LOOKING_AROUND: [&str; 3] = ["view.bounds", "view.camera", "view.surface_reach"];

/// The scenarios before and after the present one.
#[derive(Debug, Default)]
pub struct History {
    past: VecDeque<Scenario>,
    future: Vec<Scenario>,
    /// The fields that the last change changed, when, and in which visit to a formula.
    last: Option<(Vec<String>, f64, Option<u64>)>,
}

impl History {
    /// Notes that `before` gives way to `after` at `time`, in seconds. A drag of one slider or point is one entry, and so is
    /// all that is typed in one `visit` to a formula.
    pub fn note(&mut self, before: &Scenario, after: &Scenario, time: f64, visit: Option<u64>) {
        let fields = changed(before, after);
        if fields.iter().all(|field| LOOKING_AROUND.contains(&field.as_str())) {
            return;
        }
        let goes_on = self.last.as_ref().is_some_and(|(last, when, last_visit)| {
            let is_same = *last == fields && (0.0..MERGE).contains(&(time - when));
            is_same || (visit.is_some() && visit == *last_visit)
        });
        self.last = Some((fields, time, visit));
        self.future.clear();
        if goes_on && !self.past.is_empty() {
            return;
        }
        self.past.push_back(before.clone());
        if self.past.len() > DEPTH {
            self.past.pop_front();
        }
    }

    /// The next change is an entry of its own.
    pub fn part(&mut self) {
        self.last = None;
    }

    /// The scenario before `present`.
    pub fn undo(&mut self, present: &Scenario) -> Option<Scenario> {
        let before = self.past.pop_back()?;
        self.future.push(present.clone());
        self.last = None;
        Some(as_seen_in(before, present))
    }

    /// The scenario that was undone last.
    pub fn redo(&mut self, present: &Scenario) -> Option<Scenario> {
        let after = self.future.pop()?;
        self.past.push_back(present.clone());
        self.last = None;
        Some(as_seen_in(after, present))
    }

    /// Whether there is something to undo, and to redo.
    #[must_use]
    pub fn can(&self) -> [bool; 2] {
        [!self.past.is_empty(), !self.future.is_empty()]
    }
}

/// Map and surfaces stay as they are turned and zoomed, unless they show another space.
fn as_seen_in(mut scenario: Scenario, present: &Scenario) -> Scenario {
    let space = |scenario: &Scenario| (scenario.loss.id(), scenario.dim(), scenario.view.axes);
    if space(&scenario) == space(present) {
        scenario.view.bounds = present.view.bounds;
        scenario.view.surface_reach = present.view.surface_reach;
    }
    scenario.view.camera = present.view.camera;
    scenario
}

/// The paths of the fields in which two scenarios differ. A list of numbers is one field: a point is dragged as one.
fn changed(before: &Scenario, after: &Scenario) -> Vec<String> {
    let mut fields = Vec::new();
    if let (Ok(before), Ok(after)) = (serde_json::to_value(before), serde_json::to_value(after)) {
        collect("", &before, &after, &mut fields);
    }
    fields
}

fn collect(path: &str, before: &Value, after: &Value, fields: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) if before.keys().eq(after.keys()) => {
            for (name, value) in before {
                let dot = if path.is_empty() { "" } else { "." };
                collect(&format!("{path}{dot}{name}"), value, &after[name], fields);
            }
        }
        (Value::Array(before), Value::Array(after))
            if before.len() == after.len() && before.iter().all(Value::is_object) =>
        {
            for (i, (before, after)) in before.iter().zip(after).enumerate() {
                collect(&format!("{path}[{i}]"), before, after, fields);
            }
        }
        _ => {
            // As texts: two zeros of different sign are equal as numbers.
            let (before, after) = (before.to_string(), after.to_string());
            if before != after {
                fields.push(path.to_owned());
            }
        }
    }
}
