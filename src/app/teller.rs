//! What a screen reader is told by itself: what has become of the race, and a lesson's new page. The numbers of a run that goes on
//! change all the time, which is no news.

use super::App;
use super::lesson::Page;
use super::session::Session;
use super::status;
use super::transport::grouped;
use crate::race::Phase;

/// What has been told last, and what it was about.
#[derive(Debug, Default)]
pub struct Teller {
    text: String,
    news: Option<News>,
    /// The race's step then: one that has fewer has begun anew.
    step: u64,
    page: Option<(usize, Page)>,
}

/// What is worth telling anew where it is another than before.
#[derive(Debug, PartialEq)]
struct News {
    notice: Option<String>,
    /// The furthest that each run has come: near its end one may come and go.
    phases: Vec<Phase>,
    /// The step that is shown while nothing goes on: then each is asked for by hand.
    at_rest: Option<u64>,
}

impl News {
    fn of(session: &Session, notice: Option<&str>, phases: Vec<Phase>) -> Self {
        let at_rest = (!session.is_going()).then(|| session.shown_step());
        Self { notice: notice.map(str::to_owned), phases, at_rest }
    }

    /// With each run's phase no earlier than it was in the same race.
    fn after(mut self, before: &Self) -> Self {
        for (phase, before) in self.phases.iter_mut().zip(&before.phases) {
            *phase = (*phase).max(*before);
        }
        self
    }
}

impl App {
    /// What a screen reader is told by itself: the same text until there is news. The page asks for it again and again.
    pub fn tell(&mut self) -> &str {
        let names_ends = self.names_ends();
        let phases = status::phases(&self.session, names_ends);
        let mut news = News::of(&self.session, self.notice(), phases);
        let step = self.session.step();
        if let Some(before) = self.teller.news.as_ref().filter(|_| step >= self.teller.step) {
            news = news.after(before);
        }
        let page = self.lessons.said(&self.session).filter(|(page, _)| Some(*page) != self.teller.page);
        let is_news = self.teller.news.as_ref() != Some(&news);
        if let Some((page, text)) = page {
            (self.teller.page, self.teller.text) = (Some(page), text);
        } else if is_news {
            self.teller.text = story(&self.session, &news, names_ends);
        }
        (self.teller.news, self.teller.step) = (Some(news), step);
        &self.teller.text
    }
}

fn story(session: &Session, news: &News, names_ends: bool) -> String {
    if let Some(notice) = &news.notice {
        return notice.clone();
    }
    let story = status::story(session, names_ends);
    match news.at_rest {
        Some(step) if step > 0 => format!("Step {}. {story}", grouped(step)),
        _ => story,
    }
}
