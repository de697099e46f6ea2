//! The page's Content-Security-Policy is in force, and allows what the page itself needs. That the page obeys it shows
//! in every other test: a violation is an error in the console.

use anyhow::{Result, ensure};

use crate::browser::Tab;

/// What a foreign script would try, and the directive that must refuse it.
const ATTACKS: [(&str, &str); 6] = [
    (
        "script-src-elem",
        "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.broken = 1' }))",
    ),
    ("script-src-attr", "document.body.setAttribute('onclick', 'window.broken = 1')"),
    ("script-src", "setTimeout('window.broken = 1')"),
    ("connect-src", "fetch('http://localhost:9/').then(() => { window.broken = 1 }, () => {})"),
    ("img-src", "new Image().src = 'http://localhost:9/x.png'"),
    (
        "base-uri",
        "document.head.append(Object.assign(document.createElement('base'), { href: 'http://localhost:9/' }))",
    ),
];

/// Resolves to true when a picture has gone the way of an export: SVG, canvas, PNG, download.
const EXPORT: &str = "(async () => {
    const svg = '<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"><rect width=\"8\" height=\"8\"/></svg>';
    const picture = new Image();
    picture.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.getContext('2d').drawImage(picture, 0, 0);
    const png = await new Promise(done => canvas.toBlob(done));
    const link = Object.assign(document.createElement('a'), { download: 'x.png', href: URL.createObjectURL(png) });
    link.click();
    return picture.width === 8;
})()";

pub fn policy(page: &mut dyn Tab) -> Result<()> {
    ensure!(page.eval(EXPORT)? == true, "a picture cannot be made in the page");
    page.ensure_clean()?;
    page.eval(
        "window.refused = [], addEventListener('securitypolicyviolation', e => refused.push(e.effectiveDirective))",
    )?;
    for (directive, attack) in ATTACKS {
        page.eval(&format!("(() => {{ {attack} }})()"))?;
        page.wait_for(&format!("refused.includes('{directive}')"))?;
    }
    ensure!(page.eval("window.broken ?? 'nothing'")? == "nothing", "what was refused ran all the same");
    let reported = page.problems().iter().any(|problem| problem.contains("refused by the policy"));
    ensure!(reported, "a violation would not fail the other tests");
    Ok(())
}
