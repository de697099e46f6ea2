//! What would freeze, crash or blank the page, in either browser: it must be harmless.

use std::{env, path::Path, time::Duration};

use anyhow::{Result, bail, ensure};
use serde_json::json;

use super::loading::PLAYS;
use crate::{
    browser::{Tab, picture},
    server::Server,
};

/// The longest that the page may stand still, in ms.
const GAP: f64 = 500.0;

/// Whether nothing has been drawn for a second.
const RESTS: &str = "(async () => {
    const { frames } = samscope.perf();
    await new Promise((done) => setTimeout(done, 1000));
    return samscope.perf().frames === frames;
})()";

/// Waits for the interface to come to rest after it has been paused. To play counts frames anew: no more than 600 are counted.
fn rest(page: &mut dyn Tab) -> Result<()> {
    page.eval("samscope.play(), samscope.pause()")?;
    page.wait_for(RESTS)?;
    ensure!(page.number("samscope.perf().frames")? < 600.0, "it may draw on, uncounted");
    Ok(())
}

/// What JavaScript changes shows at once, also where nothing has moved for some time.
pub fn repaints(page: &mut dyn Tab) -> Result<()> {
    page.eval("samscope.setScenario({ ...samscope.getScenario(), steps: 1e9 })")?;
    let draws = |page: &mut dyn Tab, call: &str| -> Result<()> {
        rest(page)?;
        let frames = page.number("samscope.perf().frames")?;
        page.eval(call)?;
        page.wait_for(&format!("samscope.perf().frames > {frames}"))
    };
    draws(page, "samscope.step(3)")?;
    draws(page, "samscope.setScenario({ ...samscope.getScenario(), seed: 5 })")?;
    rest(page)?;
    page.eval("samscope.play()")?;
    page.wait_for("samscope.state().step > 3")?;
    page.ensure_clean()
}

/// Every second the page notes where the run is: this timer, of its own, ends after that one.
const NOTED: &str = "new Promise((done) => setTimeout(done, 1500))";

/// Sets something that is to be found again after the page has begun anew. Gives the step.
fn set_marks(page: &mut dyn Tab) -> Result<f64> {
    page.eval("samscope.setScenario({ ...samscope.getScenario(), seed: 77, steps: 1e9 }), samscope.play()")?;
    page.wait_for("samscope.state().step > 200")?;
    page.eval(NOTED)?;
    page.number("Math.min(samscope.state().step, 200)")
}

fn goes_on(page: &mut dyn Tab, step: f64) -> Result<()> {
    page.wait_for(&format!("samscope.getScenario().seed === 77 && samscope.state().step >= {step}"))?;
    page.wait_for(&format!("{PLAYS} && document.querySelector('#crash').hidden"))
}

const OVER: &str = "document.querySelector('#crash').hidden ? '' : document.querySelector('#crash').innerText";

/// The browser takes the graphics away, gives them back, and takes them for good: the run goes on.
pub fn graphics_lost(page: &mut dyn Tab) -> Result<()> {
    let step = set_marks(page)?;
    let lose = "(() => {
        window.graphics = document.querySelector('#canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
        graphics.loseContext();
    })()";
    page.eval(lose)?;
    page.wait_for(&format!("({OVER}).includes('taken the graphics away')"))?;
    page.eval("graphics.restoreContext()")?;
    goes_on(page, step)?;
    page.eval(lose)?;
    page.wait_for(&format!("({OVER}).includes('taken the graphics away')"))?;
    page.leave_by("document.querySelector('#reload').click()")?;
    goes_on(page, step)?;
    page.ensure_clean()
}

/// A module whose one function is `unreachable`.
const TRAP: &str =
    "new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1,
    96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]))).exports.f";

/// Every trap is told, a panic or not, wherever it comes up; then the page goes on where it was.
pub fn traps(page: &mut dyn Tab) -> Result<()> {
    let step = set_marks(page)?;
    for trap in [format!("void setTimeout({TRAP})"), format!("void Promise.resolve().then({TRAP})")] {
        page.eval(&trap)?;
        page.wait_for(&format!("/crashed[^]*unreachable/.test({OVER})"))?;
        page.leave_by("document.querySelector('#reload').click()")?;
        goes_on(page, step)?;
        page.eval(NOTED)?;
    }
    Ok(())
}

/// A scenario that crashes the program before its first frame: what every browser has is taken from it where there is a link.
const CRASHING: &str = "if (location.hash) Object.defineProperty(window, 'performance', { value: undefined });";

