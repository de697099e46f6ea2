//! The box behind a surface, its ticks and the coordinates' names.

use super::scene::Scene;
use super::{HEIGHT, unit};
use crate::figure::axis::Axis;
use crate::figure::mark::{Anchor, Lettering, Mark, Pen};

/// The box's floor and lid.
const FLOOR: f64 = -0.5 * HEIGHT;
const LID: f64 = 0.5 * HEIGHT;
/// Along a line of the box, for each label that it has room for, in letters' sizes.
const LABEL: f64 = 2.0;
/// From an edge to the labels and to the coordinate's name, in letters' sizes.
const TO_LABEL: [f64; 2] = [1.5, 1.05];
const TO_NAME: [f64; 2] = [3.0, 2.2];

/// Draws all of it.
pub(super) fn draw(scene: &Scene, marks: &mut Vec<Mark>) {
    let [sin, cos] = scene.view.yaw;
    // The nearest corner of the floor.
    let (near_a, near_b) = (-sin.signum(), -cos.signum());
    let [u0, u1, v0, v1] = scene.surface.grid.bounds;
    let [name_a, name_b, name_c] = scene.surface.names;
    let [low, high] = scene.surface.range;
    let heights = Axis::linear(low, high);
    walls(scene, marks, [near_a, near_b], &heights);
    edge(scene, marks, [[-1.0, near_b, FLOOR], [1.0, near_b, FLOOR]], &Axis::linear(u0, u1), name_a);
    edge(scene, marks, [[near_a, -1.0, FLOOR], [near_a, 1.0, FLOOR]], &Axis::linear(v0, v1), name_b);
    upright(scene, marks, left_corner(scene, [near_a, near_b]), &heights, name_c);
}

fn line(scene: &Scene, marks: &mut Vec<Mark>, points: &[[f64; 3]], pen: Pen) {
    marks.push(Mark::Line { points: points.iter().map(|&point| scene.view.place(point)).collect(), pen });
}

fn height_at(heights: &Axis, value: f64) -> f64 {
    HEIGHT * (heights.share(value) - 0.5)
}

/// How many labels a line from one point of the box to another has room for.
fn room(scene: &Scene, [from, to]: [[f64; 3]; 2]) -> f64 {
    let ([x0, y0], [x1, y1]) = (scene.view.place(from), scene.view.place(to));
    (libm::hypot(x1 - x0, y1 - y0) / (LABEL * scene.style.letters)).max(1.0)
}

/// The floor and the two walls behind, with lines at the heights' ticks.
fn walls(scene: &Scene, marks: &mut Vec<Mark>, [a, b]: [f64; 2], heights: &Axis) {
    let pen = Pen::new(scene.style.frame, 1.0);
    let floor = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0]];
    line(scene, marks, &floor.map(|[a, b]| [a, b, FLOOR]), pen);
    let behind = [[a, -b], [-a, -b], [-a, b]];
    line(scene, marks, &behind.map(|[a, b]| [a, b, LID]), pen);
    for [a, b] in behind {
        line(scene, marks, &[[a, b, FLOOR], [a, b, LID]], pen);
    }
    let thin = Pen::new(scene.style.frame.faded(0.6), 0.6);
    for (value, _) in heights.ticks(room(scene, [[a, b, FLOOR], [a, b, LID]])) {
        line(scene, marks, &behind.map(|[a, b]| [a, b, height_at(heights, value)]), thin);
    }
}

/// The corner behind that is seen farthest to the left.
fn left_corner(scene: &Scene, [a, b]: [f64; 2]) -> [f64; 2] {
    let right = |[a, b]: [f64; 2]| scene.view.place([a, b, 0.0])[0];
    if right([a, -b]) <= right([-a, b]) { [a, -b] } else { [-a, b] }
}

/// A coordinate's ticks along an edge of the floor, and its name, outside of it.
fn edge(scene: &Scene, marks: &mut Vec<Mark>, ends: [[f64; 3]; 2], axis: &Axis, name: &str) {
    let [from, to] = ends;
    let size = scene.style.letters;
    let look = Lettering::new(size, scene.style.ink).at(Anchor::Middle, Anchor::Middle);
    let at = |share: f64| scene.view.place([0, 1, 2].map(|i| from[i] + share * (to[i] - from[i])));
    let (middle, floor) = (at(0.5), scene.view.place([0.0, 0.0, FLOOR]));
    let outward = unit([middle[0] - floor[0], middle[1] - floor[1], 0.0]);
    let beside =
        |[x, y]: [f64; 2], [right, down]: [f64; 2]| [x + right * size * outward[0], y + down * size * outward[1]];
    label(marks, beside(middle, TO_NAME), name.to_owned(), look);
    for (value, text) in axis.ticks(room(scene, ends)) {
        let place = at(axis.share(value));
        let points = vec![place, beside(place, [0.35, 0.35])];
        marks.push(Mark::Line { points, pen: Pen::new(scene.style.frame, 1.0) });
        label(marks, beside(place, TO_LABEL), text, look);
    }
}

/// The heights' ticks beside an upright, and their name above it.
fn upright(scene: &Scene, marks: &mut Vec<Mark>, [a, b]: [f64; 2], heights: &Axis, name: &str) {
    let size = scene.style.letters;
    let look = Lettering::new(size, scene.style.ink).at(Anchor::End, Anchor::Middle);
    let [x, y] = scene.view.place([a, b, LID]);
    label(marks, [x, y - size], name.to_owned(), look);
    for (value, text) in heights.ticks(room(scene, [[a, b, FLOOR], [a, b, LID]])) {
        let [x, y] = scene.view.place([a, b, height_at(heights, value)]);
        label(marks, [x - 0.45 * size, y], text, look);
    }
}

/// A text, unless another lies there: in a small box there is no room for all.
fn label(marks: &mut Vec<Mark>, place: [f64; 2], text: String, look: Lettering) {
    let is_free = |mark: &Mark| match mark {
        Mark::Text { place: other, text: there, look: of_other } => {
            !overlap(extent(place, &text, &look), extent(*other, there, of_other))
        }
        _ => true,
    };
    if marks.iter().all(is_free) {
        marks.push(Mark::Text { place, text, look });
    }
}

/// About where a text lies along the line, and its middle across: letters are at most 0.6 of their size wide.
fn extent([x, y]: [f64; 2], text: &str, look: &Lettering) -> [f64; 4] {
    let width = 0.6 * look.size * text.chars().filter(|c| !"_^{}".contains(*c)).count() as f64;
    let left = if look.anchor[0] == Anchor::End { x - width } else { x - 0.5 * width };
    [left, y - 0.45 * look.size, left + width, y + 0.45 * look.size]
}

fn overlap(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}
