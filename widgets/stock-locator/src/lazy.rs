//! Parts that are downloaded when they are first wanted.

mod alert;
mod deliver;
mod instead;
mod page;
mod reserve;
mod similar;

use core::any::Any;

use yew::{Context, Html};

use crate::{app::App, state::Key};

/// Which part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The reader of the host page.
    Page,
    /// What can be done where nothing is near.
    Instead,
    /// The reservation: its form, its ticket.
    Reserve,
}

/// What the host page says of its product.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Found {
    /// The surest last.
    pub keys: Vec<Key>,
    /// Of the variant that is chosen on the page, this and the size and colour.
    pub sku: Option<String>,
    /// Whether a variant is chosen on the page, and `keys` end with what it is known by.
    pub chosen: bool,
    pub size: Option<String>,
    pub colour: Option<String>,
}

/// Reads the host page now, and tells of every change until the guard is dropped.
pub(crate) type Follow = fn(Box<dyn Fn(Option<Found>)>) -> (Option<Found>, Box<dyn Any>);
/// Draws a part; as a function pointer its types stay in their module.
pub(crate) type PartView = fn(&App, &Context<App>) -> Html;

/// A part that has arrived.
pub(crate) enum Loaded {
    Page(Follow),
    View(PartView),
}

/// A part on its way: boxed, so that who waits for it is compiled once. `None` when it did not come, and it can be asked for
/// again.
type Loading = std::pin::Pin<Box<dyn Future<Output = Option<Loaded>>>>;

/// Downloads a part.
pub(crate) fn load(part: Part) -> Loading {
    match part {
        Part::Page => Box::pin(async { split::page().await.map(Loaded::Page) }),
        Part::Instead => Box::pin(async { split::instead().await.map(Loaded::View) }),
        Part::Reserve => Box::pin(async { split::reserve().await.map(Loaded::View) }),
    }
}

#[cfg(feature = "split")]
mod split {
    use super::{Follow, PartView};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(instead, fallible)]
    fn instead_part() -> Result<PartView, SplitLoaderError> {
        Ok(super::instead::view)
    }

    #[wasm_split(product_page, fallible)]
    fn page_part() -> Result<Follow, SplitLoaderError> {
        Ok(super::page::follow)
    }

    #[wasm_split(reserve, fallible)]
    fn reserve_part() -> Result<PartView, SplitLoaderError> {
        Ok(super::reserve::view)
    }

    pub(super) async fn instead() -> Option<PartView> {
        instead_part().await.ok()
    }

    pub(super) async fn page() -> Option<Follow> {
        page_part().await.ok()
    }

    pub(super) async fn reserve() -> Option<PartView> {
        reserve_part().await.ok()
    }
}

#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "same shape as the split build")]
mod split {
    use super::{Follow, PartView};

    pub(super) async fn instead() -> Option<PartView> {
        Some(super::instead::view)
    }

    pub(super) async fn page() -> Option<Follow> {
        Some(super::page::follow)
    }

    pub(super) async fn reserve() -> Option<PartView> {
        Some(super::reserve::view)
    }
}
