//! Writing, downloaded when it is first wanted.

mod write;

use yew::{Context, Html};

use crate::app::App;

/// Draws the part; as a function pointer its types stay in their module.
pub(crate) type PartView = fn(&App, &Context<App>) -> Html;

/// The part on its way: boxed, so that who waits for it is compiled once. `None` when it did not come, and it can be asked for again.
type Loading = std::pin::Pin<Box<dyn Future<Output = Option<PartView>>>>;

/// Downloads it.
pub(crate) fn load() -> Loading {
    Box::pin(split::write())
}

#[cfg(feature = "split")]
mod split {
    use super::PartView;
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(write_review, fallible)]
    fn write_part() -> Result<PartView, SplitLoaderError> {
        Ok(super::write::view)
    }

    pub(super) async fn write() -> Option<PartView> {
        write_part().await.ok()
    }
}

#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "same shape as the split build")]
mod split {
    use super::PartView;

    pub(super) async fn write() -> Option<PartView> {
        Some(super::write::view)
    }
}
