//! Parts that are downloaded when they are first wanted, the adapters to the shop before the others.

mod matching;
mod panel;
mod shop;
mod sync;

use yew::{Context, Html};

use devanture_domain::size::{Garment, Share};
use devanture_host::shop::{Change, Custom, Key};

use crate::{
    app::App,
    state::{self, Edit, Event, Seen},
};

/// Which part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The adapters to the host's shop.
    Shop,
    /// What finds the shopper's size among a product's, and asks the API.
    Matching,
    /// Who, which sizes, measurements.
    Panel,
    /// The shopper's other devices.
    Sync,
}

/// The host's shop, as far as this widget needs it.
pub(crate) trait HostShop {
    /// The page's product.
    fn product(&self) -> Seen;
    /// Selects a size; whether the page has one of that name.
    fn choose(&self, label: &str) -> bool;
    /// The keys of the cards.
    fn cards(&self) -> Vec<Key>;
    /// Writes on each card what is said of its key.
    fn mark(&self, said: &dyn Fn(&Key) -> Option<String>);
    /// Shows all cards, or only those that are left.
    fn show(&self, all: bool);
}

/// What finds the shopper's size.
pub(crate) trait Matching {
    fn happens(&mut self, app: &mut App, ctx: &Context<App>, event: Event);
    /// The line, and what hangs on it but the panel.
    fn view(&self, app: &App, ctx: &Context<App>) -> Vec<Html>;
    /// The page's product.
    fn product(&self, app: &App) -> (Option<Key>, Garment);
    /// How many kept a size of it, where enough have taken it.
    fn share(&self, app: &App, size: &str) -> Option<Share>;
}

/// Who, which sizes, measurements.
pub(crate) trait Panel {
    /// It is open, or the page's product may be another.
    fn look(&mut self, app: &App, ctx: &Context<App>);
    fn edit(&mut self, app: &mut App, ctx: &Context<App>, edit: Edit);
    fn view(&self, app: &App, ctx: &Context<App>) -> Html;
}

/// What keeps the memory the same on the shopper's other devices.
pub(crate) trait Sync {
    /// What is remembered, whether it may be kept, or the page's address may be otherwise.
    fn look(&mut self, app: &mut App, ctx: &Context<App>);
    /// The shopper looks at what is said of other devices, or does no more.
    fn opened(&mut self, app: &mut App, ctx: &Context<App>);
    fn act(&mut self, app: &mut App, ctx: &Context<App>, what: state::Sync);
    /// An answer has come.
    fn answered(&mut self, app: &mut App, ctx: &Context<App>);
    /// Whether a copy is kept for other devices.
    fn is_linked(&self, app: &App, ctx: &Context<App>) -> bool;
    /// What the panel says of it.
    fn view(&self, app: &App, ctx: &Context<App>) -> Html;
    /// Whether the sizes of a link that was opened are to be used here.
    fn question(&self, app: &App, ctx: &Context<App>) -> Html;
}

/// Follows the shop until it is dropped.
pub(crate) type Follow = fn(Custom, Box<dyn Fn(Change)>) -> Option<Box<dyn HostShop>>;

/// A part that has arrived; by function pointers and objects, its types stay in their module.
pub(crate) enum Loaded {
    Shop(Follow),
    Matching(fn(&Context<App>) -> Box<dyn Matching>),
    Panel(fn() -> Box<dyn Panel>),
    Sync(fn(&Context<App>) -> Box<dyn Sync>),
}

/// Downloads a part. `None` when it did not come, and it can be asked for again.
pub(crate) async fn load(part: Part) -> Option<Loaded> {
    match part {
        Part::Shop => split::shop().await,
        Part::Matching => split::matching().await,
        Part::Panel => split::panel().await,
        Part::Sync => split::sync().await,
    }
}

#[cfg(feature = "split")]
mod split {
    use super::Loaded;
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(host_shop, fallible)]
    fn shop_part() -> Result<Loaded, SplitLoaderError> {
        Ok(Loaded::Shop(super::shop::follow))
    }

    #[wasm_split(size_match, fallible)]
    fn matching_part() -> Result<Loaded, SplitLoaderError> {
        Ok(Loaded::Matching(super::matching::new))
    }

    #[wasm_split(size_panel, fallible)]
    fn panel_part() -> Result<Loaded, SplitLoaderError> {
        Ok(Loaded::Panel(super::panel::new))
    }

    #[wasm_split(size_sync, fallible)]
    fn sync_part() -> Result<Loaded, SplitLoaderError> {
        Ok(Loaded::Sync(super::sync::new))
    }

    pub(super) async fn shop() -> Option<Loaded> {
        shop_part().await.ok()
    }

    pub(super) async fn matching() -> Option<Loaded> {
        matching_part().await.ok()
    }

    pub(super) async fn panel() -> Option<Loaded> {
        panel_part().await.ok()
    }

    pub(super) async fn sync() -> Option<Loaded> {
        sync_part().await.ok()
    }
}

#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "same shape as the split build")]
mod split {
    use super::Loaded;

    pub(super) async fn shop() -> Option<Loaded> {
        Some(Loaded::Shop(super::shop::follow))
    }

    pub(super) async fn matching() -> Option<Loaded> {
        Some(Loaded::Matching(super::matching::new))
    }

    pub(super) async fn panel() -> Option<Loaded> {
        Some(Loaded::Panel(super::panel::new))
    }

    pub(super) async fn sync() -> Option<Loaded> {
        Some(Loaded::Sync(super::sync::new))
    }
}
