//! `samscope gallery`, `samscope lessons` and `samscope lesson N`.

use std::fmt::Write as _;

use serde_json::json;

use super::args::{JsonArgs, LessonArgs};
use super::errors::CliError;
use super::files::show;
use super::lists::{precise, table};
use crate::lesson::{self, GALLERY, Lesson, Paragraph, Preset, Prose, Solution};

/// The width of a line of text.
const COLUMNS: usize = 100;

pub(super) fn gallery(args: JsonArgs) -> Result<(), CliError> {
    let told = |preset: &Preset| {
        json!({
            "id": preset.id,
            "title": preset.title,
            "goes_well": preset.goes_well,
            "why": preset.why,
            "scenario": preset.scenario(),
        })
    };
    let list = GALLERY.iter().map(told).collect::<Vec<_>>();
    let rows = GALLERY.iter().map(|preset| {
        let goes = if preset.goes_well { "well" } else { "wrong" };
        [preset.id, preset.title, goes, preset.why].map(str::to_owned)
    });
    show(args, &list, || table(["preset", "title", "goes", "why"], rows))
}

pub(super) fn lessons(args: JsonArgs) -> Result<(), CliError> {
    let title = |lesson: &Lesson| json!({ "number": lesson.number, "title": lesson.title });
    let list = lesson::all().iter().map(title).collect::<Vec<_>>();
    let rows = lesson::all().iter().map(|lesson| [lesson.number.to_string(), lesson.title.clone()]);
    show(args, &list, || table(["lesson", "title"], rows))
}

pub(super) fn lesson(args: LessonArgs) -> Result<(), CliError> {
    let lesson = args.lesson;
    let solution = Solution::new(lesson).finished();
    show(args.json, &in_json(lesson, &solution), || in_words(lesson, &solution))
}

fn in_json(lesson: &Lesson, solution: &Solution) -> serde_json::Value {
    let text = |prose: &Prose| {
        let lines = prose.paragraphs(|name| solution.measured(name));
        lines.iter().map(|line| line.formula().map_or_else(|| line.text(), str::to_owned)).collect::<Vec<_>>()
    };
    let choices = lesson.choices.iter().zip(solution.holds());
    let choices = choices.map(|(choice, holds)| json!({ "text": choice.text, "right": holds })).collect::<Vec<_>>();
    let tries = lesson.tries.iter().map(|other| json!({ "text": other.text, "scenario": other.scenario }));
    json!({
        "number": lesson.number,
        "title": lesson.title,
        "question": text(&lesson.question),
        "predict": text(&lesson.predict),
        "choices": choices,
        "run": text(&lesson.watch),
        "scenario": lesson.scenario,
        "answer": text(&lesson.answer),
        "numbers": solution.numbers(),
        "claims": solution.verdicts(),
        "why": text(&lesson.why),
        "tries": tries.collect::<Vec<_>>(),
        "sources": lesson.sources,
    })
}

fn in_words(lesson: &Lesson, solution: &Solution) -> String {
    let mut page = format!("{}. {}\n", lesson.number, lesson.title);
    let mut section = |heading: &str, text: &str| {
        let _ = write!(page, "\n{heading}\n{text}");
    };
    let told = |prose: &Prose| wrapped(&prose.paragraphs(|name| solution.measured(name)));
    section("QUESTION", &told(&lesson.question));
    let choices = lesson.choices.iter().zip(solution.holds()).map(|(choice, holds)| {
        let sign = if holds == Some(true) { "✓" } else { "·" };
        format!("  {sign} {}\n", choice.text)
    });
    section("PREDICT", &(told(&lesson.predict) + &choices.collect::<String>()));
    section("RUN", &(told(&lesson.watch) + &lesson.json));
    let claims = solution.verdicts().iter().map(|verdict| {
        let sign = if verdict.holds { "✓" } else { "✗" };
        let number = |value: Option<f64>| value.map_or("no number".to_owned(), precise);
        let (predicted, measured) = (number(verdict.predicted), number(verdict.measured));
        let statement = wrapped(&[Paragraph::of_words(&verdict.statement)]);
        format!("{statement}  {sign} {}: predicted {predicted}, measured {measured}\n", verdict.id)
    });
    section("ANSWER", &(told(&lesson.answer) + &claims.collect::<String>()));
    section("WHY", &told(&lesson.why));
    let listed = |items: &mut dyn Iterator<Item = &String>| {
        items.fold(String::new(), |list, item| format!("{list}  · {item}\n"))
    };
    section("NOW TRY", &listed(&mut lesson.tries.iter().map(|other| &other.text)));
    section("SOURCES", &listed(&mut lesson.sources.iter()));
    page
}

/// Paragraphs in lines of at most [`COLUMNS`] characters; formulas are indented.
fn wrapped(paragraphs: &[Paragraph]) -> String {
    let mut text = String::new();
    for paragraph in paragraphs {
        let mut column = 0;
        if paragraph.formula().is_some() {
            text += "    ";
        }
        for word in paragraph.text().split_whitespace() {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > COLUMNS {
                text.push('\n');
                column = 0;
            } else if column > 0 {
                text.push(' ');
                column += 1;
            }
            text += word;
            column += length;
        }
        text.push('\n');
    }
    text
}
