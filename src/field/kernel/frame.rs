//! A kernel: what is done with the words of each node, again and again.

use std::fmt::Write;

use crate::loss::{FUNCTIONS, Operations, Single, Text};
use crate::run::DIVERGED_NORM;

/// The nodes of a workgroup.
pub const WORKGROUP: usize = 64;

/// The rows of the table of words before the node's own numbers: whether it goes on, how many updates it has done, and how many it
/// is to do.
pub(super) const EVENT: usize = 0;
pub(super) const DONE: usize = 1;
pub(super) const WANTED: usize = 2;
/// The first row of the node's own numbers: the kept ones, then the given ones.
pub const OWN: usize = 3;

/// Why a node does not go on, in the row [`EVENT`]: f32 cannot make its next update; it is farther than runs may go; its last update
/// changed nothing.
pub(super) const RARE: u32 = 1;
pub(super) const FAR: u32 = 2;
pub(super) const AT_REST: u32 = 3;

/// The words of a pass before its data: the number of nodes, and of updates.
pub const HEAD: usize = 2;

/// An update of a node's numbers, as operations and as a shader.
///
/// The operations are of the kept numbers, the given ones and the update's data; they give the next kept ones, and 1 where f32 cannot make the
/// update, else 0; those of a run ‖x‖², too.
#[derive(Clone, Debug)]
pub struct Kernel {
    operations: Operations,
    kept: usize,
    given: usize,
    data: usize,
    /// Whether what moves no more will never move.
    may_rest: bool,
    wgsl: String,
}

/// More operations than this take a driver too long to compile.
const OPERATIONS_MAX: usize = 20_000;

impl Kernel {
    pub(super) fn new(operations: Operations, [kept, given, data]: [usize; 3], may_rest: bool) -> Result<Self, String> {
        if operations.count() > OPERATIONS_MAX {
            return Err(format!("it takes more than {OPERATIONS_MAX} operations for each node"));
        }
        let wgsl = shader(&operations, [kept, given, data], may_rest).ok_or("one of its constants is beyond f32")?;
        Ok(Self { operations, kept, given, data, may_rest, wgsl })
    }

    /// The shader, whose entry is `main`: binding 0 are the words of the nodes, binding 1 those of the pass.
    #[must_use]
    pub fn wgsl(&self) -> &str {
        &self.wgsl
    }

    /// The operations of an update.
    #[must_use]
    pub fn operations(&self) -> &Operations {
        &self.operations
    }

    /// How many kept numbers a node has, how many given ones, and how many an update is given.
    #[must_use]
    pub fn numbers(&self) -> [usize; 3] {
        [self.kept, self.given, self.data]
    }

    /// What an update costs.
    pub(super) fn count(&self) -> usize {
        self.operations.count()
    }

    /// The numbers of data that an update has.
    pub(super) fn data(&self) -> usize {
        self.data
    }

    /// One pass on this processor, with the shader's own operations: what a card should give.
    pub fn run_here(&self, words: &mut [u32], pass: &[u32]) {
        let (count, updates) = (pass[0] as usize, pass[1]);
        for node in 0..count {
            let row = |row: usize| row * count + node;
            let left = words[row(WANTED)] - words[row(DONE)];
            for update in 0..updates.min(left) as usize {
                if words[row(EVENT)] != 0 {
                    break;
                }
                let own = (OWN..OWN + self.kept + self.given).map(|k| words[row(k)]);
                let data = &pass[HEAD + update * self.data..][..self.data];
                let inputs: Vec<Single> =
                    own.chain(data.iter().copied()).map(|bits| Single(f32::from_bits(bits))).collect();
                let outputs = self.operations.run(&inputs);
                let (next, marks) = outputs.split_at(self.kept);
                if marks[0].0 != 0.0 || next.iter().any(|number| !number.0.is_finite()) {
                    words[row(EVENT)] = RARE;
                    break;
                }
                words[row(DONE)] += 1;
                let rests = next.iter().zip(&inputs).all(|(next, before)| next.0.to_bits() == before.0.to_bits());
                for (k, number) in next.iter().enumerate() {
                    words[row(OWN + k)] = number.0.to_bits();
                }
                if marks.get(1).is_some_and(|squared| squared.0 > FARTHEST) {
                    words[row(EVENT)] = FAR;
                } else if self.may_rest && rests {
                    words[row(EVENT)] = AT_REST;
                }
            }
        }
    }
}

const FARTHEST: f32 = (DIVERGED_NORM * DIVERGED_NORM) as f32;

/// The frame around operations; `None` where f32 does not have its constants.
fn shader(operations: &Operations, [kept, given, data]: [usize; 3], may_rest: bool) -> Option<String> {
    let own = (0..kept + given).map(|k| format!("s{k}"));
    let inputs: Vec<String> = own.chain((0..data).map(|k| format!("d{k}"))).collect();
    let Text { statements, outputs } = Text::of(operations, &inputs)?;
    let mut text = format!(
        "{FUNCTIONS}
@group(0) @binding(0) var<storage, read_write> words: array<u32>;
@group(0) @binding(1) var<storage, read> given: array<u32>;

@compute @workgroup_size({WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {{
    let count = given[0];
    let node = id.x;
    if (node >= count || words[{EVENT}u * count + node] != 0u) {{
        return;
    }}
    let done = words[{DONE}u * count + node];
    let updates = min(given[1], words[{WANTED}u * count + node] - done);
"
    );
    // Writing to a text cannot fail.
    let mut line = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    for k in 0..kept + given {
        let kind = if k < kept { "var" } else { "let" };
        line(format!("    {kind} s{k} = bitcast<f32>(words[{}u * count + node]);", OWN + k));
    }
    line("    var event = 0u;\n    var k = 0u;\n    while (k < updates && event == 0u) {".to_owned());
    for d in 0..data {
        line(format!("        let d{d} = bitcast<f32>(given[{HEAD}u + k * {data}u + {d}u]);"));
    }
    line(statements);
    for (k, output) in outputs[..kept].iter().enumerate() {
        line(format!("        let t{k} = {output};"));
    }
    // `&&` is an `if` within an `if` for each of them: with 36, SwiftShader's compiler had not ended after a minute.
    let each = |of: &dyn Fn(usize) -> String| (0..kept).map(of).collect::<Vec<_>>().join(" & ");
    let finite = each(&|k| format!("is_finite(t{k})"));
    line(format!(
        "        if ({} != 0.0 || !({finite})) {{\n            event = {RARE}u;\n            break;\n        }}",
        outputs[kept]
    ));
    if may_rest {
        let same = each(&|k| format!("(bitcast<u32>(t{k}) == bitcast<u32>(s{k}))"));
        line(format!("        if ({same}) {{\n            event = {AT_REST}u;\n        }}"));
    }
    for k in 0..kept {
        line(format!("        s{k} = t{k};"));
    }
    line("        k = k + 1u;".to_owned());
    if let Some(squared) = outputs.get(kept + 1) {
        line(format!("        if ({squared} > {FARTHEST:?}f) {{\n            event = {FAR}u;\n        }}"));
    }
    line("    }".to_owned());
    line(format!("    words[{EVENT}u * count + node] = event;\n    words[{DONE}u * count + node] = done + k;"));
    for k in 0..kept {
        line(format!("    words[{}u * count + node] = bitcast<u32>(s{k});", OWN + k));
    }
    line("}".to_owned());
    Some(text)
}
