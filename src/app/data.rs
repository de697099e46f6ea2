//! What the pictures show, as tables: for those who don't see them, and for everybody who wants the numbers.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Label, RichText, ScrollArea, Ui, vec2};

use super::fields::{cell, heading};
use super::session::Session;
use super::transport::grouped;
use super::window;
use crate::figure::plain;
use crate::loss::short;
use crate::race::Run;

/// The most steps of a run that its table has.
const ROWS: usize = 25;
/// The width of a column: that of −2.2251e-308.
const COLUMN: f32 = 90.0;

/// A title, the columns' names, and the rows of cells below them.
struct Table {
    title: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The window, where `shown` says that it is open: where every visible method is, and its curves.
pub fn show(ctx: &egui::Context, shown: &mut bool, session: &Session, hidden: &BTreeSet<usize>) {
    window::show(ctx, "Data", shown, 860.0, |ui| {
        let runs: Vec<&Run> = session.runs().iter().filter(|run| !hidden.contains(&run.index())).collect();
        ScrollArea::horizontal().show(ui, |ui| {
            draw(ui, &heads(session, &runs));
            for run in runs {
                draw(ui, &curves(session, run));
            }
        });
    });
}

/// Where the methods are on the map.
fn heads(session: &Session, runs: &[&Run]) -> Table {
    let scenario = session.scenario();
    let mut columns = vec!["method".to_owned(), "step".to_owned()];
    columns.extend((0..scenario.dim()).map(|axis| scenario.loss.coordinate(axis)));
    columns.extend(["L", "λ1", "Tr H"].map(str::to_owned));
    let row = |run: &&Run| {
        let point = run.head();
        let numbers = point.x.iter().copied().chain([point.loss, point.eigenvalues[0], point.trace]);
        [run.name().to_owned(), grouped(point.step)].into_iter().chain(numbers.map(short)).collect()
    };
    Table { title: "Where the methods are".to_owned(), columns, rows: runs.iter().map(row).collect() }
}

/// A run's curves at steps that are evenly apart in its record, of which the last is its last.
fn curves(session: &Session, run: &Run) -> Table {
    let lines: Vec<_> = session.scenario().view.curves.iter().flat_map(|&curve| run.lines(curve)).collect();
    let columns = std::iter::once("step".to_owned()).chain(lines.iter().map(|line| plain(&line.label))).collect();
    let last = run.points().len() - 1;
    let apart = last.div_ceil(ROWS - 1).max(1);
    let row = |i: usize| {
        let values = lines.iter().map(|line| short(line.values[i]));
        std::iter::once(grouped(run.points()[i].step)).chain(values).collect()
    };
    Table {
        title: format!("Curves of {}", run.name()),
        columns,
        rows: (last % apart..=last).step_by(apart).map(row).collect(),
    }
}

fn draw(ui: &mut Ui, table: &Table) {
    heading(ui, RichText::new(&table.title).strong(), 3);
    ui.vertical(|ui| {
        is_a(ui, Role::Table, &table.title);
        ui.spacing_mut().item_spacing = vec2(6.0, 1.0);
        row(ui, &table.columns, Role::ColumnHeader);
        for cells in &table.rows {
            row(ui, cells, Role::Cell);
        }
    });
    ui.add_space(8.0);
}

fn row(ui: &mut Ui, cells: &[String], role: Role) {
    ui.horizontal(|ui| {
        is_a(ui, Role::Row, "");
        for text in cells {
            cell(ui, COLUMN, |ui| {
                let text = RichText::new(text).monospace().size(12.0);
                let name = text.text().to_owned();
                let response = ui.add(Label::new(if role == Role::Cell { text } else { text.strong() }).truncate());
                ui.ctx().accesskit_node_builder(response.id, |node| {
                    node.set_role(role);
                    node.set_label(name);
                });
            });
        }
    });
}

/// Says what this part of the window is.
fn is_a(ui: &Ui, role: Role, name: &str) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(role);
        node.set_label(name);
    });
}
