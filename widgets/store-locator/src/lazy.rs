//! Parts that are downloaded when a shopper first wants them.

mod appointment;
mod map;
mod search;

use devanture_api::suggest::Suggestion;
use devanture_client::Api;
use yew::Html;

pub(crate) use appointment::AppointmentProps;
pub(crate) use map::{MapProps, Pin};

use crate::app::LocalWords;

/// Which part.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Appointment,
    Map,
    Search,
}

/// The appointment flow as a function: the component's type stays in its chunk.
pub(crate) type AppointmentView = fn(AppointmentProps) -> Html;
/// Likewise the map.
pub(crate) type MapViewFn = fn(MapProps) -> Html;

/// Search over all stores in the page itself.
pub(crate) trait LocalIndex {
    fn suggest(&self, text: &str, words: &LocalWords<'_>) -> Vec<Suggestion>;
}

/// A part that has arrived.
pub(crate) enum Loaded {
    Appointment(AppointmentView),
    Map(MapViewFn),
    Search(Box<dyn LocalIndex>),
}

/// The parts that are here.
#[derive(Default)]
pub(crate) struct Parts {
    pub appointment: Option<AppointmentView>,
    pub map: Option<MapViewFn>,
}

impl Parts {
    pub(crate) fn has(&self, part: Part) -> bool {
        match part {
            Part::Appointment => self.appointment.is_some(),
            Part::Map => self.map.is_some(),
            Part::Search => false,
        }
    }
}

/// Downloads a part; `None` when it did not come, and it can be asked for again.
pub(crate) async fn load(part: Part, api: &Api) -> Option<Loaded> {
    match part {
        Part::Appointment => split::appointment().await.map(Loaded::Appointment),
        Part::Map => split::map().await.map(Loaded::Map),
        Part::Search => {
            // The bytes of the index travel beside the code that reads them.
            let (bytes, build) = join(api.store_index(), split::search()).await;
            build?(&bytes.ok()?).map(Loaded::Search)
        }
    }
}

type BuildIndex = fn(&[u8]) -> Option<Box<dyn LocalIndex>>;

/// Both at once.
async fn join<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (std::pin::pin!(a), std::pin::pin!(b));
    let (mut left, mut right) = (None, None);
    std::future::poll_fn(move |cx| {
        use std::task::Poll;
        if left.is_none() && let Poll::Ready(value) = a.as_mut().poll(cx) {
            left = Some(value);
        }
        if right.is_none() && let Poll::Ready(value) = b.as_mut().poll(cx) {
            right = Some(value);
        }
        if left.is_some() && right.is_some() {
            if let (Some(left), Some(right)) = (left.take(), right.take()) {
                return Poll::Ready((left, right));
            }
        }
        Poll::Pending
    })
    .await
}

#[cfg(feature = "split")]
mod split {
    use super::{AppointmentView, BuildIndex, MapViewFn};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(appointment, fallible)]
    fn appointment_part() -> Result<AppointmentView, SplitLoaderError> {
        Ok(super::appointment::view)
    }

    #[wasm_split(map, fallible)]
    fn map_part() -> Result<MapViewFn, SplitLoaderError> {
        Ok(super::map::view)
    }

    #[wasm_split(search, fallible)]
    fn search_part() -> Result<BuildIndex, SplitLoaderError> {
        Ok(super::search::build)
    }

    pub(super) async fn appointment() -> Option<AppointmentView> {
        appointment_part().await.ok()
    }

    pub(super) async fn map() -> Option<MapViewFn> {
        map_part().await.ok()
    }

    pub(super) async fn search() -> Option<BuildIndex> {
        search_part().await.ok()
    }
}

#[cfg(not(feature = "split"))]
#[expect(clippy::unused_async, reason = "same shape as the split build")]
mod split {
    use super::{AppointmentView, BuildIndex, MapViewFn};

    pub(super) async fn appointment() -> Option<AppointmentView> {
        Some(super::appointment::view)
    }

    pub(super) async fn map() -> Option<MapViewFn> {
        Some(super::map::view)
    }

    pub(super) async fn search() -> Option<BuildIndex> {
        Some(super::search::build)
    }
}
