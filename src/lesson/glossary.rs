//! The glossary: what each symbol, setting and button of the window means. One row each; the window's tooltips, `samscope
//! glossary` and docs/glossary.md come from it.

use super::formula::in_unicode;
use crate::figure::plain;
use crate::sharpness::{Curve, MapQuantity};

/// One entry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its public name.
    pub id: &'static str,
    /// What people say.
    pub name: &'static str,
    /// Its formula in LaTeX's notation; empty where there is none.
    pub formula: &'static str,
    /// Where it is in the paper, or else where it comes from.
    pub source: &'static str,
    text: Text,
}

/// Where the symbol and the definition stand.
#[derive(Clone, Copy, Debug)]
enum Text {
    /// Here.
    Own(&'static str, &'static str),
    /// In the table of measured quantities.
    Curve(Curve),
    /// In the same, of what only maps show.
    Map(MapQuantity),
}

impl Entry {
    /// Its symbol, with `_{…}` lowered and `^{…}` raised.
    #[must_use]
    pub fn symbol(&self) -> &'static str {
        match self.text {
            Text::Own(symbol, _) => symbol,
            Text::Curve(curve) => curve.info().symbol,
            Text::Map(quantity) => quantity.info().symbol,
        }
    }

    /// What it is, in one sentence without a full stop.
    #[must_use]
    pub fn definition(&self) -> &'static str {
        match self.text {
            Text::Own(_, definition) => definition,
            Text::Curve(curve) => curve.info().about,
            Text::Map(quantity) => quantity.info().about,
        }
    }

    /// The entry with this id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        GLOSSARY.iter().find(|entry| entry.id == id)
    }

    /// The entry of a curve.
    #[must_use]
    pub fn of_curve(curve: Curve) -> Option<&'static Self> {
        GLOSSARY.iter().find(|entry| matches!(entry.text, Text::Curve(own) if own == curve))
    }

    /// The entry of a map's quantity: its own, or that of the curve with the same symbol.
    #[must_use]
    pub fn of_map(quantity: MapQuantity) -> Option<&'static Self> {
        GLOSSARY.iter().find(|entry| entry.symbol() == quantity.info().symbol)
    }
}

/// The glossary as docs/glossary.md has it.
#[must_use]
pub fn in_markdown() -> String {
    let rows = GLOSSARY.iter().map(|entry| {
        let formula = in_unicode(entry.formula).replace('|', "\\|");
        let symbol = plain(entry.symbol()).replace('|', "\\|");
        format!("| {symbol} | {} | {} | {formula} | {} |\n", entry.name, entry.definition(), entry.source)
    });
    let head = "# Glossary\n\nWhat the window's symbols, settings and buttons mean; `samscope glossary` prints the same.\n\n\
         | symbol | name | what it is | formula | where it is from |\n| --- | --- | --- | --- | --- |\n";
    rows.fold(head.to_owned(), |text, row| text + &row)
}

const PAPER: &str = "Wen, Ma, Li 2023";

const fn curve(
    id: &'static str,
    curve: Curve,
    name: &'static str,
    formula: &'static str,
    source: &'static str,
) -> Entry {
    Entry { id, name, formula, source, text: Text::Curve(curve) }
}

const fn map(
    id: &'static str,
    quantity: MapQuantity,
    name: &'static str,
    formula: &'static str,
    source: &'static str,
) -> Entry {
    Entry { id, name, formula, source, text: Text::Map(quantity) }
}

const fn own(
    id: &'static str,
    [symbol, name]: [&'static str; 2],
    definition: &'static str,
    formula: &'static str,
    source: &'static str,
) -> Entry {
    Entry { id, name, formula, source, text: Text::Own(symbol, definition) }
}

/// Every entry: what is measured, what stands in formulas, what can be set, what can be pressed.
pub const GLOSSARY: &[Entry] = &[
    curve("loss", Curve::Loss, "loss", r"L(x)", PAPER),
    curve("grad_norm", Curve::GradNorm, "gradient norm", r"\|g\| = \|\nabla L(x)\|", PAPER),
    curve("lambda_1", Curve::Lambda1, "largest eigenvalue", r"\lambda_1 = \max_{\|v\|=1} v^{\top} H v", "Thm 4.5"),
    curve(
        "other_eigenvalues",
        Curve::OtherEigenvalues,
        "other eigenvalues",
        r"\lambda_2 \ge \ldots \ge \lambda_D",
        PAPER,
    ),
    curve("trace", Curve::Trace, "trace", r"\Tr H = \lambda_1 + \ldots + \lambda_D", "Thm 5.4"),
    curve("alignment", Curve::Alignment, "alignment", r"|\langle\hat g, v_1\rangle|", "Thm 4.5, Thm 4.8"),
    curve("rayleigh", Curve::Rayleigh, "Rayleigh quotient", r"\langle\hat g, H\hat g\rangle", "Sec. 4.3"),
    curve(
        "lambda_edge",
        Curve::LambdaEdge,
        "SAM's edge of stability",
        r"\frac{\|g\|}{2\rho}\left(\sqrt{1 + \frac{8\rho}{\eta\|g\|}} - 1\right)",
        "Long, Bartlett, arXiv 2309.12488",
    ),
    curve("two_over_eta", Curve::TwoOverEta, "edge of stability", r"\frac{2}{\eta}", "classical"),
    curve(
        "own_edge",
        Curve::OwnEdge,
        "a method's own edge",
        r"\frac{\sqrt{1 + \frac{8\rho}{\eta}} - 1}{2\rho}",
        "USAM: Dai, Ahn, Sra, arXiv 2305.15287; L^Asc: docs/mathematics.md",
    ),
    curve(
        "r_max",
        Curve::RMax,
        "worst-direction sharpness",
        r"R^{\text{Max}} = \max_{\|v\| \le 1} L(x + \rho v) - L(x)",
        "Eq. 1",
    ),
    curve("r_asc", Curve::RAsc, "ascent-direction sharpness", r"R^{\text{Asc}} = L(x + \rho\hat g) - L(x)", "Eq. 2"),
    curve("r_avg", Curve::RAvg, "average-direction sharpness", r"R^{\text{Avg}} = E_{u} L(x + \rho u) - L(x)", "Eq. 4"),
    curve(
        "limits",
        Curve::Limits,
        "limiting regularizers",
        r"\rho^2 \frac{\lambda_1}{2} \quad \rho^2 \frac{\lambda_M}{2} \quad \rho^2 \frac{\Tr H}{2D}",
        "Def. 4.1, Table 1",
    ),
    curve("flow_distance", Curve::FlowDistance, "distance to the flow", r"\|\Phi(x_t) - X(\eta\rho^2 t)\|", "Thm 4.5"),
    map("lambda_m", MapQuantity::LambdaM, "smallest non-zero eigenvalue", r"\lambda_M", "Thm 4.2, Table 1"),
    map("l_max", MapQuantity::LMax, "worst-direction loss", r"\max_{\|v\| \le 1} L(x + \rho v)", "Eq. 1"),
    map("l_asc", MapQuantity::LAsc, "ascent-direction loss", r"L(x + \rho\hat g)", "Eq. 2"),
    map("l_avg", MapQuantity::LAvg, "average-direction loss", r"E_{u} L(x + \rho u)", "Eq. 4"),
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
        "the set of all minima that hang together: a curve or a surface along which the loss stays the least",
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
        "samples per step; sizes between 1 and all are exploratory, no theorem covers them",
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
        "how often each stochastic method runs beside itself, each time with another seed",
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
        "what must be small or large for the theorem to say what happens here; what fails is told with what it changes",
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
