//! Where the label of a marked point stands on a map.

/// x min, y min, x max, y max, in pixels; y grows downwards.
pub type Rectangle = [f64; 4];

/// The rectangle around a point that reaches so far.
#[must_use]
pub fn around([x, y]: [f64; 2], reach: f64) -> Rectangle {
    [x - reach, y - reach, x + reach, y + reach]
}

/// The place beside a point, `gap` away, of a label of this width and height: the first of eight that lies in the frame and
/// on nothing that is `taken`; `None` where there is none.
#[must_use]
pub fn label_place(
    [x, y]: [f64; 2],
    gap: f64,
    [width, height]: [f64; 2],
    frame: Rectangle,
    taken: &[Rectangle],
) -> Option<Rectangle> {
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
    let rectangle = |[x, y]: [f64; 2]| [x, y, x + width, y + height];
    let fits = |[x0, y0, x1, y1]: &Rectangle| x0 >= &frame[0] && y0 >= &frame[1] && x1 <= &frame[2] && y1 <= &frame[3];
    let is_free = |rectangle: &Rectangle| !taken.iter().any(|taken| overlap(rectangle, taken));
    corners.into_iter().map(rectangle).find(|rectangle| fits(rectangle) && is_free(rectangle))
}

/// Whether two rectangles share more than an edge.
#[must_use]
pub fn overlap(a: &Rectangle, b: &Rectangle) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rectangle = [0.0, 0.0, 100.0, 100.0];

    #[test]
    fn a_label_keeps_clear_of_the_frame_and_of_what_is_there() {
        let place = |point, taken: &[Rectangle]| label_place(point, 8.0, [30.0, 10.0], FRAME, taken);
        assert_eq!(place([50.0, 50.0], &[]), Some([58.0, 53.2, 88.0, 63.2]));
        assert_eq!(place([90.0, 50.0], &[]), Some([52.0, 53.2, 82.0, 63.2]), "no room on the right");
        assert_eq!(place([50.0, 98.0], &[]), Some([58.0, 84.8, 88.0, 94.8]), "none below");
        let start = around([60.0, 58.0], 8.0);
        let beside = place([50.0, 50.0], &[start]).expect("elsewhere");
        assert!(!overlap(&beside, &start));
        assert_eq!(place([50.0, 50.0], &[FRAME]), None);
    }
}
