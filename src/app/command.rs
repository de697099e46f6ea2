//! What the interface asks for. Panels only return commands; `App::apply` carries them out.

use crate::run::Scenario;

/// A wish of the person in front of the screen.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub enum Command {
    /// Put this scenario in place of the present one; restarts unless only the view differs.
    Edit(Box<Scenario>),
    /// Play or pause.
    Play(bool),
    /// Pause and do this many updates.
    Step(u64),
    /// Go back to step 0.
    Restart,
    /// Show the recorded run at this step; `None` shows its end.
    Scrub(Option<u64>),
    /// Show or hide an optimizer's paths and curves.
    ToggleLane(usize),
    /// Draw the step's geometry at this optimizer's head.
    Focus(usize),
    /// Fit the map to the run.
    Fit,
    /// Multiply the map's visible rectangle by this factor.
    Zoom(f64),
    /// Say why something typed cannot be used.
    Refuse(String),
    /// Take the message away.
    Dismiss,
}
