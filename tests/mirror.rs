//! The page's elements for screen readers: they say what is on the screen, and everything can be done with them alone.
#![cfg(all(feature = "gui", not(target_arch = "wasm32")))]

use std::sync::{Arc, Mutex};

use egui_kittest::Harness;
use samscope::app::App;
use samscope::platform::{Changes, Element, Gesture, Kind, Mirror};
use samscope::run::{Scenario, Side, View};

/// The elements as the page has them: by what it was told, and nothing else.
#[derive(Default)]
struct Page {
    elements: Vec<Element>,
    /// What had the keyboard, one after the other, each with the name that it had when it got it.
    focused: Vec<String>,
    focus: Option<String>,
}

impl Page {
    fn follow(&mut self, changes: &Changes) {
        for element in &changes.changed {
            match self.elements.iter_mut().find(|old| old.id == element.id) {
                Some(old) => *old = element.clone(),
                None => self.elements.push(element.clone()),
            }
        }
        if let Some(order) = &changes.order {
            let place = |element: &Element| order.iter().position(|id| *id == element.id);
            self.elements.retain(|element| place(element).is_some());
            self.elements.sort_by_key(place);
        }
        if changes.focus != self.focus {
            self.focus.clone_from(&changes.focus);
            let has_it = |element: &&Element| Some(&element.id) == changes.focus.as_ref();
            self.focused.extend(self.elements.iter().find(has_it).map(|element| element.name.clone()));
        }
    }
}

struct Reader {
    harness: Harness<'static, App>,
    page: Arc<Mutex<Page>>,
}

impl Reader {
    fn new(scenario: Scenario) -> Self {
        let page = Arc::new(Mutex::new(Page::default()));
        let told = Arc::clone(&page);
        let harness = Harness::builder().with_size([1440.0, 900.0]).with_step_dt(0.3).build_eframe(move |cc| {
            cc.egui_ctx.add_plugin(Mirror::new(move |changes| told.lock().expect("no panic").follow(changes)));
            App::new(&cc.egui_ctx, scenario)
        });
        let mut reader = Self { harness, page };
        reader.wait();
        reader
    }

    fn wait(&mut self) {
        self.harness.run_steps(8);
    }

    fn elements(&self) -> Vec<Element> {
        self.page.lock().expect("no panic").elements.clone()
    }

    fn focused(&self) -> Vec<String> {
        self.page.lock().expect("no panic").focused.clone()
    }

    fn find(&self, kind: Kind, name: &str) -> Element {
        let elements = self.elements();
        let found = elements.iter().find(|element| element.kind == kind && element.name == name);
        found.unwrap_or_else(|| panic!("no {kind:?} `{name}`")).clone()
    }

    fn act(&mut self, kind: Kind, name: &str, gesture: &Gesture) {
        let id = self.find(kind, name).id;
        let ctx = self.harness.ctx.clone();
        ctx.plugin::<Mirror>().lock().act(&ctx, &id, gesture);
        self.wait();
    }

    fn scenario(&self) -> &Scenario {
        self.harness.state().scenario()
    }
}

#[test]
fn what_was_told_is_what_is_shown() {
    let mut reader = Reader::new(Scenario::welcome());
    reader.wait();
    let ctx = reader.harness.ctx.clone();
    let shown = ctx.plugin::<Mirror>().lock().shown().to_vec();
    assert_eq!(reader.elements(), shown);
    assert!(shown.len() > 60, "{}", shown.len());
}

#[test]
fn titles_are_headings() {
    let reader = Reader::new(Scenario::welcome());
    for (level, title) in [(1, "samscope"), (2, "Loss"), (2, "Optimizers"), (2, "Run")] {
        reader.find(Kind::Heading(level), title);
    }
}

/// Who goes through the elements comes to them before anything else.
#[test]
fn links_that_skip_the_rest_come_first() {
    let mut reader = Reader::new(Scenario::welcome());
    let names: Vec<_> = reader.elements().into_iter().take(2).map(|element| (element.kind, element.name)).collect();
    assert_eq!(names, ["Skip to the map", "Skip to the settings"].map(|name| (Kind::Button, name.to_owned())));
    reader.act(Kind::Button, "Skip to the map", &Gesture::Click);
    assert_eq!(reader.focused().last().map(String::as_str), Some("Map of λ1"));
}

