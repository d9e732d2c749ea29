//! Writing in place of the list: the way back, then what its module draws.

use devanture_ui::{attrs, dom::El, icon};

use super::{draw::Draw, press::failure};
use crate::state::Action;

pub(crate) fn view(d: &mut Draw<'_>) {
    d.open("section", attrs!["class": "reviews writing", "part": "writing"]);
    d.button(attrs!["type": "button", "class": "quiet back"], Action::Back);
    d.icon(icon::BACK);
    d.word("back");
    d.close();
    match d.app.write {
        Some(draw) => d.add(draw(d.app, d.ctx)),
        None if d.app.part_failed => failure(d, "load", Action::Retry),
        None => {
            d.begin(El::new("h2", attrs!["tabindex": "-1"]).node(&d.app.heading));
            d.word("loading");
            d.close();
        }
    }
    d.close();
}
