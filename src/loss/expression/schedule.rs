//! The order of a program's operations, and which two of them one instruction does.

use super::fuse::Operation;
use super::graph::{Graph, Id, Node};
use super::op::Op;

/// How far, in operations, an operation may move ahead: enough to meet its twin, and so few that its result
/// does not occupy a register for long.
const WINDOW: usize = 32;

/// What one instruction does: one operation, or two of a kind that do not need each other.
pub(super) struct Slot {
    pub op: Op,
    pub first: (Id, Operation),
    pub second: Option<(Id, Operation)>,
}

impl Slot {
    /// The first operation's arguments, then the second one's.
    pub fn arguments(&self) -> impl Iterator<Item = Id> {
        self.first.1.arguments().chain(self.second.iter().flat_map(|(_, second)| second.arguments()))
    }
}

/// Puts operations that come arguments first into slots that do so too.
///
/// Gradients are full of twins (the coordinates' shares, the samples' terms), and dispatching an instruction
/// takes longer than what it does.
pub(super) fn schedule(graph: &Graph, mut waiting: Vec<(Id, Operation)>) -> Vec<Slot> {
    let mut slots = Vec::with_capacity(waiting.len());
    let mut done: Vec<bool> = graph.ids().map(|id| matches!(graph.node(id), Node::Variable(_))).collect();
    // The next operation is the last of the list, where taking it is cheap.
    waiting.reverse();
    while !waiting.is_empty() {
        let window = waiting.len().saturating_sub(WINDOW)..waiting.len();
        let is_ready = |&at: &usize| waiting[at].1.arguments().all(|argument| done[argument.index()]);
        let ready: Vec<usize> = window.rev().filter(is_ready).collect();
        let slot = if let Some((op, first, second)) = twins(&waiting, &ready) {
            // The second one is nearer to the front: taking the first does not move it.
            let first = waiting.remove(first);
            Slot { op, first, second: Some(waiting.remove(second)) }
        } else {
            // The next operation is always ready.
            let first = waiting.remove(ready[0]);
            Slot { op: first.1.op, first, second: None }
        };
        done[slot.first.0.index()] = true;
        if let Some((id, _)) = slot.second {
            done[id.index()] = true;
        }
        slots.push(slot);
    }
    slots
}

/// The next two of the ready operations that one instruction can do, and that instruction.
fn twins(waiting: &[(Id, Operation)], ready: &[usize]) -> Option<(Op, usize, usize)> {
    ready.iter().enumerate().find_map(|(n, &first)| {
        let op = waiting[first].1.op;
        let twin = op.twin()?;
        let second = ready[n + 1..].iter().find(|&&second| waiting[second].1.op == op);
        second.map(|&second| (twin, first, second))
    })
}
