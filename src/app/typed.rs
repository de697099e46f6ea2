//! The fields in which a loss is typed. What stands in them may be wrong; the last valid loss goes on running.

use std::collections::BTreeSet;

use egui::{Key, RichText, TextEdit, Ui};

use super::fields::{cross, finger, name, small_button};
use super::theme::Colours;
use crate::loss::{Formula, LossSpec, Reduction, Refusal, TypedLoss, near_word, parameters_of};
use crate::run::Scenario;

/// What stands in the fields, and what is wrong with it.
#[derive(Debug, Default)]
pub struct TypedDraft {
    texts: Vec<String>,
    /// The expressions that the scenario had in the last frame: where they change, the fields follow.
    seen: Vec<String>,
    error: Option<Refusal>,
    /// A new name that is nearly a known word: whether it is a parameter is asked.
    doubtful: Option<String>,
    /// The names about which that has been answered.
    meant: BTreeSet<String>,
    has_focus: bool,
    /// How often a field has been entered.
    visits: u64,
}

/// The typed loss to begin with.
pub fn example() -> LossSpec {
    LossSpec::typed(vec!["0.5*(x*y - c)^2".to_owned()], Reduction::Mean, [("c".to_owned(), 1.0)].into())
}

impl TypedDraft {
    /// Which visit to a field this is; `None` where nothing is being typed. What is typed in one visit is undone as one.
    pub fn visit(&self) -> Option<u64> {
        self.has_focus.then_some(self.visits)
    }

    /// Shows the fields for a typed loss; a valid text goes into `draft`.
    pub fn show(&mut self, ui: &mut Ui, draft: &mut Scenario) {
        let expressions = draft.loss.as_typed().map_or(&[][..], TypedLoss::expressions);
        if self.seen != expressions {
            self.seen = expressions.to_vec();
            if self.texts != self.seen {
                self.texts.clone_from(&self.seen);
                self.error = None;
            }
        }
        let mut changed = self.fields(ui);
        let mut reduction = draft.loss.reduction();
        ui.horizontal(|ui| {
            if small_button(ui, "+ sample").on_hover_text("The loss becomes the mean or the sum of several").clicked() {
                self.texts.push("0.5*(x - y)^2".to_owned());
                changed = true;
            }
            if self.texts.len() > 1 {
                ui.selectable_value(&mut reduction, Reduction::Mean, "mean");
                ui.selectable_value(&mut reduction, Reduction::Sum, "sum");
            }
        });
        if changed || reduction != draft.loss.reduction() {
            self.error = self.try_out(draft, reduction).err();
        }
        if let Some(error) = &self.error {
            let colour = Colours::of(ui).error();
            ui.label(RichText::new(&error.allowed).color(colour));
            if let Some(picture) = &error.picture {
                let text = RichText::new(picture).monospace().size(11.5).color(colour);
                egui::ScrollArea::horizontal().id_salt("fault").show(ui, |ui| ui.add(egui::Label::new(text).extend()));
            }
            if let Some(name) = &self.doubtful
                && ui.button(format!("{name} is a parameter")).clicked()
            {
                self.meant.insert(name.clone());
                self.error = self.try_out(draft, reduction).err();
            }
            ui.label(RichText::new("The last valid loss keeps running.").weak());
        } else {
            let hint = "x1…x16 or x, y, z, w; + − * / ^; sqrt exp log sin cos tan sinh cosh tanh abs min max; pi, e; 2x, x²; \
                        any other name is a parameter";
            ui.label(RichText::new(hint).weak().size(11.5));
        }
    }

    /// One field for each expression; true where a text has changed.
    fn fields(&mut self, ui: &mut Ui) -> bool {
        let mut changed = false;
        let mut has_focus = false;
        let mut removed = None;
        let several = self.texts.len() > 1;
        for (k, text) in self.texts.iter_mut().enumerate() {
            let label = if several { format!("L{}", k + 1) } else { "L".to_owned() };
            ui.horizontal(|ui| {
                ui.label(RichText::new(format!("{label} =")).monospace());
                let width = ui.available_width() - if several { finger(ui).x.max(20.0) + 14.0 } else { 8.0 };
                let field = TextEdit::multiline(text)
                    .code_editor()
                    .min_size(finger(ui))
                    // Tab goes on to the next widget.
                    .lock_focus(false)
                    .desired_rows(1)
                    .desired_width(width)
                    .return_key(None::<egui::KeyboardShortcut>);
                let response = ui.add(field);
                name(&response, egui::Role::TextInput, &format!("Formula {label}"));
                if response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                    response.surrender_focus();
                }
                has_focus |= response.has_focus();
                changed |= response.changed();
                if several && cross(ui, "Remove this sample").clicked() {
                    removed = Some(k);
                }
            });
        }
        if let Some(k) = removed {
            self.texts.remove(k);
            changed = true;
        }
        self.visits += u64::from(has_focus && !self.has_focus);
        self.has_focus = has_focus;
        changed
    }

    /// Puts the texts into the scenario if they are a loss. New parameters begin at 1; the start keeps the
    /// coordinates that it has.
    fn try_out(&mut self, draft: &mut Scenario, reduction: Reduction) -> Result<(), Refusal> {
        // What is typed first of most formulas is a number: it must not take the place of the loss.
        let is_number = |text: &String| {
            Formula::parse(text).is_ok_and(|formula| formula.variables() == 0 && formula.parameters().is_empty())
        };
        if self.texts.iter().all(is_number) {
            return Err(Refusal::new("loss.expressions", "must depend on a coordinate: x, y, z, w or x1 … x16"));
        }
        let names = parameters_of(&self.texts).map_err(|error| TypedLoss::refusal(&error, &self.texts))?;
        let known = draft.loss.params();
        let is_doubtful = |name: &&String| {
            !known.contains_key(*name)
                && !self.meant.contains(*name)
                && near_word(name, std::iter::empty())
                    .is_some_and(|near| !near.starts_with('x') || name.starts_with(['x', 'X']))
        };
        self.doubtful = names.iter().find(is_doubtful).cloned();
        let value = |name: &String| known.get(name).copied().unwrap_or(1.0);
        // Without a value it is refused in the words of the command line.
        let with_value = names.iter().filter(|name| self.doubtful.as_ref() != Some(*name));
        let params = with_value.map(|name| (name.clone(), value(name))).collect();
        let loss = LossSpec::typed(self.texts.clone(), reduction, params).in_plane().resolved()?;
        let start = loss.start();
        if start.len() != draft.dim() {
            draft.init = start.iter().enumerate().map(|(i, &own)| draft.init.get(i).copied().unwrap_or(own)).collect();
            draft.view.axes = [1, 2];
            draft.view.bounds = None;
            draft.view.surface_axes = None;
            draft.view.surface_reach = None;
        }
        draft.loss = loss;
        Ok(())
    }
}