/// Where a reload crashes again, the page starts without the link and without the state that was kept; the link is there to
/// be copied.
pub fn afresh(page: &mut dyn Tab) -> Result<()> {
    page.eval("samscope.setScenario({ ...samscope.getScenario(), seed: 77 })")?;
    page.before_load(CRASHING)?;
    let address = page.eval("new URL(`#${samscope.link()}`, location).href")?;
    page.leave_by("location.hash = samscope.link(), location.reload()")?;
    page.wait_for("!performance && !document.querySelector('#crash').hidden")?;
    page.leave_by("document.querySelector('#reload').click()")?;
    page.wait_for("!document.querySelector('#crash').hidden")?;
    let shown = page.eval("document.querySelector('#link').value")?;
    ensure!(shown == address, "the link to be copied is {shown}, not {address}");
    let message = page.eval("document.querySelector('#crash').innerText")?;
    ensure!(message.as_str().is_some_and(|text| text.contains("Performance")), "it says {message}");
    page.leave_by("document.querySelector('#afresh').click()")?;
    // What is a problem was the old document's.
    page.problems();
    page.wait_for(&format!("{PLAYS} && document.querySelector('#crash').hidden"))?;
    ensure!(page.eval("[location.hash, location.search]")? == json!(["", ""]), "the address keeps something");
    ensure!(page.eval("samscope.getScenario().seed")? != 77, "it has opened what was kept");
    page.eval(NOTED)?;
    page.leave_by("location.reload()")?;
    page.wait_for(PLAYS)?;
    ensure!(page.eval("samscope.getScenario().seed")? != 77, "what was kept before comes again");
    page.ensure_clean()
}

/// Two calls that would take minutes; a short one beside them; what is left of them when they have been cancelled.
const CANCEL: &str = "(async () => {
    const long = { optimizers: [{ id: 'sam' }], steps: 1e10 };
    const end = (call) => call.then(() => 'an answer', (error) => error.name);
    const stop = new AbortController();
    const first = end(samscope.run(long, { signal: stop.signal }));
    const second = end(samscope.run(long));
    const { x } = await samscope.sharpness({ loss: { id: 'toy4d' }, at: [0.5, 0.5, 0.1, 0.2], rho: 0.1 });
    stop.abort();
    const ends = [x.length, await first];
    samscope.cancel();
    const { runs } = await samscope.run({ ...long, steps: 2e5 });
    return [...ends, await second, runs[0].steps, await end(samscope.run(long, { signal: stop.signal }))];
})()";

/// Long calls neither block short ones nor go on when nobody wants them.
pub fn cancelled_calls(page: &mut dyn Tab) -> Result<()> {
    let ends = page.eval(CANCEL)?;
    ensure!(ends == json!([4, "AbortError", "AbortError", 200_000, "AbortError"]), "the calls end with {ends}");
    page.ensure_clean()
}

/// What cannot be run is refused by the promise, in a sentence.
pub fn refused_calls(page: &mut dyn Tab) -> Result<()> {
    let cyclic = "(() => { const scenario = {}; scenario.loss = scenario; return scenario; })()";
    for (scenario, words) in [
        (cyclic, "contains itself"),
        ("{ optimizers: [{ id: 'sam', on: false }] }", "optimizers: none takes part"),
        ("undefined", "JSON object"),
    ] {
        let said = page.eval(&format!("samscope.run({scenario}).then(() => 'nothing', (error) => error.message)"))?;
        ensure!(said.as_str().is_some_and(|text| text.contains(words)), "run({scenario}) says {said}");
    }
    page.ensure_clean()
}

/// Drops a file of this text on the canvas, as a browser does.
const DROP: &str = "((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'huge.json'));
    const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector('#canvas').dispatchEvent(event);
})";

/// A key of 8 MB, in a file and in a call: one short sentence, and the page plays on.
pub fn huge_key(page: &mut dyn Tab) -> Result<()> {
    const HUGE: &str = "{ ['k'.repeat(8e6)]: 1 }";
    let before = page.eval("samscope.getScenario()")?;
    page.eval(&format!("{DROP}(JSON.stringify({HUGE}))"))?;
    page.wait_for("samscope.state().notice?.includes('huge.json')")?;
    let of_file = page.eval("samscope.state().notice")?;
    let call =
        format!("(() => {{ try {{ samscope.setScenario({HUGE}) }} catch ({{ message }}) {{ return message }} }})()");
    for said in [of_file, page.eval(&call)?] {
        ensure!(said.as_str().is_some_and(|text| text.len() < 300 && text.contains("bytes")), "it says {said}");
    }
    ensure!(page.eval("samscope.getScenario()")? == before, "the scenario is another");
    page.wait_for(PLAYS)?;
    page.ensure_clean()
}

