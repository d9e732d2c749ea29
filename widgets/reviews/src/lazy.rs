//! Parts that are downloaded when they are first wanted: writing, and what readers think of a review.

mod opinion;
mod write;

use devanture_api::review::Review;
use yew::{Context, Html};

use crate::{app::App, state::Action};

/// Draws the form; as a function pointer its types stay in their module.
pub(crate) type PartView = fn(&App, &Context<App>) -> Html;

/// Votes and reports.
#[derive(Clone, Copy)]
pub(crate) struct Opinion {
    /// Does what the shopper asked for.
    pub act: fn(&mut App, &Context<App>, Action),
    /// Draws the report below a review.
    pub view: fn(&App, &Context<App>, &Review) -> Html,
}

/// A part that has arrived; `None` when it did not come, and it can be asked for again.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Write(Option<PartView>),
    Opinion(Option<Opinion>),
}

/// A part on its way: boxed, so that who waits for it is compiled once.
pub(crate) type Loading = std::pin::Pin<Box<dyn Future<Output = Part>>>;

/// Downloads what writing needs.
pub(crate) fn write() -> Loading {
    Box::pin(async { Part::Write(split::write().await) })
}

/// Downloads what votes and reports need.
pub(crate) fn opinion() -> Loading {
    Box::pin(async { Part::Opinion(split::opinion().await) })
}

#[cfg(feature = "split")]
mod split {
    use super::{Opinion, PartView};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(write_review, fallible)]
    fn write_part() -> Result<PartView, SplitLoaderError> {
        Ok(super::write::view)
    }

    #[wasm_split(opinion, fallible)]
    fn opinion_part() -> Result<Opinion, SplitLoaderError> {
        Ok(super::opinion::PART)
    }

    pub(super) async fn write() -> Option<PartView> {
        write_part().await.ok()
    }

    pub(super) async fn opinion() -> Option<Opinion> {
        opinion_part().await.ok()
    }
}

#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "same shape as the split build")]
mod split {
    use super::{Opinion, PartView};

    pub(super) async fn write() -> Option<PartView> {
        Some(super::write::view)
    }

    pub(super) async fn opinion() -> Option<Opinion> {
        Some(super::opinion::PART)
    }
}
