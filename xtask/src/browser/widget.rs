//! A widget as a person names it: what it is and what it is called. It is found through the page's mirror, which has an element
//! for each where the widget is on the canvas.

use serde_json::json;

/// What it is, and what it is called.
#[derive(Clone, Copy, Debug)]
pub struct Widget<'a> {
    selector: &'static str,
    name: &'a str,
    /// Whether the name only begins so: what a choice or a picture shows stands behind it.
    begins: bool,
}

/// A button, a tab or an option of a list.
pub const fn button(name: &str) -> Widget<'_> {
    Widget { selector: "button:enabled", name, begins: false }
}

/// A button whose name begins so.
pub const fn row(name: &str) -> Widget<'_> {
    Widget { begins: true, ..button(name) }
}

/// One of several answers, whose name begins so.
pub const fn radio(name: &str) -> Widget<'_> {
    Widget { selector: "[role=radio]", name, begins: true }
}

/// A list that opens.
pub const fn choice(name: &str) -> Widget<'_> {
    Widget { selector: "button[aria-haspopup]", name, begins: true }
}

/// A field for a number or a text.
pub const fn field(name: &str) -> Widget<'_> {
    Widget { selector: ":is(input[type=text], textarea)", name, begins: false }
}

/// Something to tick.
pub const fn check(name: &str) -> Widget<'_> {
    Widget { selector: "input[type=checkbox]", name, begins: false }
}

/// Something to drag: a number's slider, or a place on the map.
pub const fn slider(name: &str) -> Widget<'_> {
    Widget { selector: "input[type=range]", name, begins: false }
}

/// A picture or a plot.
pub const fn picture(name: &str) -> Widget<'_> {
    Widget { selector: "[role=img]", name, begins: true }
}

/// Something to read.
pub const fn text(name: &str) -> Widget<'_> {
    Widget { selector: "p", name, begins: true }
}

impl Widget<'_> {
    /// A JavaScript expression: its element, of several the last, which is in front; undefined where there is none.
    pub fn element(&self) -> String {
        let (selector, name) = (json!(format!("#mirror {}", self.selector)), json!(self.name));
        let is_called = if self.begins { format!("startsWith({name})") } else { format!("trim() === {name}") };
        format!(
            "[...document.querySelectorAll({selector})].findLast((node) =>
                (node.getAttribute('aria-label') ?? node.textContent).{is_called})"
        )
    }

    /// Whether it is there, in JavaScript.
    pub fn is_there(&self) -> String {
        format!("!!{}", self.element())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted() {
        let element = field("SAM's η").element();
        assert!(element.contains(r#"trim() === "SAM's η""#) && element.contains("#mirror :is(input"), "{element}");
        assert!(picture("Map of ").is_there().contains(r#"startsWith("Map of ")"#));
    }
}
