//! The same in the page, by WebGPU. `cargo xtask test page` has it open and evaluates, line by line, what these tests ask for in JavaScript.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::Arc;

use samscope::field::{Field, Kernel, Kind, Program, WORKGROUP};
use samscope::run::{Layout, Scenario};
use samscope::sharpness::MapQuantity;
use serde_json::{Value, json};

use super::cases::{basins, losses};
use super::compared::{Compared, compare_classes, compare_quantities, compare_updates, compare_values};

/// A page that is open.
struct Page(BufReader<TcpStream>);

impl Page {
    fn opened() -> Self {
        let address = std::env::var("SAMSCOPE_PAGE").expect("SAMSCOPE_PAGE, where `cargo xtask test page` listens");
        Self(BufReader::new(TcpStream::connect(address).expect("somebody listens there")))
    }

    /// What a function of JavaScript makes of a value.
    fn ask(&mut self, function: &str, value: &Value) -> Value {
        let expression = Value::String(format!("({function})({value})"));
        writeln!(self.0.get_mut(), "{expression}").expect("the page is open");
        let mut answer = String::new();
        self.0.read_line(&mut answer).expect("an answer");
        let mut answer: Value = serde_json::from_str(&answer).expect("JSON");
        assert!(answer["error"].is_null(), "{}", answer["error"]);
        answer["value"].take()
    }

    /// All passes over some nodes on the page's card, by the page's own script.
    fn run(&mut self, program: &Program, nodes: &[usize]) -> Vec<u32> {
        let codes: Vec<&str> = program.kernels().iter().map(Kernel::wgsl).collect();
        let passes: Vec<Value> = program.passes(nodes.len()).map(|pass| json!([pass.kernel, pass.words])).collect();
        let groups = nodes.len().div_ceil(WORKGROUP);
        let all = json!({ "codes": codes, "words": program.words(nodes), "passes": passes, "groups": groups });
        serde_json::from_value(self.ask(RUN, &all)).expect("words")
    }

    /// The picture that is there in the end, when the page is given a scenario, after which all of its programs are known.
    fn show(&mut self, scenario: &Scenario) -> Value {
        self.ask(SHOW, &json!(scenario))
    }
}

const RUN: &str = "async ({ codes, words, passes, groups }) => {
    await samscopeGpu.open();
    const pipelines = await Promise.all(codes.map(samscopeGpu.pipeline));
    const table = samscopeGpu.table(new Uint32Array(words));
    for (const [kernel, given] of passes) samscopeGpu.pass(pipelines[kernel], table, new Uint32Array(given), groups);
    const read = await samscopeGpu.read(table);
    table.destroy();
    return [...read];
}";

/// Every field of its own has a loss, a seed or a quantity of its own.
const SHOW: &str = "async (scenario) => {
    if (!window.codes) {
        const { pipeline } = samscopeGpu;
        samscopeGpu.pipeline = (code) => (codes.add(code), pipeline(code));
        window.codes = new Set();
    }
    samscope.setScenario(scenario);
    samscope.pause();
    const { loss, seed, view } = scenario;
    const is = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    for (;;) {
        await new Promise(requestAnimationFrame);
        const picture = samscope.picture();
        const field = picture?.field;
        const isWanted = field?.kind.quantity ? field.kind.quantity === view.quantity : field?.scenario.seed === seed;
        if (picture?.share === 1 && isWanted && is(field.scenario.loss, loss)) return { ...picture, codes: [...codes] };
    }
}";

/// The field of a picture, with its program, which must be the one that the page has used.
fn program_of(picture: &Value, what: &str) -> Result<Program, String> {
    let field = Field::from_json(&picture["field"].to_string()).expect("a field");
    let program = Program::of(&Arc::new(field))?;
    assert_eq!(picture["backend"], "google swiftshader", "{what}");
    let codes = picture["codes"].as_array().expect("codes");
    for kernel in program.kernels() {
        assert!(codes.iter().any(|code| code == kernel.wgsl()), "{what}: the page has another program");
    }
    Ok(program)
}

#[test]
#[ignore = "needs a page"]
fn the_pages_updates_are_those_of_f32() {
    let mut page = Page::opened();
    compare_updates(&mut |program, nodes| page.run(program, nodes));
}

#[test]
#[ignore = "needs a page"]
fn the_pages_quantities_are_those_of_f32() {
    let mut page = Page::opened();
    compare_quantities(&mut |program, nodes| page.run(program, nodes));
}

/// The page makes the same programs of every loss, and what it shows is within the bound.
#[test]
#[ignore = "needs a page"]
fn the_page_shows_quantities_as_f32_has_them() {
    let (mut page, mut compared) = (Page::opened(), Compared::default());
    for (k, loss) in losses().into_iter().enumerate() {
        let mut scenario = Scenario { init: loss.start(), loss, ..Scenario::default() };
        // Each quantity with some losses, and each loss with one.
        scenario.view.quantity = MapQuantity::ALL[k % MapQuantity::ALL.len()];
        let scenario = scenario.resolved().expect("a scenario");
        let picture = page.show(&scenario);
        let what = format!("{} of {}", picture["field"]["kind"], scenario.loss.id());
        let Ok(program) = program_of(&picture, &what) else { continue };
        let values = picture["value"].as_array().expect("values");
        let nodes: Vec<usize> = (0..values.len()).step_by(97).collect();
        let got: Vec<f64> = nodes.iter().map(|&node| values[node].as_f64().unwrap_or(f64::NAN)).collect();
        compare_values(&program, &nodes, &got, &mut compared);
    }
    compared.assert_sharp();
}

#[test]
#[ignore = "needs a page"]
fn the_pages_basins_have_the_classes_of_f64_but_on_borders() {
    let mut page = Page::opened();
    for (seed, (what, field)) in basins().enumerate() {
        let mut scenario = Scenario { seed: seed as u64, ..field.scenario };
        let Kind::Basin { plane } = field.kind else { panic!("a basin") };
        (scenario.view.layout, scenario.view.bounds) = (Layout::Basin, Some(plane.bounds));
        let picture = page.show(&scenario);
        let program = program_of(&picture, &what).expect("a program");
        let class = picture["class"].as_array().expect("classes");
        let class: Vec<u8> = class.iter().map(|class| class.as_u64().expect("a class") as u8).collect();
        compare_classes(program.field(), &class, &what);
    }
}
