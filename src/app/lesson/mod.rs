//! The lessons in the window: the table of contents, a lesson page by page, and what has been done of them.

mod contents;
mod page;
mod progress;
mod said;

use egui::Ui;

pub use progress::Progress;

use super::App;
use super::command::Command;
use super::map::Marker;
use super::session::Session;
use crate::lesson::{self, Lesson, Solution, number};
use crate::run::Scenario;
use crate::sharpness::Curve;

/// The most of a frame that a lesson's own run takes.
const SOLVING: web_time::Duration = web_time::Duration::from_millis(4);

/// A wish about the lessons.
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use]
pub enum LessonCommand {
    /// Show the table of contents.
    Contents,
    /// Open the lesson with this number, at its first page.
    Open(usize),
    /// Predict that this choice is right.
    Predict(usize),
    /// Predict that the run ends at this place of the map.
    Mark([f64; 2]),
    /// Turn to this page of the lesson.
    Turn(Page),
    /// Put the lesson's own scenario back.
    PutBack,
    /// Make the change at this place of the lesson's list.
    Try(usize),
    /// Leave the lessons for the free laboratory; what is set stays.
    Leave,
    /// Forget which lessons have been done.
    Forget,
}

impl From<LessonCommand> for Command {
    fn from(command: LessonCommand) -> Self {
        Self::Lesson(command)
    }
}

/// A page of a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// The question, and the prediction.
    Question,
    /// The run.
    Run,
    /// What came of it.
    Answer,
    /// Why.
    Why,
    /// What to try, and the sources.
    Try,
}

impl Page {
    /// All of them with their names, in order.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Question, "Question"),
        (Self::Run, "Run"),
        (Self::Answer, "Answer"),
        (Self::Why, "Why"),
        (Self::Try, "Try"),
    ];

    fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).map(|&(page, _)| page)
    }

    fn before(self) -> Option<Self> {
        (self as usize).checked_sub(1).map(|i| Self::ALL[i].0)
    }
}

/// The lesson that is open, or was last.
#[derive(Debug)]
struct Open {
    lesson: &'static Lesson,
    page: Page,
    predicted: Option<usize>,
    /// The place on the map that is predicted, where the lesson asks for one.
    mark: Option<[f64; 2]>,
    solution: Solution,
}

impl Open {
    fn new(lesson: &'static Lesson) -> Self {
        let solution = Solution::new(lesson);
        let mark = lesson.marker.map(|_| corner(lesson));
        Self { lesson, page: Page::Question, predicted: None, mark, solution }
    }

    /// The place that the marker has been moved to.
    fn moved_mark(&self) -> Option<[f64; 2]> {
        self.mark.filter(|mark| *mark != corner(self.lesson))
    }

    /// How far the marker, if it has been moved, is from where the run has ended, in the map's plane.
    fn miss(&self) -> Option<f64> {
        let (mark, run) = (self.moved_mark()?, self.solution.race().run(self.lesson.marker?)?);
        let [u, v] = self.lesson.scenario.view.axes.map(|axis| run.racer().x()[axis - 1]);
        Some((u - mark[0]).hypot(v - mark[1]))
    }
}

impl Open {
    /// What the answer says of the prediction, the right choice, and how far the cross is off; `None` while the run goes on for
    /// everybody to see, or is measured.
    fn outcome(&self, session: &Session) -> Option<[Option<String>; 3]> {
        let right = self.solution.right().filter(|_| !self.goes_on(session))?;
        let verdict = |predicted| if predicted == right { "As you predicted." } else { "Not as you predicted." };
        let choice = format!("{}.", self.lesson.choices[right].text);
        let miss = self.miss().map(|miss| format!("Your cross is {} away from the end.", number(miss)));
        Some([self.predicted.map(verdict).map(str::to_owned), Some(choice), miss])
    }

    /// Whether the lesson's own run is shown and has not ended.
    fn goes_on(&self, session: &Session) -> bool {
        is_shown(session.scenario(), &self.lesson.scenario) && !session.is_over()
    }
}

/// Where a lesson's marker is at first: in a corner, where it says nothing yet.
fn corner(lesson: &Lesson) -> [f64; 2] {
    let [x0, x1, y0, y1] = lesson.scenario.view.bounds.unwrap_or_default();
    [x0 + 0.2 * (x1 - x0), y1 - 0.15 * (y1 - y0)]
}

