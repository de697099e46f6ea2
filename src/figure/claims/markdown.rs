//! The document as Markdown, with tables as GitHub has them.

use super::{AGAIN, Found, PAPER, Row, TITLE, WHAT, capital, meaning};

/// The text.
#[must_use]
pub fn markdown(found: Found) -> String {
    let mut parts = vec![
        format!("# {TITLE}\n"),
        format!("**{}.**\n", escaped(&found.summary())),
        format!("{WHAT} The theorems are those of {}.\n", escaped(PAPER)),
        format!("{AGAIN} Made by {}.\n", Found::program()),
    ];
    for (kind, plural, rows) in found.sections() {
        parts.push(format!("## {}\n\n{}\n", capital(plural), meaning(kind)));
        parts.push(
            "| claim | source | predicted | measured | tolerance | verdict | run |\n|---|---|---|---|---|---|---|"
                .to_owned(),
        );
        parts.extend(rows.iter().map(|row| self::row(row, found.page)));
        parts.push(String::new());
    }
    parts.join("\n")
}

fn row(row: &Row, page: Option<&str>) -> String {
    let claim = row.claim;
    let run = match page {
        Some(page) => format!("[open](<{page}#{}>)", row.link),
        None => format!("`samscope open --window {}`", row.link),
    };
    let outcome = if row.verdict.holds { row.outcome().to_owned() } else { format!("**{}**", row.outcome()) };
    let cells = [
        format!("{} `{}`", escaped(&claim.in_words()), claim.id),
        escaped(claim.source),
        row.predicted(),
        row.measured(),
        format!("{}: {}", row.tolerance(), escaped(claim.why)),
        outcome,
        run,
    ];
    format!("| {} |", cells.join(" | "))
}

/// What would be read as markup, written so that it is not.
fn escaped(text: &str) -> String {
    let special = |c| matches!(c, '\\' | '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '#' | '~');
    text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}
