//! A page of a lesson as a screen reader says it when it is turned to.

use super::{Open, Page};
use crate::app::session::Session;
use crate::lesson::{Paragraph, Prose};

/// What stands on the open page; `None` while its numbers are not known.
pub fn page(open: &Open, session: &Session) -> Option<String> {
    let lesson = open.lesson;
    match open.page {
        Page::Question => Some([told(open, &lesson.question), told(open, &lesson.predict)].join(" ")),
        Page::Run => Some(told(open, &lesson.watch)),
        Page::Answer => answer(open, session),
        Page::Why => Some(told(open, &lesson.why)),
        Page::Try => {
            let tries: Vec<_> = lesson.tries.iter().map(|other| other.text.as_str()).collect();
            Some(format!("Now try: {}.", tries.join("; ")))
        }
    }
}

fn answer(open: &Open, session: &Session) -> Option<String> {
    let outcome = open.outcome(session)?.into_iter().flatten();
    let text = told(open, &open.lesson.answer);
    let is_known = open.solution.is_done() || !text.contains('…');
    is_known.then(|| outcome.chain([text]).collect::<Vec<_>>().join(" "))
}

fn told(open: &Open, prose: &Prose) -> String {
    let paragraphs = prose.paragraphs(|name| open.solution.measured(name));
    paragraphs.iter().map(Paragraph::text).collect::<Vec<_>>().join(" ")
}
