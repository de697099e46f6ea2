//! The glossary: what each symbol, setting and button of the window means. What is measured has its entry in its own table;
//! the others are here, one row each. The window's tooltips, `samscope glossary` and docs/glossary.md come from it.

use crate::figure::plain;
use crate::formula::in_unicode;
use crate::sharpness::{Entry, MEASURED, PAPER};

/// Every entry: what is measured, what stands in formulas, what can be set, what can be pressed.
pub fn glossary() -> impl Iterator<Item = &'static Entry> {
    MEASURED.iter().chain(UNMEASURED)
}

/// The entry with this id.
#[must_use]
pub fn explained(id: &str) -> Option<&'static Entry> {
    glossary().find(|entry| entry.id == id)
}

/// The glossary as docs/glossary.md has it.
#[must_use]
pub fn in_markdown() -> String {
    let rows = glossary().map(|entry| {
        let formula = in_unicode(entry.formula).replace('|', "\\|");
        let symbol = plain(entry.symbol).replace('|', "\\|");
        format!("| {symbol} | {} | {} | {formula} | {} |\n", entry.name, entry.definition, entry.source)
    });
    let head = "# Glossary\n\nWhat the window's symbols, settings and buttons mean; `samscope glossary` prints the same.\n\n\
         | symbol | name | what it is | formula | where it is from |\n| --- | --- | --- | --- | --- |\n";
    rows.fold(head.to_owned(), |text, row| text + &row)
}

const fn own(
    id: &'static str,
    [symbol, name]: [&'static str; 2],
    definition: &'static str,
    formula: &'static str,
    source: &'static str,
) -> Entry {
    Entry { id, symbol, name, definition, formula, source }
}

/// What is not in the table of measured quantities.
const UNMEASURED: &[Entry] = &[
    own(
        "gradient",
        ["g, ĝ", "gradient, and its direction"],
        "where the loss rises fastest; ĝ has length 1",
        r"\hat g = \frac{g}{\|g\|}",
        PAPER,
    ),
    own(
        "hessian",
        ["H, ∇²", "Hessian"],
        "the matrix of second derivatives: the curvature in every direction",
        r"H = \nabla^2 L(x)",
        PAPER,
    ),
    own(
        "v_1",
        ["v_{1}", "sharpest direction"],
        "the direction in which the loss curves most: the eigenvector of the largest eigenvalue",
        r"H v_1 = \lambda_1 v_1",
        "Thm 4.5",
    ),
    own(
        "gamma",
        ["Γ", "minimizers"],
        "a connected set of minima: a curve or a surface along which the loss stays least",
        r"\Gamma",
        "Sec. 3",
    ),
    own(
        "phi",
        ["Φ", "limit of gradient flow"],
        "the minimum that gradient descent with tiny steps reaches from here",
        r"\Phi(x)",
        "Sec. 3",
    ),
    own(
        "tau",
        ["τ", "the flow's time"],
        "the slow time in which SAM slides along the minima",
        r"\tau = \eta\rho^2 t",
        "Thm 4.5",
    ),
    own(
        "dimensions",
        ["D, M", "dimension and rank"],
        "how many coordinates there are, and how many directions leave the minima",
        r"M = \text{rank of } H \text{ on } \Gamma",
        "Sec. 3",
    ),
    own(
        "two_cycle",
        ["±", "2-cycle"],
        "SAM hops between two points on either side of a minimum and never rests",
        r"\frac{\eta\rho\lambda_1}{2 - \eta\lambda_1}",
        "Thm 4.8",
    ),
    own(
        "eta",
        ["η", "learning rate"],
        "how far a step goes for a gradient of length 1",
        r"x \leftarrow x - \eta g",
        PAPER,
    ),
    own(
        "rho",
        ["ρ", "perturbation radius"],
        "how far away SAM takes its gradient; 0 is the method without perturbation",
        r"\nabla L(x + \rho\hat g)",
        "Eq. 3",
    ),
    own(
        "batch",
        ["m", "batch size"],
        "samples per step; sizes between 1 and all are exploratory: no theorem covers them",
        "",
        "Sec. 5, Example 5.8",
    ),
    own(
        "seed",
        ["seed", "seed"],
        "where every stochastic method's random stream begins: the same seed draws the same samples",
        "",
        "this laboratory",
    ),
    own(
        "seeds",
        ["seeds", "several seeds"],
        "how many times each stochastic method runs, each time with another seed",
        "",
        "this laboratory",
    ),
    own("steps", ["steps", "number of steps"], "after how many updates a run ends", "", "this laboratory"),
    own(
        "tol",
        ["tolerance", "tolerance"],
        "a run ends where the gradient is not longer than this; 0 turns that off",
        r"\|g\| \le \text{tolerance}",
        "this laboratory",
    ),
    own(
        "underflow",
        ["underflow", "underflow hold"],
        "hold: a coordinate never becomes smaller than the smallest normal number, so that it can grow again",
        "",
        "this laboratory",
    ),
    own("start", ["x_{0}", "start"], "where every method begins: drag the white ring, or type", "", "this laboratory"),
    own(
        "flows",
        ["flows", "limiting flows"],
        "the theorems' paths along the minima, and the law for this learning rate",
        r"\frac{dX}{d\tau} = -\tfrac12 P^{\perp} \nabla\lambda_1(H(X))",
        "Thm 4.5, Thm 5.4",
    ),
    own(
        "regime",
        ["regime", "the theorem's regime"],
        "what must be small or large for the theorem to apply here; a condition that fails is named, with what that changes",
        r"\eta\ln(1/\rho) \quad \rho/\eta \quad \eta\lambda_1",
        "Thm 4.5",
    ),
    own("layout_map", ["Map", "map"], "a quantity over two coordinates, with every method's path", "", "Figure 1"),
    own(
        "layout_basin",
        ["Basin", "basin of attraction"],
        "where the run of the method in focus ends from every point of the map; click to start there",
        "",
        "this laboratory",
    ),
    own(
        "layout_sweep",
        ["Sweep", "sweep over settings"],
        "how sharp it is where the run of the method in focus ends with other settings, over two of them; click to run with them",
        "",
        "this laboratory",
    ),
    own(
        "gap",
        ["Gap", "approximation gap"],
        "descent on L^Max, descent on L^Asc and SAM side by side, from the same start",
        r"L^{\text{Max}} \to L^{\text{Asc}} \to \text{SAM}",
        "Sec. 4.1",
    ),
    own(
        "surface",
        ["3-D", "surfaces"],
        "the loss as a surface at every method's head; drag turns it, the wheel zooms",
        "",
        "Figure 1",
    ),
    own(
        "anatomy",
        ["Anatomy", "one step taken apart"],
        "what a step of SAM is made of: the gradient, the part along the sharpest direction, the term that SAM drops",
        r"g + \rho H\hat g + \frac{\rho^2}{2}\partial^2(\nabla L)[\hat g, \hat g]",
        "Sec. 4.3",
    ),
];
