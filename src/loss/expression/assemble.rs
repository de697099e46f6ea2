//! The part of a graph that some outputs need, as a program.

use super::fuse::{Fuser, Operation};
use super::graph::{Graph, Id, Node};
use super::schedule::{Slot, schedule};
use super::tape::{Step, Tape};

/// A program for `outputs` with `dim` variables, or `None` where it would have more than `limit` (at most
/// 65 535) instructions.
///
/// The instructions come about in the order in which the nodes were made. Samples are made one after the other,
/// each with its gradient, so that few intermediate results wait for long.
pub(super) fn assemble(graph: &Graph, outputs: &[Id], dim: usize, limit: usize) -> Option<Tape> {
    let operations = select(graph, outputs);
    if operations.len() > limit {
        return None;
    }
    let slots = schedule(graph, operations);
    let mut registers = Allocation::new(graph, outputs, &slots, dim);
    let steps: Box<[Step]> = slots.iter().enumerate().map(|(at, slot)| registers.step(at, slot)).collect();
    let outputs = outputs.iter().map(|output| registers.of[output.index()]).collect();
    Some(Tape { steps, outputs, registers: usize::from(registers.count) })
}

/// The operations that are needed, arguments first.
fn select(graph: &Graph, outputs: &[Id]) -> Vec<(Id, Operation)> {
    let fuser = Fuser::new(graph, outputs);
    let mut needed = vec![false; graph.len()];
    for output in outputs {
        needed[output.index()] = true;
    }
    let mut operations = Vec::new();
    for id in graph.ids().rev() {
        if needed[id.index()]
            && let Some(operation) = fuser.operation(id)
        {
            operation.arguments().for_each(|argument| needed[argument.index()] = true);
            operations.push((id, operation));
        }
    }
    operations.reverse();
    operations
}

/// Registers handed out in the order of the program; each is free again after the last use of what it holds.
struct Allocation {
    /// Every node's register, once it has one.
    of: Vec<u16>,
    /// The last slot that uses a node; an output outlives them all.
    last_use: Vec<usize>,
    free: Vec<u16>,
    count: u16,
}

impl Allocation {
    fn new(graph: &Graph, outputs: &[Id], slots: &[Slot], dim: usize) -> Self {
        let mut last_use = vec![0; graph.len()];
        for (at, slot) in slots.iter().enumerate() {
            slot.arguments().for_each(|argument| last_use[argument.index()] = at);
        }
        for output in outputs {
            last_use[output.index()] = usize::MAX;
        }
        let mut of = vec![0; graph.len()];
        for id in graph.ids() {
            if let Node::Variable(index) = graph.node(id) {
                of[id.index()] = index as u16;
            }
        }
        Self { of, last_use, free: Vec::new(), count: dim as u16 }
    }

    /// The instruction for a slot; its targets may be registers of arguments that are used no more.
    fn step(&mut self, at: usize, slot: &Slot) -> Step {
        let mut arguments = [0; 6];
        for (register, argument) in arguments.iter_mut().zip(slot.arguments()) {
            *register = self.of[argument.index()];
        }
        for argument in slot.arguments() {
            // An argument that appears twice is freed once.
            if self.last_use[argument.index()] == at {
                self.last_use[argument.index()] = usize::MAX;
                self.free.push(self.of[argument.index()]);
            }
        }
        let (id, Operation { function, constants: [k, l], .. }) = slot.first;
        let target = self.target(id);
        // A second operation's constant comes after the first one's; what has two constants has no twin.
        let (second_target, l) = match slot.second {
            Some((id, second)) => (self.target(id), second.constants[0]),
            None => (target, l),
        };
        Step { op: slot.op, function, targets: [target, second_target], arguments, constants: [k, l] }
    }

    /// A register for a result.
    fn target(&mut self, id: Id) -> u16 {
        let target = self.free.pop().unwrap_or_else(|| {
            self.count += 1;
            self.count - 1
        });
        self.of[id.index()] = target;
        target
    }
}