/// Notes the longest wait for a frame, and how long the page's own thread does not come to a timer.
pub(super) const WATCH: &str = "(() => {
    const note = (waits) => {
        let last = performance.now();
        return () => {
            const now = performance.now();
            window.longest[waits] = Math.max(window.longest[waits], now - last);
            last = now;
        };
    };
    window.longest = [0, 0];
    const frame = note(0);
    (function again() { frame(); requestAnimationFrame(again); })();
    setInterval(note(1), 10);
})()";

/// One step of this race is 10^6 updates, each a quadrature.
const UNEVEN: &str = "{ loss: { id: 'diagonal-net' }, steps: 1e6, pace: 'time',
    optimizers: [{ id: 'gd', eta: 1e-2 }, { id: 'avg-descent', eta: 1e-8 }] }";

/// However long a step takes, the page goes on drawing; what is asked for comes over the next frames.
pub fn long_steps(page: &mut dyn Tab) -> Result<()> {
    page.eval(WATCH)?;
    flows(page, "a race whose step takes minutes", |page| {
        page.eval(&format!("samscope.setScenario({UNEVEN}), window.longest = [0, 0], samscope.play()"))?;
        page.eval("new Promise((done) => setTimeout(done, 4000))").map(drop)
    })?;
    flows(page, "step(1e7)", |page| {
        let sam = "{ optimizers: [{ id: 'sam' }], steps: 1e9 }";
        page.eval(&format!("samscope.setScenario({sam}), window.longest = [0, 0], samscope.step(1e7)"))?;
        page.wait_for("samscope.state().step === 1e7")
    })?;
    page.ensure_clean()
}

/// The longest wait for a frame is no more than [`GAP`]. A machine may be busy, and pictures come late that other processes draw: a
/// longer one counts where it comes three times, and where it is the page's own thread that is occupied for a good part of it.
pub(super) fn flows(page: &mut dyn Tab, what: &str, mut act: impl FnMut(&mut dyn Tab) -> Result<()>) -> Result<()> {
    let mut waits = Vec::new();
    for _ in 0..3 {
        act(page)?;
        let [frame, occupied] = [page.number("longest[0]")?, page.number("longest[1]")?];
        if frame < GAP || occupied < 0.5 * GAP {
            return Ok(());
        }
        waits.push(format!("{frame:.0} ms ({occupied:.0} ms of the page's own)"));
    }
    bail!("{what} lets the page stand still for {}", waits.join(" and again for "))
}

/// Random scenarios, of losses of 1 to 16 dimensions in all layouts, and their links.
const LINKS: &str = "(async (count) => {
    let seed = 1;
    const below = (n) => ((seed = (seed * 48271) % 2147483647), Math.floor((seed / 2147483647) * n));
    const one = (list) => list[below(list.length)];
    const typed = () => {
        const squares = Array.from({ length: 1 + below(16) }, (_, i) => `(x${i + 1}^2 - 0.5)^2`);
        return { id: 'typed', expressions: Array(1 + below(2)).fill(squares.join(' + ')) };
    };
    const losses = ['toy4d', 'ring', 'rosenbrock', 'diagonal-net', 'tiny-mlp', 'quadratic', 'product3', 'two-wells'];
    const methods = ['gd', 'sam', 'one-sam', 'usam', 'sgd', 'asc-descent'];
    const links = [];
    while (links.length < count) {
        const optimizers = Array.from({ length: 1 + below(3) }, () => ({ id: one(methods), on: below(4) > 0 }));
        samscope.setScenario({
            loss: below(2) ? typed() : { id: one(losses) }, optimizers, steps: one([0, 1, 1e3]),
            seeds: one([null, [0, 3]]), view: { layout: one(['map', 'gap', 'surface', 'basin', 'sweep']),
                side: one(['curves', 'anatomy']), through: one(['gamma', 'head', 'start']),
                quantity: one(['loss', 'lambda_1', 'trace', 'l_asc']), pace: one(['steps', 'time']) },
        });
        links.push(samscope.link());
    }
    return links;
})";