/// Draws a part of a panel.
pub type Part<'a> = dyn Fn(&mut Ui) -> Vec<Command> + 'a;

/// What there is beside the lessons' panel.
pub struct Beside<'a> {
    /// Whether it is a lecture, in which nobody has to predict.
    pub is_lecture: bool,
    /// What the lesson says to watch, to be drawn below its text where it is nowhere else.
    pub below: Option<&'a Part<'a>>,
}

/// What fills the lessons' panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    /// There is no such panel.
    #[default]
    Nothing,
    Contents,
    Lesson,
}

/// The lessons' panel.
#[derive(Debug, Default)]
pub struct Lessons {
    shown: Shown,
    open: Option<Open>,
}

impl Lessons {
    /// Whether the panel is there.
    pub fn are_shown(&self) -> bool {
        self.shown != Shown::Nothing
    }

    /// The number of the lesson that is shown.
    pub fn number(&self) -> Option<usize> {
        let open = self.open.as_ref().filter(|_| self.shown == Shown::Lesson)?;
        Some(open.lesson.number)
    }

    /// The curve that the lesson which is shown is about.
    pub fn curve(&self) -> Option<Curve> {
        self.open.as_ref().filter(|_| self.shown == Shown::Lesson)?.lesson.curve
    }

    /// What fills the panel: the number of a lesson, 0 for the table of contents.
    pub fn shown_page(&self) -> Option<usize> {
        self.are_shown().then(|| self.number().unwrap_or(0))
    }

    /// The number of the lesson that is open, or was last.
    pub fn number_of_last(&self) -> Option<usize> {
        Some(self.open.as_ref()?.lesson.number)
    }

    /// The page that is open, and what a screen reader says of it; `None` where there is none, and while that is not known.
    pub fn said(&self, session: &Session) -> Option<((usize, Page), String)> {
        let open = self.open.as_ref().filter(|_| self.shown == Shown::Lesson)?;
        Some(((open.lesson.number, open.page), said::page(open, session)?))
    }

    /// What turns to the next page, or to the next lesson behind the last one.
    pub fn next_page(&self) -> Option<LessonCommand> {
        let Some(open) = self.open.as_ref().filter(|_| self.shown == Shown::Lesson) else {
            return Some(LessonCommand::Open(self.number_of_last().unwrap_or(1)));
        };
        let next_lesson = || Some(open.lesson.number + 1).filter(|&number| lesson::find(number).is_ok());
        open.page.next().map(LessonCommand::Turn).or_else(|| next_lesson().map(LessonCommand::Open))
    }

    /// Whether this lesson is shown and still asks its question.
    pub fn asks(&self, number: usize) -> bool {
        self.number() == Some(number) && self.open.as_ref().is_some_and(|open| open.page == Page::Question)
    }

    /// What turns to the page before.
    pub fn page_before(&self) -> Option<LessonCommand> {
        let open = self.open.as_ref().filter(|_| self.shown == Shown::Lesson)?;
        open.page.before().map(LessonCommand::Turn)
    }

    /// The marker on the map, while the lesson's own scenario is in force; it can be moved until that runs, and is gone then if
    /// it has not been.
    pub fn marker(&self, scenario: &Scenario) -> Option<Marker> {
        let open = self.open.as_ref().filter(|_| self.shown == Shown::Lesson)?;
        if !is_shown(scenario, &open.lesson.scenario) {
            return None;
        }
        let is_free = open.page == Page::Question;
        let place = if is_free { open.mark } else { open.moved_mark() };
        Some(Marker { place: place?, is_free })
    }

    /// A frame's share of the lesson's own run, from which its answer comes; true while there is more to do.
    pub fn advance(&mut self) -> bool {
        let Some(open) = self.open.as_mut().filter(|open| open.page > Page::Question && !open.solution.is_done())
        else {
            return false;
        };
        let begin = web_time::Instant::now();
        open.solution.advance(|| begin.elapsed() > SOLVING)
    }

