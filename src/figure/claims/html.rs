//! The document as a page: one file without scripts, for dark and light screens, phones and paper.

use std::fmt::Write;

use super::{AGAIN, Found, PAPER, Row, TITLE, WHAT, capital, meaning};
use crate::figure::svg::escaped;

const STYLE: &str = include_str!("style.css");

/// The columns; a phone shows them as a label before each cell.
const COLUMNS: [&str; 6] = ["Claim", "Predicted", "Measured", "Tolerance", "Verdict", "Run"];

/// The page. Its tables name their roles, which a browser forgets where they are laid out as blocks.
#[must_use]
pub fn html(found: Found) -> String {
    let summary = escaped(&found.summary());
    let mut page = format!(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="{program}">
<title>{program}: {summary}</title>
<style>
{STYLE}</style>
</head>
<body>
<main>
<h1>{TITLE}</h1>
<p class="summary">{summary}.</p>
<p>{WHAT} The theorems are those of {paper}.</p>
<p>{AGAIN} Made by {program}.</p>
"#,
        program = Found::program(),
        paper = escaped(PAPER),
    );
    contents(&mut page, found);
    for (kind, plural, rows) in found.sections() {
        push(
            &mut page,
            format_args!("<section aria-labelledby=\"{plural}\">\n<h2 id=\"{plural}\">{}</h2>\n", capital(plural)),
        );
        push(&mut page, format_args!("<table role=\"table\">\n<caption>{}</caption>\n", meaning(kind)));
        page.push_str("<thead role=\"rowgroup\"><tr role=\"row\">");
        for column in COLUMNS {
            push(&mut page, format_args!("<th role=\"columnheader\" scope=\"col\">{column}</th>"));
        }
        page.push_str("</tr></thead>\n<tbody role=\"rowgroup\">\n");
        for row in rows {
            self::row(&mut page, &row, found.page);
        }
        page.push_str("</tbody>\n</table>\n</section>\n");
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// Links to the kinds, and to what fails.
fn contents(page: &mut String, found: Found) {
    page.push_str("<nav aria-label=\"Contents\">\n<ul>\n");
    for (_, plural, rows) in found.sections() {
        push(page, format_args!("<li><a href=\"#{plural}\">{}</a>: {}", capital(plural), rows.len()));
        for row in rows.iter().filter(|row| !row.verdict.holds) {
            push(page, format_args!(", <a class=\"fails\" href=\"#{id}\">{id} fails</a>", id = row.claim.id));
        }
        page.push_str("</li>\n");
    }
    page.push_str("</ul>\n</nav>\n");
}

fn row(page: &mut String, row: &Row, address: Option<&str>) {
    let claim = row.claim;
    let run = match address {
        Some(address) => format!("<a href=\"{}#{link}\">open the run</a>", escaped(address), link = row.link),
        None => format!(
            "<details><summary>how to open it</summary><code>samscope open --window {}</code></details>",
            row.link
        ),
    };
    let [_, predicted, measured, tolerance, verdict, opened] = COLUMNS;
    push(
        page,
        format_args!(
            r#"<tr role="row" id="{id}">
<th role="rowheader" scope="row"><p>{statement}</p><p class="source">{source} · <code>samscope verify {id}</code></p></th>
<td role="cell" data-label="{predicted}">{}</td>
<td role="cell" data-label="{measured}">{}</td>
<td role="cell" data-label="{tolerance}"><span>{}</span><p>{why}</p></td>
<td role="cell" data-label="{verdict}" class="{outcome}">{outcome}</td>
<td role="cell" data-label="{opened}">{run}</td>
</tr>
"#,
            escaped(&row.predicted()),
            escaped(&row.measured()),
            escaped(&row.tolerance()),
            id = claim.id,
            statement = escaped(&claim.in_words()),
            source = escaped(claim.source),
            why = escaped(claim.why),
            outcome = row.outcome(),
        ),
    );
}

fn push(page: &mut String, text: std::fmt::Arguments) {
    // A text takes everything.
    let _ = page.write_fmt(text);
}
