//! One sentence for every kind of bad input, on standard error.

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::args::Cli;
use crate::loss::{Part, Refusal, quoted};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// Bad input: exit code 2.
    #[error("{0}")]
    Input(String),
    /// The result cannot be written: exit code 2.
    #[error("{0}")]
    Output(String),
    /// Something that was to be shown doesn't hold: exit code 1.
    #[error("{0}")]
    Failed(String),
    /// Ctrl-C, and what became of the work: exit code 130.
    #[error("interrupted{0}")]
    Interrupted(String),
}

/// The exit code of what Ctrl-C has ended, as shells have it: 128 and the signal's number.
pub(super) const INTERRUPTED: u8 = 130;

impl CliError {
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Input(_) | Self::Output(_) => 2,
            Self::Failed(_) => 1,
            Self::Interrupted(_) => INTERRUPTED,
        }
    }
}

/// Whether clap only wants its help or version printed.
pub(super) fn is_help(error: &clap::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

/// clap's errors as one sentence that names the flag and what is allowed.
pub(super) fn from_clap(error: &clap::Error) -> CliError {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(quoted(text)),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let invalid = text(ContextKind::InvalidArg).unwrap_or_default();
    let flag = invalid.split_whitespace().next().unwrap_or_default().trim_matches(['<', '>', ',']).to_owned();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let sentence = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{flag}: needs a value"),
        ErrorKind::InvalidValue => {
            format!("{flag}: must be one of {}, but is `{value}`", text(ContextKind::ValidValue).unwrap_or_default())
        }
        ErrorKind::ValueValidation => {
            // Our own parsers say what they expected in words.
            format!("{flag}: {}", std::error::Error::source(error).map(ToString::to_string).unwrap_or_default())
        }
        ErrorKind::UnknownArgument => format!("{flag}: is not a flag of this command; see --help"),
        ErrorKind::InvalidSubcommand => {
            let name = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            let commands = Cli::command();
            let commands = commands.get_subcommands().map(clap::Command::get_name).collect::<Vec<_>>().join(", ");
            format!("`{name}` is not a command; the commands are {commands}")
        }
        ErrorKind::MissingRequiredArgument => format!("{flag}: is missing"),
        ErrorKind::ArgumentConflict => {
            let other = text(ContextKind::PriorArg).unwrap_or_default();
            match other.split_whitespace().next() {
                Some(other) if other != flag => format!("{flag}: cannot be given together with {other}"),
                _ => format!("{flag}: is given twice"),
            }
        }
        _ => quoted(error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ")),
    };
    CliError::Input(sentence)
}

/// A scenario's refusal with the flag in place of the field, where the field came from a flag.
pub(super) fn from_scenario(error: &Refusal, flags: &[&str]) -> CliError {
    let parts = error.field.parts();
    let mut flag = flag_of(&parts);
    if flag == "--expr" && flags.contains(&"--sample") {
        flag = "--sample";
    }
    if !flags.contains(&flag) {
        return CliError::Input(format!("scenario: {error}"));
    }
    let (place, name) = match parts[..] {
        [Part::Name("init"), Part::Index(i)] => (format!(" (coordinate {i}, counted from 0)"), String::new()),
        [Part::Name("loss"), Part::Name("params"), Part::Name(name)] => (String::new(), format!("`{}` ", quoted(name))),
        _ => Default::default(),
    };
    let picture = error.picture.as_ref().map_or(String::new(), |picture| format!("\n{picture}"));
    CliError::Input(format!("{flag}{place}: {name}{}{picture}", error.allowed))
}

/// The flag that sets a scenario's field.
fn flag_of(parts: &[Part]) -> &'static str {
    let &[Part::Name(field), ref inner @ ..] = parts else { return "" };
    match (field, inner) {
        ("optimizers", [_, Part::Name("eta")]) => "--eta",
        ("optimizers", [_, Part::Name("rho")]) => "--rho",
        ("optimizers", [_, Part::Name("batch")]) => "--batch",
        ("optimizers", [_, Part::Name("beta")]) => "--beta",
        ("optimizers", [_, Part::Name("switch"), ..]) => "--switch",
        ("optimizers", _) => "--optimizer",
        ("loss", [Part::Name("params"), ..]) => "--param",
        ("loss", [Part::Name("expressions"), ..]) => "--expr",
        ("loss", _) => "--loss",
        ("view", [Part::Name("surface_steps"), ..]) => "--surface-steps",
        ("view", [Part::Name("axes"), ..]) => "--axes",
        ("view", [Part::Name("bounds"), ..]) => "--bounds",
        ("init", _) => "--init",
        ("seeds", _) => "--seeds",
        ("seed", _) => "--seed",
        ("steps", _) => "--steps",
        ("tol", _) => "--tol",
        ("record", _) => "--record",
        _ => "",
    }
}
