//! Parts that are downloaded when a shopper first wants them.

mod appointment;
mod details;
mod map;
mod search;

use devanture_api::{store::Store, suggest::Suggestion};
use devanture_client::Api;
use devanture_domain::civil::UtcMs;
use yew::{Context, Html};

pub(crate) use map::{MapProps, Pin};

use crate::app::{App, LocalWords};

/// Which part.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Details,
    Appointment,
    Map,
    Search,
}

/// Draws a panel about a store; as a function pointer its types stay in their module.
pub(crate) type PanelView = fn(&App, &Context<App>, &Store, UtcMs) -> Html;
/// Draws the map.
pub(crate) type MapView = fn(MapProps) -> Html;

/// Search over all stores in the page itself.
pub(crate) trait LocalIndex {
    fn suggest(&self, text: &str, words: &LocalWords<'_>) -> Vec<Suggestion>;
    /// The place that was typed, if it needs no guessing.
    fn place(&self, text: &str, words: &LocalWords<'_>) -> Option<Suggestion>;
}

/// A part that has arrived.
pub(crate) enum Loaded {
    Panel(PanelView),
    Map(MapView),
    Search(Box<dyn LocalIndex>),
}

/// The parts that are here.
#[derive(Default)]
pub(crate) struct Parts {
    details: Option<PanelView>,
    appointment: Option<PanelView>,
    pub map: Option<MapView>,
}

impl Parts {
    pub(crate) fn has(&self, part: Part) -> bool {
        self.panel(part).is_some() || (part == Part::Map && self.map.is_some())
    }

    pub(crate) fn panel(&self, part: Part) -> Option<PanelView> {
        match part {
            Part::Details => self.details,
            Part::Appointment => self.appointment,
            Part::Map | Part::Search => None,
        }
    }

    pub(crate) fn add(&mut self, part: Part, view: PanelView) {
        if part == Part::Details {
            self.details = Some(view);
        } else {
            self.appointment = Some(view);
        }
    }
}

/// A part on its way, whichever it is: boxed, so that who waits for it is compiled once. `None` when it
/// did not come, and it can be asked for again.
type Loading = std::pin::Pin<Box<dyn Future<Output = Option<Loaded>>>>;

/// Downloads a part.
pub(crate) fn load(part: Part, api: &Api) -> Loading {
    match part {
        Part::Details => Box::pin(async { split::details().await.map(Loaded::Panel) }),
        Part::Appointment => Box::pin(async { split::appointment().await.map(Loaded::Panel) }),
        Part::Map => Box::pin(async { split::map().await.map(Loaded::Map) }),
        Part::Search => {
            // The bytes of the index travel beside the code that reads them.
            let bytes = api.store_index();
            Box::pin(async {
                let build = split::search().await?;
                build(&bytes.await.ok()?).map(Loaded::Search)
            })
        }
    }
}

type BuildIndex = fn(&[u8]) -> Option<Box<dyn LocalIndex>>;

#[cfg(feature = "split")]
mod split {
    use super::{BuildIndex, MapView, PanelView};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(appointment, fallible)]
    fn appointment_part() -> Result<PanelView, SplitLoaderError> {
        Ok(super::appointment::view)
    }

    #[wasm_split(details, fallible)]
    fn details_part() -> Result<PanelView, SplitLoaderError> {
        Ok(super::details::view)
    }

    #[wasm_split(map, fallible)]
    fn map_part() -> Result<MapView, SplitLoaderError> {
        Ok(super::map::view)
    }

    #[wasm_split(search, fallible)]
    fn search_part() -> Result<BuildIndex, SplitLoaderError> {
        Ok(super::search::build)
    }

    pub(super) async fn appointment() -> Option<PanelView> {
        appointment_part().await.ok()
    }

    pub(super) async fn details() -> Option<PanelView> {
        details_part().await.ok()
    }

    pub(super) async fn map() -> Option<MapView> {
        map_part().await.ok()
    }

    pub(super) async fn search() -> Option<BuildIndex> {
        search_part().await.ok()
    }
}

#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "same shape as the split build")]
mod split {
    use super::{BuildIndex, MapView, PanelView};

    pub(super) async fn appointment() -> Option<PanelView> {
        Some(super::appointment::view)
    }

    pub(super) async fn details() -> Option<PanelView> {
        Some(super::details::view)
    }

    pub(super) async fn map() -> Option<MapView> {
        Some(super::map::view)
    }

    pub(super) async fn search() -> Option<BuildIndex> {
        Some(super::search::build)
    }
}
