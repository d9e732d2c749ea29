//! Finds the shopper's size: asks the API what the page's products are made in, and selects it in the page unless the shopper has
//! chosen.

mod listing;
mod product;
mod view;

use std::{cell::RefCell, rc::Rc};

use devanture_api::size::SizesPage;
use devanture_domain::{
    review::{Fit, FitCounts},
    size::{Garment, Share, System},
};
use devanture_host::{consent, hear::Hear, shop::Key};
use yew::{Context, Html};

use super::Matching;
use crate::{
    app::App,
    state::{Event, Msg},
};
use product::{Product, garment, same};

/// What the API said of a product.
#[derive(Default)]
struct Known {
    brand: Option<String>,
    category: Option<String>,
    /// Each with whether it is left.
    sizes: Vec<(String, bool)>,
    /// What reviewers say, where enough do and most agree.
    fit: Option<FitCounts>,
    /// Of each of `sizes`, in their order, how many kept it, where enough have taken it; empty where that is known of none.
    kept: Vec<Option<Share>>,
    /// How most who sent it back say that it fits, where enough do.
    returned: Option<Fit>,
}

enum Told {
    /// Not yet.
    Asked,
    /// It is not in the catalogue, or the API has failed.
    Nothing,
    Known(Known),
}

/// What was asked for, and the answer.
type Answers = Rc<RefCell<Vec<(Vec<Key>, Option<SizesPage>)>>>;

struct Finder {
    /// What sizes without a country mean on this site.
    system: System,
    product: Product,
    /// Sorted by key.
    known: Vec<(Key, Told)>,
    answers: Answers,
    /// How many requests are on their way.
    asking: usize,
    /// How many cards there are, and how many of them are left in the shopper's size, if that is known of any.
    listed: usize,
    left: Option<u32>,
    only_left: bool,
    _consent: Option<Hear>,
}

pub(super) fn new(ctx: &Context<App>) -> Box<dyn Matching> {
    let link = ctx.link().clone();
    if ctx.props().settings.attribute("consent").as_deref() == Some("granted") {
        consent::say(true);
    }
    Box::new(Finder {
        system: System::Fr,
        product: Product::default(),
        known: Vec::new(),
        answers: Answers::default(),
        asking: 0,
        listed: 0,
        left: None,
        only_left: false,
        _consent: consent::watch(Box::new(move || link.send_message(Msg::Consent))),
    })
}

impl Matching for Finder {
    fn happens(&mut self, app: &mut App, ctx: &Context<App>, event: Event) {
        match event {
            Event::Drawn => self.look(app, ctx),
            Event::Used => self.product.is_chosen = true,
            Event::Chosen => self.shopper_chose(app, ctx),
            Event::Added => self.added(app),
            Event::Memory => {
                // For somebody else, or without what was remembered, another size is to be proposed.
                self.product.tries = 0;
                self.consider(app, ctx);
            }
            Event::Told => self.told(app, ctx),
            Event::Choose(label) => self.choose(app, ctx, &label),
            Event::Keep => consent::say(true),
            Event::OnlyLeft => {
                self.only_left = !self.only_left;
                if let Some(shop) = &app.shop {
                    shop.show(!self.only_left);
                }
            }
            Event::Refresh => {
                self.known.clear();
                self.product = Product::default();
                self.look(app, ctx);
            }
        }
    }

    fn view(&self, app: &App, ctx: &Context<App>) -> Vec<Html> {
        view::view(self, app, ctx)
    }

    fn product(&self, app: &App) -> (Option<Key>, Garment) {
        let key = self.key(app);
        let garment = garment(app, key.as_ref().and_then(|key| self.known(key))).1;
        (key, garment)
    }

    fn share(&self, app: &App, size: &str) -> Option<Share> {
        let known = self.known(&self.key(app)?)?;
        let at = known.sizes.iter().position(|(one, _)| same(one, size))?;
        *known.kept.get(at)?
    }
}
