//! What pictures say to those who don't see them: a name, and in a text what they show now. The text is made only where
//! somebody listens.

use egui::{Response, Role, WidgetInfo};

use super::map::{Look, quantity_name};
use super::session::Session;
use super::transport::grouped;
use crate::loss::{coordinate, short};
use crate::race::Run;
use crate::run::{Layout, Scenario};

/// Names a picture, and says what it shows.
pub fn picture(response: &Response, name: &str, text: impl FnOnce() -> String) {
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
    response.ctx.accesskit_node_builder(response.id, |node| node.set_description(text()));
}

/// A map, or a basin: the rectangle that it shows, the start, and where its methods are.
pub fn map(response: &Response, session: &Session, look: &Look, bounds: Option<[f64; 4]>) {
    let scenario = session.scenario();
    let name = match scenario.view.layout {
        Layout::Basin => format!("Basin of {}", session.run(look.focus).map_or("no method", Run::name)),
        _ => format!("Map of {}", quantity_name(look.quantity)),
    };
    picture(response, &name, || {
        let visible = session.runs().iter().filter(|run| !look.hidden.contains(&run.index()));
        let mut parts: Vec<String> = bounds.map(|bounds| rectangle(scenario, bounds)).into_iter().collect();
        parts.push(format!("Start at {}", place(&scenario.init)));
        parts.extend(visible.map(head));
        parts.join(". ")
    });
}

/// The start's coordinates are its value.
pub fn start(response: &Response, scenario: &Scenario) {
    let value =
        || scenario.init.iter().enumerate().map(|(i, &x)| format!("{} = {}", scenario.loss.coordinate(i), short(x)));
    response.ctx.accesskit_node_builder(response.id, |node| node.set_value(value().collect::<Vec<_>>().join(", ")));
}

/// The predicted end's place on the map is its value.
pub fn marker(response: &Response, at: [f64; 2]) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_value(place(&at)));
}

/// The loss as a surface around a method's head.
pub fn surface(response: &Response, run: &Run) {
    picture(response, &format!("Surface of {}", run.name()), || head(run));
}

/// The ranges that a map shows.
fn rectangle(scenario: &Scenario, bounds: [f64; 4]) -> String {
    let axes = scenario.view.axes.into_iter().zip(bounds.chunks_exact(2));
    let range = |(axis, ends): (usize, &[f64])| {
        format!("{} from {} to {}", scenario.loss.coordinate(axis - 1), short(ends[0]), short(ends[1]))
    };
    axes.map(range).collect::<Vec<_>>().join(", ")
}

/// Where a method is, and how sharp it is there.
fn head(run: &Run) -> String {
    let point = run.head();
    let (step, x) = (grouped(point.step), place(&point.x));
    let [loss, sharpest] = [point.loss, point.eigenvalues[0]].map(short);
    format!("{} after {step} steps at {x}, L = {loss}, λ1 = {sharpest}", run.name())
}

fn place(x: &[f64]) -> String {
    format!("({})", x.iter().map(|&x| coordinate(x)).collect::<Vec<_>>().join(", "))
}