/// Opens them in pairs, and then damaged ones; gives the longest wait among these and all long waits among pairs. A machine
/// may be busy: one counts where the same pair gives it twice, and where it is the page's own thread that is blocked for a
/// good part of it. (Software rendering is done in another process: on a busy machine frames took a second, of which the
/// page had at most 160 ms.)
const OPEN: &str = "(async (links, pairs, mutations, most) => {
    const frame = async () => {
        await new Promise(requestAnimationFrame);
        const { hidden, innerText } = document.querySelector('#crash');
        if (!hidden) throw new Error(`${innerText} at ${location.hash}`);
    };
    let blocked = 0;
    let ticked = performance.now();
    const clock = setInterval(() => {
        blocked = Math.max(blocked, performance.now() - ticked);
        ticked = performance.now();
    }, 10);
    const show = async (link, frames) => {
        location.hash = link;
        let longest = 0;
        for (let i = 0; i < frames; i++) {
            const begin = performance.now();
            await frame();
            longest = Math.max(longest, performance.now() - begin);
        }
        return longest;
    };
    const pair = async (a, b) => {
        blocked = 0;
        const wait = Math.max(await show(a, 2), await show(b, 3));
        await new Promise((done) => setTimeout(done, 20));
        return { wait, blocked };
    };
    let seed = 7;
    const below = (n) => ((seed = (seed * 48271) % 2147483647), Math.floor((seed / 2147483647) * n));
    const one = () => links[below(links.length)];
    const long = [];
    for (let i = 0; i < pairs; i++) {
        const [a, b] = [one(), one()];
        const first = await pair(a, b);
        if (first.wait < most) continue;
        const second = await pair(a, b);
        const said = `${JSON.stringify([first, second])} at ${a} and ${b}`;
        if (second.wait > most && second.blocked > most / 2) throw new Error(`stands still for ${said}`);
        long.push(said);
    }
    const letters = 'ABCxyz019-_.#%é ';
    let longest = 0;
    for (let i = 0; i < mutations; i++) {
        const link = one();
        const at = below(link.length);
        const added = below(2) ? letters[below(letters.length)] : '';
        location.hash = link.slice(0, at) + added + link.slice(at + below(3));
        await new Promise((done) => setTimeout(done));
        const begin = performance.now();
        if (i % 10 === 0) await frame();
        longest = Math.max(longest, performance.now() - begin);
    }
    await frame();
    clearInterval(clock);
    return { longest, long };
})";

/// In three dimensions a loss of fewer takes the place of another, while its surfaces are drawn.
const FEWER_DIMENSIONS: [&str; 2] = [
    "#v1.eJyrVirLTC1XsqpWykmszC8tUbJSKi4tSktMTlWqrQUAmjMKcw",
    "#v1.eJyrVsrJLy5WsqpWykxRslIqysxLV6rVUSrLTC0HCeYkVuaXlihZKRWXFqUlJqcq1dYCAKfYERU",
];

/// Any link can take the place of any other, damaged ones too. With `SAMSCOPE_FULL=1` there are 500 pairs and 10^4 damaged
/// links, else a fiftieth.
pub fn random_links(page: &mut dyn Tab) -> Result<()> {
    let share = if env::var_os("SAMSCOPE_FULL").is_some() { 1 } else { 50 };
    page.set_patience(Duration::from_secs(3600));
    for (link, loss) in FEWER_DIMENSIONS.into_iter().zip(["toy4d", "ring"]) {
        page.eval(&format!("location.hash = '{link}'"))?;
        page.wait_for(&format!("samscope.getScenario().loss.id === '{loss}' && samscope.state().step > 0"))?;
        page.wait_for(&picture("Surface of ").is_there())?;
    }
    let links = page.eval(&format!("{LINKS}(200)"))?;
    let waits = page.eval(&format!("{OPEN}({links}, {}, {}, {GAP})", 500 / share, 10_000 / share))?;
    println!("    the longest wait among damaged links: {} ms; in pairs: {}", waits["longest"], waits["long"]);
    ensure!(page.eval("document.querySelector('#crash').hidden")? == true, "the page has crashed");
    page.ensure_clean()
}

/// Where a frame's sandbox keeps the page from its own files, it says so.
pub fn sandboxed(page: &mut dyn Tab, dist: &Path) -> Result<()> {
    let server = Server::start_with(dist, "/", "Content-Security-Policy: sandbox allow-scripts")?;
    page.navigate(&server.url())?;
    page.wait_for("document.querySelector('#progress').innerText.includes('allow-same-origin')")
}
