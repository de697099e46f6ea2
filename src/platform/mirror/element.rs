//! The accessible tree as a list of elements in reading order.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use egui::accesskit::{Node, NodeId, Role, Toggled, TreeUpdate};
use serde::Serialize;

/// What an element is, and so what can be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something to read.
    Text,
    /// A title; the level says of how much.
    Heading(usize),
    /// Something to press.
    Button,
    /// One of several answers.
    Radio,
    /// Something to tick.
    Check,
    /// A number by a slider.
    Slider,
    /// A number to type.
    Number,
    /// A line of text.
    Field,
    /// Several lines of text.
    Lines,
    /// A list that opens.
    Choice,
    /// A picture, which its name describes.
    Picture,
    /// A table: rows are inside.
    Table,
    /// A row of a table: cells are inside.
    Row,
    /// A cell that names its column.
    ColumnHeader,
    #[expect(missing_docs, reason = "the name says it")]
    Cell,
    /// A part of the screen: others are inside.
    Group,
    /// A window over the rest: others are inside.
    Dialog,
}

impl Kind {
    fn holds_others(self) -> bool {
        matches!(self, Self::Group | Self::Dialog | Self::Table | Self::Row)
    }
}

/// What a number may be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Range {
    /// The number.
    pub value: f64,
    /// The least and the largest, where there is one.
    pub min: Option<f64>,
    #[expect(missing_docs, reason = "see min")]
    pub max: Option<f64>,
}

/// One element.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Element {
    /// Its node's number, as text: JavaScript's numbers are too short.
    pub id: String,
    /// The group or dialog that it is in.
    pub inside: Option<String>,
    #[expect(missing_docs, reason = "see Kind")]
    pub kind: Kind,
    /// What it is called; of a text, the text itself.
    pub name: String,
    /// What it holds, as text; of a picture, what it shows.
    pub value: Option<String>,
    /// What it holds, as a number.
    pub range: Option<Range>,
    /// Whether it is pressed or ticked, where it can be.
    pub on: Option<bool>,
    /// Whether it is open, where it can be.
    pub open: Option<bool>,
    #[expect(missing_docs, reason = "the name says it")]
    pub disabled: bool,
    /// Left, top, width and height in CSS pixels.
    pub rect: [i32; 4],
}

impl Eq for Element {}

/// By what is most often another; equality decides.
impl Hash for Element {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.id, &self.name, &self.value).hash(state);
    }
}

impl Element {
    /// Where it stands among the others.
    pub(super) fn place_in_tree(&self) -> (&str, Option<&str>) {
        (&self.id, self.inside.as_deref())
    }
}

/// The elements of a frame. `zoom` is the size of egui's points in CSS pixels.
pub(super) fn elements(update: &TreeUpdate, zoom: f32) -> Vec<Element> {
    let nodes: HashMap<NodeId, &Node> = update.nodes.iter().map(|(id, node)| (*id, node)).collect();
    let mut elements = Vec::new();
    if let Some(tree) = &update.tree {
        Walk { nodes: &nodes, zoom, elements: &mut elements }.below(tree.root, None);
    }
    elements
}

struct Walk<'a> {
    nodes: &'a HashMap<NodeId, &'a Node>,
    zoom: f32,
    elements: &'a mut Vec<Element>,
}

impl Walk<'_> {
    /// Everything below a node; `inside` is the container that it is in.
    fn below(&mut self, id: NodeId, inside: Option<&str>) {
        let Some(node) = self.nodes.get(&id) else { return };
        for &child in node.children() {
            let Some(node) = self.nodes.get(&child) else { continue };
            if node.is_hidden() {
                continue;
            }
            let element = self.element(child, node, inside);
            let container = element.as_ref().filter(|element| element.kind.holds_others());
            let container = container.map(|element| element.id.clone());
            self.elements.extend(element);
            // Also below a button: an open list is there.
            self.below(child, container.as_deref().or(inside));
        }
    }

    fn element(&self, id: NodeId, node: &Node, inside: Option<&str>) -> Option<Element> {
        let kind = kind(node)?;
        let name = self.name(node);
        if kind != Kind::Row && name.is_empty() && node.value().is_none_or(str::is_empty) {
            return None;
        }
        let is_text = matches!(kind, Kind::Text | Kind::Heading(_) | Kind::ColumnHeader | Kind::Cell);
        let value = if kind == Kind::Picture { node.description() } else { node.value() };
        let value = value.filter(|_| !is_text).map(str::to_owned);
        let number = node.numeric_value().filter(|_| matches!(kind, Kind::Slider | Kind::Number));
        let range = |value| Range { value, min: node.min_numeric_value(), max: node.max_numeric_value() };
        Some(Element {
            id: id.0.to_string(),
            inside: inside.map(str::to_owned),
            kind,
            name,
            value,
            range: number.map(range),
            on: node.toggled().map(|toggled| toggled == Toggled::True),
            open: node.is_expanded(),
            disabled: node.is_disabled(),
            rect: self.rect(node),
        })
    }

    /// Its label, else the texts that label it, else (of a text) what it says.
    fn name(&self, node: &Node) -> String {
        let own = node.label().filter(|label| !label.is_empty()).map(str::to_owned);
        let of_others = || {
            let texts = node.labelled_by().iter().filter_map(|id| self.nodes.get(id));
            texts.filter_map(|text| text.label().or(text.value())).collect::<Vec<_>>().join(" ")
        };
        let name = own.unwrap_or_else(of_others);
        if name.is_empty() && matches!(node.role(), Role::Label | Role::Heading) {
            return node.value().unwrap_or_default().to_owned();
        }
        name
    }

    fn rect(&self, node: &Node) -> [i32; 4] {
        let Some(bounds) = node.bounds() else { return [0; 4] };
        let zoom = f64::from(self.zoom);
        [bounds.x0, bounds.y0, bounds.width(), bounds.height()].map(|length| (length * zoom).round() as i32)
    }
}

/// None for what is there for the layout only.
fn kind(node: &Node) -> Option<Kind> {
    Some(match node.role() {
        Role::Label => Kind::Text,
        Role::Heading => Kind::Heading(node.level().unwrap_or(2)),
        Role::Button | Role::DisclosureTriangle | Role::Link | Role::MenuItem | Role::ListBoxOption | Role::Tab => {
            Kind::Button
        }
        Role::RadioButton => Kind::Radio,
        Role::CheckBox | Role::Switch => Kind::Check,
        Role::Slider => Kind::Slider,
        Role::SpinButton => Kind::Number,
        Role::TextInput | Role::SearchInput => Kind::Field,
        Role::MultilineTextInput => Kind::Lines,
        Role::ComboBox => Kind::Choice,
        Role::Window | Role::Dialog | Role::AlertDialog => Kind::Dialog,
        Role::Table => Kind::Table,
        Role::Row => Kind::Row,
        Role::ColumnHeader => Kind::ColumnHeader,
        Role::Cell => Kind::Cell,
        Role::Pane | Role::Group | Role::Region => Kind::Group,
        Role::GenericContainer | Role::ScrollView | Role::ScrollBar | Role::Splitter | Role::TextRun => return None,
        // Whatever has a name is told.
        _ => Kind::Picture,
    })
}
