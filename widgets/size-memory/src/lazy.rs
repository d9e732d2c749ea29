//! Parts that are downloaded when they are first wanted.

mod panel;
mod shop;

use yew::{Context, Html};

use devanture_host::shop::{Change, Custom, Key};

use crate::{app::App, state::Seen};

/// Which part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The adapters to the host's shop.
    Shop,
    /// Who, which sizes, measurements.
    Panel,
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

/// Follows the shop until it is dropped.
pub(crate) type Follow = fn(Custom, Box<dyn Fn(Change)>) -> Option<Box<dyn HostShop>>;
/// Draws a part; as a function pointer its types stay in their module.
pub(crate) type PartView = fn(&App, &Context<App>) -> Html;

/// A part that has arrived.
pub(crate) enum Loaded {
    Shop(Follow),
    View(PartView),
}

/// A part on its way: boxed, so that who waits for it is compiled once. `None` when it did not come, and it can be asked for
/// again.
type Loading = std::pin::Pin<Box<dyn Future<Output = Option<Loaded>>>>;

/// Downloads a part.
pub(crate) fn load(part: Part) -> Loading {
    match part {
        Part::Shop => Box::pin(async { split::shop().await.map(Loaded::Shop) }),
        Part::Panel => Box::pin(async { split::panel().await.map(Loaded::View) }),
    }
}

#[cfg(feature = "split")]
mod split {
    use super::{Follow, PartView};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(host_shop, fallible)]
    fn shop_part() -> Result<Follow, SplitLoaderError> {
        Ok(super::shop::follow)
    }

    #[wasm_split(size_panel, fallible)]
    fn panel_part() -> Result<PartView, SplitLoaderError> {
        Ok(super::panel::view)
    }

    pub(super) async fn shop() -> Option<Follow> {
        shop_part().await.ok()
    }

    pub(super) async fn panel() -> Option<PartView> {
        panel_part().await.ok()
    }
}

#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "same shape as the split build")]
mod split {
    use super::{Follow, PartView};

    pub(super) async fn shop() -> Option<Follow> {
        Some(super::shop::follow)
    }

    pub(super) async fn panel() -> Option<PartView> {
        Some(super::panel::view)
    }
}
