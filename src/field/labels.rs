//! Where the label of a marked point stands on a map.

/// x min, y min, x max, y max, in pixels; y grows downwards.
pub type Rectangle = [f64; 4];

/// The rectangle around a point that reaches so far.
#[must_use]
pub fn around([x, y]: [f64; 2], reach: f64) -> Rectangle {
    [x - reach, y - reach, x + reach, y + reach]
}

/// How much farther a label may stand from its point where there is no room beside it.
const FARTHER: f64 = 2.5;

/// The room that a map has for words: a frame, what is on it already, and the lines that words avoid where they can.
#[derive(Clone, Debug)]
pub struct Room {
    frame: Rectangle,
    taken: Vec<Rectangle>,
    lines: Vec<Vec<[f64; 2]>>,
}

impl Room {
    /// An empty frame.
    #[must_use]
    pub fn new(frame: Rectangle) -> Self {
        Self { frame, taken: Vec::new(), lines: Vec::new() }
    }

    /// Nothing is written on this.
    pub fn take(&mut self, rectangle: Rectangle) {
        self.taken.push(rectangle);
    }

    /// Nothing is written on this line, where there is another place.
    pub fn avoid(&mut self, line: Vec<[f64; 2]>) {
        self.lines.push(line);
    }

    /// Takes one of these places: the first in the frame that is free and on no line, or else the first that is free. The place's
    /// number keeps a label where it is: given as `before`, it is tried first.
    pub fn place(&mut self, places: &[Rectangle], before: Option<usize>) -> Option<(usize, Rectangle)> {
        let fits = |[x0, y0, x1, y1]: &Rectangle| {
            let [left, top, right, bottom] = &self.frame;
            x0 >= left && y0 >= top && x1 <= right && y1 <= bottom
        };
        let is_free = |place: &Rectangle| fits(place) && !self.taken.iter().any(|taken| overlap(place, taken));
        let order = before.into_iter().filter(|&number| number < places.len()).chain(0..places.len());
        let free: Vec<_> = order.filter(|&number| is_free(&places[number])).collect();
        let is_clear = |&number: &usize| !self.lines.iter().any(|line| crosses(line, &places[number]));
        let number = free.iter().copied().find(is_clear).or_else(|| free.first().copied())?;
        self.take(places[number]);
        Some((number, places[number]))
    }
}

/// The places of a label of this width and height beside the points, `gap` away, then those farther away, in the order in which
/// they are liked.
#[must_use]
pub fn beside(points: &[[f64; 2]], gap: f64, size: [f64; 2]) -> Vec<Rectangle> {
    let away = |gap: f64| points.iter().flat_map(move |&point| around_point(point, gap, size));
    away(gap).chain(away(FARTHER * gap)).collect()
}

fn around_point([x, y]: [f64; 2], gap: f64, [width, height]: [f64; 2]) -> [Rectangle; 8] {
    let (right, left, middle) = (x + gap, x - gap - width, x - 0.5 * width);
    let (below, above, beside) = (y + 0.4 * gap, y - 0.4 * gap - height, y - 0.5 * height);
    let (under, over) = (y + gap, y - gap - height);
    let corners = [
        [right, below],
        [left, below],
        [right, above],
        [left, above],
        [right, beside],
        [left, beside],
        [middle, under],
        [middle, over],
    ];
    corners.map(|[x, y]| [x, y, x + width, y + height])
}

/// Whether a line of straight pieces touches a rectangle.
fn crosses(line: &[[f64; 2]], &[left, top, right, bottom]: &Rectangle) -> bool {
    line.windows(2).any(|piece| {
        let ([x0, y0], [x1, y1]) = (piece[0], piece[1]);
        let is_beside = x0.max(x1) < left || x0.min(x1) > right || y0.max(y1) < top || y0.min(y1) > bottom;
        let side = |x: f64, y: f64| (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0);
        let sides = [side(left, top), side(right, top), side(left, bottom), side(right, bottom)];
        !is_beside && sides.iter().any(|&side| side <= 0.0) && sides.iter().any(|&side| side >= 0.0)
    })
}

/// Whether two rectangles share more than an edge.
fn overlap(a: &Rectangle, b: &Rectangle) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rectangle = [0.0, 0.0, 100.0, 100.0];

    fn room(taken: &[Rectangle]) -> Room {
        Room { taken: taken.to_vec(), ..Room::new(FRAME) }
    }

    #[test]
    fn a_label_keeps_clear_of_the_frame_and_of_what_is_there() {
        let place = |point, taken: &[Rectangle]| {
            room(taken).place(&beside(&[point], 8.0, [30.0, 10.0]), None).map(|(_, rectangle)| rectangle)
        };
        assert_eq!(place([50.0, 50.0], &[]), Some([58.0, 53.2, 88.0, 63.2]));
        assert_eq!(place([90.0, 50.0], &[]), Some([52.0, 53.2, 82.0, 63.2]), "no room on the right");
        assert_eq!(place([50.0, 98.0], &[]), Some([58.0, 84.8, 88.0, 94.8]), "none below");
        let start = around([60.0, 58.0], 8.0);
        let elsewhere = place([50.0, 50.0], &[start]).expect("another");
        assert!(!overlap(&elsewhere, &start));
        let crowd = around([50.0, 50.0], 10.0);
        let far = place([50.0, 50.0], &[crowd]).expect("farther away");
        assert!(!overlap(&far, &crowd));
        assert_eq!(place([50.0, 50.0], &[FRAME]), None);
    }

    #[test]
    fn a_label_avoids_a_line_where_it_can_and_stays_where_it_was() {
        let places = beside(&[[50.0, 50.0]], 8.0, [30.0, 10.0]);
        let label = |room: &mut Room, before| room.place(&places, before).expect("a place");
        let diagonal = vec![[0.0, 0.0], [100.0, 100.0]];
        let mut crossed = room(&[]);
        crossed.avoid(diagonal.clone());
        let (number, rectangle) = label(&mut crossed, None);
        assert!(!crosses(&diagonal, &rectangle), "a piece has its ends elsewhere");
        assert_eq!(label(&mut room(&[]), Some(number)), (number, rectangle), "though there is a better one");
        let mut full = room(&[]);
        let all = |row: i32| vec![[0.0, f64::from(4 * row)], [100.0, f64::from(4 * row)]];
        (0..25).for_each(|row| full.avoid(all(row)));
        assert_eq!(label(&mut full, None).0, 0, "on a line rather than nowhere");
        assert_eq!(label(&mut room(&[]), Some(99)).0, 0, "a number of another loss");
    }

    #[test]
    fn a_line_touches_what_it_goes_through() {
        let square = [40.0, 40.0, 60.0, 60.0];
        for (line, expected) in [
            (vec![[0.0, 50.0], [100.0, 50.0]], true),
            (vec![[0.0, 75.0], [75.0, 0.0]], false),
            (vec![[45.0, 45.0], [46.0, 46.0]], true),
            (vec![[0.0, 0.0], [39.0, 39.0], [39.0, 100.0]], false),
            (vec![[50.0, 50.0]], false),
        ] {
            assert_eq!(crosses(&line, &square), expected, "{line:?}");
        }
    }
}
