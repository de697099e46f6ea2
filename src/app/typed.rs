//! The fields in which a loss is typed. What stands in them may be wrong; the last valid loss goes on running.

use egui::{RichText, TextEdit, Ui};

use super::Handles;
use super::theme::Colours;
use crate::loss::{LossSpec, Reduction, Refusal, TypedLoss, parameters_of};
use crate::run::Scenario;

/// What stands in the fields, and what is wrong with it.
#[derive(Debug, Default)]
pub struct TypedDraft {
    texts: Vec<String>,
    /// The expressions that the scenario had in the last frame: where they change, the fields follow.
    seen: Vec<String>,
    error: Option<Refusal>,
}

/// The typed loss to begin with.
pub fn example() -> LossSpec {
    LossSpec::typed(vec!["0.5*(x*y - c)^2".to_owned()], Reduction::Mean, [("c".to_owned(), 1.0)].into())
}

impl TypedDraft {
    /// Shows the fields for a typed loss; a valid text goes into `draft`.
    pub fn show(&mut self, ui: &mut Ui, draft: &mut Scenario, handles: &mut Handles) {
        let expressions = draft.loss.as_typed().map_or(&[][..], TypedLoss::expressions);
        if self.seen != expressions {
            self.seen = expressions.to_vec();
            if self.texts != self.seen {
                self.texts.clone_from(&self.seen);
                self.error = None;
            }
        }
        let mut changed = self.fields(ui, handles);
        let mut reduction = draft.loss.reduction();
        ui.horizontal(|ui| {
            if ui.small_button("+ sample").on_hover_text("The loss becomes the mean or the sum of several").clicked() {
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
            ui.label(RichText::new("The last valid loss keeps running.").weak());
        } else {
            let hint = "x1…x16 or x, y, z, w; + − * / ^; sqrt exp log sin cos tan sinh cosh tanh abs min max; pi, e; \
                        any other name is a parameter";
            ui.label(RichText::new(hint).weak().size(11.5));
        }
    }

    /// One field for each expression; true where a text has changed.
    fn fields(&mut self, ui: &mut Ui, handles: &mut Handles) -> bool {
        let mut changed = false;
        let mut removed = None;
        let several = self.texts.len() > 1;
        for (k, text) in self.texts.iter_mut().enumerate() {
            let label = if several { format!("L{}", k + 1) } else { "L".to_owned() };
            ui.horizontal(|ui| {
                ui.label(RichText::new(format!("{label} =")).monospace());
                let width = ui.available_width() - if several { 34.0 } else { 8.0 };
                let field = TextEdit::multiline(text).code_editor().desired_rows(1).desired_width(width);
                let response = ui.add(field);
                super::fields::name(&response, egui::Role::TextInput, &format!("Formula {label}"));
                if k == 0 {
                    handles.insert("formula", response.rect.center());
                }
                changed |= response.changed();
                if several && ui.small_button("×").on_hover_text("Remove this sample").clicked() {
                    removed = Some(k);
                }
            });
        }
        if let Some(k) = removed {
            self.texts.remove(k);
            changed = true;
        }
        changed
    }

    /// Puts the texts into the scenario if they are a loss. New parameters begin at 1; the start keeps the
    /// coordinates that it has.
    fn try_out(&self, draft: &mut Scenario, reduction: Reduction) -> Result<(), Refusal> {
        let names = parameters_of(&self.texts).map_err(|error| TypedLoss::refusal(&error, &self.texts))?;
        let value = |name: &String| draft.loss.params().get(name).copied().unwrap_or(1.0);
        let params = names.iter().map(|name| (name.clone(), value(name))).collect();
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
