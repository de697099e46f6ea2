//! What Ctrl-C does while a command works, and what `kill` and the end of a terminal do (SIGTERM, SIGHUP): the same.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::errors::INTERRUPTED;
use super::say;

/// Whether the command asks for interrupts itself; else they end the program.
static ASKED_FOR: AtomicBool = AtomicBool::new(false);
/// Whether there has been one that the command has not acted upon.
static PENDING: AtomicBool = AtomicBool::new(false);
/// Held while a file is written.
static WRITING: Mutex<()> = Mutex::new(());

/// From now on Ctrl-C ends the program with a sentence, and not in the middle of a file.
pub(super) fn listen() {
    let on_interrupt = || {
        if ASKED_FOR.load(Ordering::SeqCst) {
            PENDING.store(true, Ordering::SeqCst);
        } else {
            let _whole = hold();
            if std::io::stderr().is_terminal() {
                // After the terminal's own `^C`; where it has gone away nobody misses it.
                let _ = writeln!(std::io::stderr());
            }
            say("interrupted");
            std::process::exit(INTERRUPTED.into());
        }
    };
    // Where whoever started the program wants one of the signals ignored, all are left as they are.
    let _ = ctrlc::try_set_handler(on_interrupt);
}

/// While this lives, an interrupt waits.
pub(super) fn hold() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// While this lives, the command is told of interrupts and ends early in its own way.
pub(super) struct Watch {
    pending: &'static AtomicBool,
}

impl Watch {
    pub(super) fn begin() -> Self {
        ASKED_FOR.store(true, Ordering::SeqCst);
        Self { pending: &PENDING }
    }

    /// Whether there has been an interrupt since the last call.
    pub(super) fn is_interrupted(&self) -> bool {
        self.pending.swap(false, Ordering::SeqCst)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        ASKED_FOR.store(false, Ordering::SeqCst);
    }
}