/// A title is read out when it gets the keyboard, and not when it changes later.
#[test]
fn a_title_has_its_text_when_it_gets_the_keyboard() {
    let mut reader = Reader::new(Scenario::welcome());
    for button in
        ["Lessons", "○ 2. Three methods, three minima", "Contents", "○ 3. The first approximation", "Share…", "Gallery"]
    {
        reader.act(Kind::Button, button, &Gesture::Click);
    }
    let titles: Vec<_> = reader.focused().into_iter().filter(|name| !name.starts_with('○')).collect();
    let expected =
        ["Lessons", "2. Three methods, three minima", "Lessons", "3. The first approximation", "Share", "Gallery"];
    assert_eq!(titles, expected);
}

#[test]
fn every_element_has_a_name_and_a_place() {
    for side in [Side::Curves, Side::Anatomy] {
        let view = View { side, ..Scenario::welcome().view };
        let reader = Reader::new(Scenario { view, ..Scenario::welcome() });
        for element in reader.elements() {
            assert!(element.name.chars().any(char::is_alphanumeric) || element.kind == Kind::Text, "{element:?}");
            assert!(element.rect[2] > 0 && element.rect[3] > 0, "{element:?}");
        }
    }
}

#[test]
fn a_loss_is_chosen_and_run_by_the_elements_alone() {
    let mut reader = Reader::new(Scenario::welcome());
    reader.act(Kind::Button, "Pause", &Gesture::Click);
    assert!(!reader.harness.state().state().playing);
    reader.act(Kind::Choice, "Loss", &Gesture::Click);
    reader.act(Kind::Button, "hyperbola", &Gesture::Click);
    assert_eq!(reader.scenario().loss.id(), "hyperbola");
    assert_eq!(reader.find(Kind::Choice, "Loss").value.as_deref(), Some("hyperbola"));
    reader.act(Kind::Number, "SAM's ρ", &Gesture::Number(0.25));
    assert!(reader.scenario().optimizers.iter().any(|optimizer| optimizer.rho == 0.25));
    reader.act(Kind::Slider, "SAM's η slider", &Gesture::Number(0.05));
    assert!(reader.scenario().optimizers.iter().any(|optimizer| (optimizer.eta - 0.05).abs() < 1e-9));
    reader.act(Kind::Number, "seed", &Gesture::Text("77".to_owned()));
    assert_eq!(reader.scenario().seed, 77);
}

#[test]
fn a_table_has_rows_and_they_have_cells() {
    let mut reader = Reader::new(Scenario::welcome());
    reader.act(Kind::Button, "Pause", &Gesture::Click);
    reader.act(Kind::Button, "tables", &Gesture::Click);
    let elements = reader.elements();
    let of = |kind: Kind| elements.iter().filter(move |element| element.kind == kind);
    let container = |element: &Element| {
        let id = element.inside.as_ref().expect("a container");
        elements.iter().find(|other| other.id == *id).expect("it is there").kind
    };
    assert_eq!(of(Kind::Table).count(), 4);
    assert!(of(Kind::Table).all(|table| container(table) == Kind::Dialog && !table.name.is_empty()));
    assert!(of(Kind::Row).all(|row| container(row) == Kind::Table));
    assert!(of(Kind::Cell).chain(of(Kind::ColumnHeader)).all(|cell| container(cell) == Kind::Row));
    assert!(of(Kind::Cell).count() > 100);
}

#[test]
fn an_element_that_is_gone_does_nothing() {
    let mut reader = Reader::new(Scenario::welcome());
    let (ctx, before) = (reader.harness.ctx.clone(), reader.scenario().clone());
    for id in ["12345", "", "no number"] {
        ctx.plugin::<Mirror>().lock().act(&ctx, id, &Gesture::Click);
    }
    reader.wait();
    assert_eq!(*reader.scenario(), before);
}
