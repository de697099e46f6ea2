//! A lesson's file: Markdown with fixed headings, the scenario as JSON, and what is measured in braces.

use serde_json::Value;

use super::condition::Condition;
use super::measure::Measurement;
use super::prose::Prose;
use super::{Choice, Lesson, Try};
use crate::run::Scenario;
use crate::sharpness::Curve;
use crate::theory::claims;

impl Lesson {
    /// Reads a lesson's file.
    ///
    /// # Errors
    /// What is missing or cannot be read, in one sentence.
    pub fn parse(number: usize, text: &str) -> Result<Self, String> {
        let (head, _) = text.split_once("\n## ").ok_or("no `## ` heading")?;
        let (title, question) = head.trim().split_once('\n').ok_or("no question under the title")?;
        let title = title.strip_prefix("# ").ok_or("the first line is not `# TITLE`")?;
        let (predict, marked) = split_last_line(section(text, "Predict")?, "Marker:");
        let (predict, choices) = split_items(predict);
        let (watch, json) = fenced(section(text, "Run")?)?;
        let (watch, about) = split_last_line(watch, "Curve:");
        let scenario = Scenario::from_json(json).map_err(|error| format!("Run: {error}"))?;
        let (answer, named) = split_last_line(section(text, "Answer")?, "Claims:");
        let marker = code_spans(marked.unwrap_or_default()).next();
        let lesson = Self {
            number,
            title: title.to_owned(),
            question: Prose::new(question),
            predict: Prose::new(&predict),
            choices: choices.iter().map(|item| choice(item)).collect::<Result<_, _>>()?,
            marker: marker.map(|name| place_of(&scenario, name)).transpose()?,
            watch: Prose::new(watch),
            curve: code_spans(about.unwrap_or_default()).next().map(|id| curve(id, &scenario)).transpose()?,
            answer: Prose::new(answer),
            claims: code_spans(named.unwrap_or_default())
                .map(|id| claims::find(id).ok_or_else(|| format!("Answer: `{id}` is not a claim")))
                .collect::<Result<_, _>>()?,
            why: Prose::new(section(text, "Why")?),
            tries: split_items(section(text, "Now try")?)
                .1
                .iter()
                .map(|item| changed(json, item))
                .collect::<Result<_, _>>()?,
            sources: split_items(section(text, "Sources")?).1,
            json: json.to_owned(),
            scenario,
        };
        for measurement in lesson.measurements() {
            measurement.check(&lesson.scenario, &lesson.claims)?;
        }
        Ok(lesson)
    }

    /// Everything that its texts and choices ask to be measured.
    pub(super) fn measurements(&self) -> impl Iterator<Item = Measurement> {
        let texts = [&self.question, &self.predict, &self.watch, &self.answer, &self.why];
        let in_choices = self.choices.iter().flat_map(|choice| choice.condition.measurements());
        let in_texts = texts.into_iter().flat_map(Prose::placeholders).map(Measurement::named);
        in_texts.chain(in_choices).collect::<Vec<_>>().into_iter()
    }
}

/// The place of the method that is named by its number, counted from 1, or by its id.
pub(super) fn place_of(scenario: &Scenario, name: &str) -> Result<usize, String> {
    let by_id = || scenario.optimizers.iter().position(|optimizer| optimizer.id.info().id == name);
    let by_number = name.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    let place = by_number.filter(|&i| i < scenario.optimizers.len()).or_else(by_id);
    place.ok_or_else(|| format!("`{name}` does not take part in the run"))
}

/// What stands under `## name`.
fn section<'a>(text: &'a str, name: &str) -> Result<&'a str, String> {
    let heading = format!("\n## {name}\n");
    let begin = text.find(&heading).ok_or_else(|| format!("no section `## {name}`"))? + heading.len();
    let rest = &text[begin..];
    Ok(rest[..rest.find("\n## ").unwrap_or(rest.len())].trim())
}

/// The text before a list, and the list's items, each on one line or several indented ones.
fn split_items(text: &str) -> (String, Vec<String>) {
    let (mut before, mut items) = (String::new(), Vec::<String>::new());
    for line in text.lines() {
        if let Some(item) = line.strip_prefix("- ") {
            items.push(item.to_owned());
        } else if let Some(item) = items.last_mut() {
            *item += " ";
            *item += line.trim();
        } else {
            before += line;
            before.push('\n');
        }
    }
    (before, items.into_iter().map(|item| item.trim().to_owned()).collect())
}

/// The text without its last line where that begins so, and what follows there.
fn split_last_line<'a>(text: &'a str, beginning: &str) -> (&'a str, Option<&'a str>) {
    let text = text.trim();
    let (before, last) = text.rsplit_once('\n').unwrap_or(("", text));
    last.strip_prefix(beginning).map_or((text, None), |rest| (before, Some(rest)))
}

/// The text before a block of code, and the code.
fn fenced(text: &str) -> Result<(&str, &str), String> {
    let (before, rest) = text.split_once("```json\n").ok_or("Run: no ```json block")?;
    let (code, _) = rest.split_once("```").ok_or("Run: the ```json block does not end")?;
    Ok((before, code))
}

/// What stands between backticks.
fn code_spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// `TEXT: CODE`, the code in backticks; TEXT has no full stop.
fn split_code(item: &str) -> (String, Vec<&str>) {
    let text = item.split('`').next().unwrap_or_default();
    (text.trim().trim_end_matches(':').to_owned(), code_spans(item).collect())
}

/// The curve with this id, which the lesson's run shows.
fn curve(id: &str, scenario: &Scenario) -> Result<Curve, String> {
    let curve = super::measure::curve(id).filter(|curve| scenario.view.curves.contains(curve));
    curve.ok_or_else(|| format!("Run: `{id}` is no curve that is shown"))
}

fn choice(item: &str) -> Result<Choice, String> {
    let (text, code) = split_code(item);
    let [condition] = code[..] else { return Err(format!("Predict: `{text}` needs one condition in backticks")) };
    Ok(Choice { text, condition: Condition::parse(condition)? })
}

/// The scenario with `path = value` changes, the path in dots and the value as JSON.
fn changed(json: &str, item: &str) -> Result<Try, String> {
    let (text, changes) = split_code(item);
    let mut scenario: Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    for change in changes {
        let (path, value) = change.split_once(" = ").ok_or_else(|| format!("`{change}` is not `path = value`"))?;
        let value = serde_json::from_str(value).map_err(|error| format!("`{change}`: {error}"))?;
        set(&mut scenario, path, value).ok_or_else(|| format!("`{change}`: there is nothing at this path"))?;
    }
    let scenario = Scenario::from_json(&scenario.to_string()).map_err(|error| format!("{text}: {error}"))?;
    Ok(Try { text, scenario })
}

/// Puts a value at a path of names and of places counted from 0.
fn set(root: &mut Value, path: &str, value: Value) -> Option<()> {
    let (parents, last) = path.rsplit_once('.').unwrap_or(("", path));
    let mut at = root;
    for name in parents.split('.').filter(|name| !name.is_empty()) {
        at = match at {
            Value::Array(list) => list.get_mut(name.parse::<usize>().ok()?)?,
            Value::Object(fields) => fields.get_mut(name)?,
            _ => return None,
        };
    }
    match at {
        Value::Array(list) => *list.get_mut(last.parse::<usize>().ok()?)? = value,
        Value::Object(fields) => {
            fields.insert(last.to_owned(), value);
        }
        _ => return None,
    }
    Some(())
}