    /// Draws the panel's contents.
    pub fn show(&self, ui: &mut Ui, session: &Session, progress: &Progress, beside: &Beside) -> Vec<Command> {
        match (&self.open, self.shown) {
            (Some(open), Shown::Lesson) => page::show(ui, open, session, beside),
            (open, _) => contents::show(ui, open.as_ref().map(|open| open.lesson), progress),
        }
    }
}

impl App {
    /// Carries out a wish about the lessons.
    pub(super) fn apply_lesson(&mut self, command: LessonCommand) {
        match command {
            LessonCommand::Contents => self.lessons.shown = Shown::Contents,
            LessonCommand::Leave => {
                self.lessons.shown = Shown::Nothing;
                self.lecture.leave();
            }
            LessonCommand::Forget => self.progress.forget_lessons(),
            LessonCommand::Open(number) => match lesson::find(number) {
                Ok(lesson) => self.open_lesson(lesson),
                Err(sentence) => self.notice = Some(format!("The lesson {sentence}.")),
            },
            LessonCommand::Predict(choice) => {
                if let Some(open) = &mut self.lessons.open {
                    open.predicted = Some(choice);
                }
            }
            LessonCommand::Mark(place) => {
                if let Some(open) = &mut self.lessons.open {
                    open.mark = Some(place);
                }
            }
            LessonCommand::Turn(page) => self.turn(page),
            LessonCommand::PutBack => {
                if let Some(open) = &self.lessons.open {
                    self.put(open.lesson.scenario.clone());
                }
            }
            LessonCommand::Try(i) => {
                if let Some(other) = self.lessons.open.as_ref().and_then(|open| open.lesson.tries.get(i)) {
                    self.put(other.scenario.clone());
                }
            }
        }
    }

    /// Opens a lesson with its scenario at the start, at rest; a lesson that was open goes on where it was.
    fn open_lesson(&mut self, lesson: &'static Lesson) {
        self.lessons.shown = Shown::Lesson;
        if self.lessons.open.as_ref().is_some_and(|open| open.lesson.number == lesson.number) {
            return;
        }
        self.lessons.open = Some(Open::new(lesson));
        self.put(lesson.scenario.clone());
        // Where the same ran before, it would give the answer away.
        self.session.restart();
        self.play(false);
    }

    /// Turns to a page; the run's begins to play. The answer's is a lesson done, and needs the run's end, which is gone to at
    /// once.
    fn turn(&mut self, page: Page) {
        let Some(open) = &mut self.lessons.open else { return };
        let before = std::mem::replace(&mut open.page, page);
        let lesson = open.lesson;
        if page >= Page::Answer {
            self.progress.done(lesson.number);
        }
        let is_own = is_shown(self.scenario(), &lesson.scenario);
        if before == Page::Question && page > before && !is_own {
            self.put(lesson.scenario.clone());
        } else if page == Page::Run && before < page {
            self.play(true);
        }
        if page == Page::Answer && (is_own || before == Page::Question) && !self.session.is_over() {
            self.session.scrub(None);
            self.session.ask(lesson.scenario.steps);
        }
    }
}

/// The lesson whose answer is where the methods of the first picture end.
const ABOUT_ENDS: usize = 2;

impl App {
    /// Whether the marked points of the loss are named, on the map and in the story: those of the first picture are the second
    /// lesson's answer, which a newcomer is to predict.
    pub(super) fn names_ends(&self) -> bool {
        let is_its_loss =
            lesson::find(ABOUT_ENDS).is_ok_and(|lesson| lesson.scenario.loss.id() == self.scenario().loss.id());
        let (asks, is_shown) = (self.lessons.asks(ABOUT_ENDS), self.lessons.number() == Some(ABOUT_ENDS));
        let is_open = is_shown || self.knows_ends || self.progress.tried.is_over() || self.progress.is_done(ABOUT_ENDS);
        !is_its_loss || is_open && !asks
    }
}

/// Whether two scenarios run to the same bits and show the same, whatever else differs in how they are looked at.
fn is_shown(a: &Scenario, b: &Scenario) -> bool {
    let shown = |scenario: &Scenario| (scenario.view.layout, scenario.view.quantity);
    *a == Scenario { view: a.view.clone(), ..b.clone().in_plane() } && shown(a) == shown(b)
}
