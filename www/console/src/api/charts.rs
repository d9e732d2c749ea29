//! Size charts, as head office asks for them.

use devanture_api::{
    routes::admin,
    size::{SizeChart, SizeCharts},
};
use devanture_ui::js::encode;
use serde::Deserialize;

use super::{Failure, failure, read, write};
use crate::{
    charts::is_same,
    net::{self, Request},
};

/// What came of saving a chart.
pub(crate) enum Saved {
    Done,
    /// Somebody else has changed it; these are the charts now.
    Meanwhile(SizeCharts),
    /// The server refuses a field, for this reason.
    Refused(String, String),
}

/// All charts.
pub(crate) async fn list() -> Result<SizeCharts, Failure> {
    read(&net::send(Request::get(admin::SIZE_CHARTS.to_owned())).await?)
}

/// Creates a chart, or replaces the one that was opened. There are no revisions of charts: what there is now is compared with that.
pub(crate) async fn save(chart: &SizeChart, was: Option<&SizeChart>) -> Result<Saved, Failure> {
    #[derive(Deserialize)]
    struct Problem {
        field: String,
        detail: String,
    }
    let now = list().await?;
    if now.items.iter().find(|one| is_same(one, chart)) != was {
        return Ok(Saved::Meanwhile(now));
    }
    let reply = net::send(write("PUT", admin::SIZE_CHARTS.to_owned(), chart)).await?;
    match serde_json::from_str::<Problem>(&reply.body) {
        _ if reply.status < 300 => Ok(Saved::Done),
        Ok(problem) if reply.status == 400 => Ok(Saved::Refused(problem.field, problem.detail)),
        _ => Err(failure(&reply)),
    }
}

/// Takes a chart out. That it was gone already is no failure.
pub(crate) async fn remove(chart: &SizeChart) -> Result<(), Failure> {
    let mut path = admin::SIZE_CHARTS.to_owned();
    for (sign, name, value) in [("?", "brand", &chart.brand), ("&", "category", &chart.category)] {
        path.push_str(&[sign, name, "=", &encode(value.as_deref().unwrap_or_default())].concat());
    }
    let reply = net::send(Request { method: "DELETE", ..Request::get(path) }).await?;
    if reply.status < 300 || reply.status == 404 { Ok(()) } else { Err(failure(&reply)) }
}
