//! From where the box of a surface is seen: an orthographic view.

use super::{HEIGHT, unit};

/// Half the diagonal of the box's floor: the box is as large from every side.
const DIAGONAL: f64 = std::f64::consts::SQRT_2;

/// From where the box is seen, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Around the vertical, −180 … 180.
    pub yaw: f64,
    /// Above the horizon.
    pub pitch: f64,
}

impl Camera {
    /// The lowest and the highest pitch: the floor is always seen from above.
    pub const PITCHES: [f64; 2] = [5.0, 85.0];

    /// A camera within the limits.
    #[must_use]
    pub fn new(yaw: f64, pitch: f64) -> Self {
        let [low, high] = Self::PITCHES;
        Self { yaw: (yaw + 180.0).rem_euclid(360.0) - 180.0, pitch: pitch.clamp(low, high) }
    }

    /// The camera after a drag by so many degrees to the right and down.
    #[must_use]
    pub fn turned(self, right: f64, down: f64) -> Self {
        Self::new(self.yaw + right, self.pitch + down)
    }
}

/// An orthographic view: from the box to the sheet. The box is [−1, 1]² × [−½, ½] HEIGHT.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    middle: [f64; 2],
    /// Pixels for each unit of the box; none is left where the sheet is too small.
    pub scale: f64,
    /// Sine and cosine.
    pub yaw: [f64; 2],
    pitch: [f64; 2],
}

impl View {
    pub(super) fn new([x0, y0, x1, y1]: [f64; 4], camera: Camera, letters: f64) -> Self {
        let sine_cosine = |degrees: f64| [libm::sin(degrees.to_radians()), libm::cos(degrees.to_radians())];
        let (yaw, pitch) = (sine_cosine(camera.yaw), sine_cosine(camera.pitch));
        let half_height = DIAGONAL * pitch[0] + 0.5 * HEIGHT * pitch[1];
        // Room for the axes' names: most of it below.
        let (width, height) = (x1 - x0 - 4.0 * letters, y1 - y0 - 5.0 * letters);
        let scale = (width / (2.0 * DIAGONAL)).min(height / (2.0 * half_height));
        Self { middle: [0.5 * (x0 + x1), 0.5 * (y0 + y1) - 0.4 * letters], scale, yaw, pitch }
    }

    /// Where a point of the box is on the sheet.
    pub(super) fn place(&self, [a, b, c]: [f64; 3]) -> [f64; 2] {
        let ([sin_yaw, cos_yaw], [sin_pitch, cos_pitch]) = (self.yaw, self.pitch);
        let right = a * cos_yaw - b * sin_yaw;
        let away = a * sin_yaw + b * cos_yaw;
        let up = c * cos_pitch + away * sin_pitch;
        [self.middle[0] + self.scale * right, self.middle[1] - self.scale * up]
    }

    /// The direction to the eye.
    pub(super) fn eye(&self) -> [f64; 3] {
        [-self.yaw[0] * self.pitch[1], -self.yaw[1] * self.pitch[1], self.pitch[0]]
    }

    /// The direction to the lamp: over the eye's left shoulder, whatever the side.
    pub(super) fn lamp(&self) -> [f64; 3] {
        let [sin, cos] = self.yaw;
        unit([-0.75 * cos - 0.35 * sin, 0.75 * sin - 0.35 * cos, 1.0])
    }
}
