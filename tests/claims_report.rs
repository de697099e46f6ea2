//! The claims as a document to hand on: its structure, its escapes, and links that open the runs.
#![cfg(feature = "cli")]

#[path = "common/cli.rs"]
mod program;

use program::{Folder, refusal, success};
use samscope::figure::claims::{Found, html, markdown};
use samscope::run::{Scenario, View};
use samscope::theory::claims::{Claim, Compared, all, find};

const PAGE: &str = "https://example.org/lab/";

/// Every claim with numbers that make it hold, but the first.
fn found() -> Vec<(&'static Claim, Compared)> {
    let numbers = |(i, claim)| (claim, Compared { predicted: 1.0, measured: if i == 0 { f64::NAN } else { 1.0 } });
    all().enumerate().map(numbers).collect()
}

fn document(write: fn(Found) -> String, page: Option<&str>) -> String {
    write(Found { claims: &found(), page })
}

/// The tags of a page in their order, each with its attributes.
fn tags(page: &str) -> Vec<&str> {
    let body = page.split_once("</style>").expect("a style").1;
    body.split('<').skip(1).map(|rest| rest.split_once('>').expect("an end").0).collect()
}

#[test]
fn the_page_is_whole_and_needs_nothing_else() {
    let page = document(html, Some(PAGE));
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"));
    assert!(page.ends_with("</html>\n"));
    for part in ["width=device-width", "color-scheme", "prefers-color-scheme: dark", "max-width", "@media print"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains(concat!("samscope ", env!("CARGO_PKG_VERSION"))));
    for foreign in ["<script", "<link", "<img", "src=", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    let mut open = Vec::new();
    for tag in tags(&page) {
        let name = tag.trim_start_matches('/').split(' ').next().expect("a name");
        if tag.starts_with('/') {
            let last = open.pop();
            assert!(
                last == Some(name) || (last.is_none() && ["head", "html"].contains(&name)),
                "</{name}> closes {last:?}"
            );
        } else {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn the_tables_are_accessible_and_have_every_claim_once() {
    let page = document(html, Some(PAGE));
    let tags = tags(&page);
    let count = |start: &str| tags.iter().filter(|tag| tag.starts_with(start)).count();
    let claims = all().count();
    assert_eq!((count("table role=\"table\""), count("caption"), count("section aria-labelledby")), (4, 4, 4));
    assert_eq!(count("th role=\"columnheader\" scope=\"col\""), 4 * 6);
    assert_eq!(count("th role=\"rowheader\" scope=\"row\""), claims);
    assert_eq!(count("td role=\"cell\" data-label="), 5 * claims);
    let ids: std::collections::BTreeSet<_> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.len(), claims + 4, "ids are unique");
    // Every anchor within the page has its place.
    for place in page.split("href=\"#").skip(1).map(|rest| rest.split('"').next()) {
        assert!(ids.contains(&place), "{place:?}");
    }
    let first = all().next().expect("a claim").id;
    assert!(page.contains(&format!("<a class=\"fails\" href=\"#{first}\">{first} fails</a>")));
    assert!(page.contains(&format!("{} of {claims} claims hold", claims - 1)));
    assert!(page.contains(">no number<"));
}

/// The links open what the claims run, to the bit, with the view that the loss brings.
#[test]
fn links_open_the_claims_runs() {
    let pages = [document(html, Some(PAGE)), document(markdown, Some(PAGE))];
    let links = pages.map(|page| {
        let links = page
            .split("https://example.org/lab/#")
            .skip(1)
            .map(|rest| rest.split(['"', '>']).next().unwrap_or("").to_owned());
        links.collect::<Vec<_>>()
    });
    assert_eq!(links[0], links[1]);
    let commands = document(markdown, None);
    let claims =
        samscope::theory::claims::Kind::ALL.into_iter().flat_map(|(kind, _)| all().filter(move |c| c.kind == kind));
    let mut count = 0;
    for (claim, link) in claims.zip(&links[0]) {
        let (opened, own) = (Scenario::from_link(link).expect(claim.id), (claim.scenario)());
        assert_eq!(opened.run_specs(), own.run_specs(), "{}", claim.id);
        assert_eq!(opened.view, View::of(&own.loss, &own.init), "{}", claim.id);
        assert!(commands.contains(&format!("`samscope open --window {link}`")), "{}", claim.id);
        count += 1;
    }
    assert_eq!((count, links[0].len()), (all().count(), all().count()));
}

#[test]
fn texts_are_escaped() {
    let claim: &'static Claim =
        Box::leak(Box::new(Claim { statement: "a < b & \"c\" | *d* <script>.", ..*all().next().expect("a claim") }));
    let claims = [(claim, Compared { predicted: 1.0, measured: 1.0 })];
    let found = Found { claims: &claims, page: Some(PAGE) };
    assert!(html(found).contains("<p>a &lt; b &amp; &quot;c&quot; | *d* &lt;script&gt;.</p>"));
    let text = markdown(found);
    let row = text.lines().find(|line| line.contains("script")).expect("a row");
    assert!(row.contains(r#"a \< b & "c" \| \*d\* \<script\>."#), "{row}");
    assert_eq!(row.replace(r"\|", "").matches('|').count(), 8, "{row}");
}

#[test]
fn the_command_writes_both_kinds() {
    let folder = Folder::new("report");
    for (name, start) in [("claims.html", "<!DOCTYPE html>"), ("claims.md", "# How does")] {
        let file = folder.file(name);
        let table = success(&["verify", "two-cycle", "ring-radius", "--report", &file, "--page", PAGE]);
        assert!(table.ends_with("2 of 2 claims hold: 1 theorem, 1 law.\n"), "{table}");
        let written = std::fs::read_to_string(&file).expect("written");
        assert!(written.starts_with(start) && written.contains("2 of 2 claims hold: 1 theorem, 1 law"), "{written}");
        let claims = ["two-cycle", "ring-radius"].map(|id| find(id).expect("a claim"));
        let claims = claims.map(|claim| (claim, claim.measure()));
        let write = if name.ends_with("md") { markdown } else { html };
        assert_eq!(written, write(Found { claims: &claims, page: Some(PAGE) }), "the same bytes again");
    }
    let bad = |arguments: &[&str]| refusal(&[&["verify", "two-cycle"], arguments].concat());
    assert!(bad(&["--report", "claims.txt"]).starts_with("--report: must end in .html or .md, but is claims.txt"));
    assert!(bad(&["--report", &folder.file("none/claims.md")]).starts_with("--report: cannot write"));
    assert_eq!(bad(&["--page", PAGE]), "--report: is missing");
    let page = |page: &str| bad(&["--report", &folder.file("claims.md"), "--page", page]);
    for address in ["https://example.org/#x", "javascript:alert(1)", "https://a.b/\"x"] {
        assert!(page(address).starts_with("--page: must be an address like https://"), "{}", page(address));
    }
}

/// What a worker of the page sends.
#[test]
fn numbers_that_are_none_come_back_from_json() {
    let sent = serde_json::to_string(&Compared { predicted: 0.1 + 0.2, measured: f64::NAN }).expect("JSON");
    let back: Compared = serde_json::from_str(&sent).expect("read back");
    assert!(back.predicted == 0.1 + 0.2 && back.measured.is_nan(), "{sent}");
}
