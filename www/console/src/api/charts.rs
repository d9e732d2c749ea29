//! Size charts, as head office asks for them.

use devanture_api::{
    problem::code,
    routes::admin,
    staff_size::{KeptSizeChart, SizeCharts},
};
use devanture_ui::js::encode;
use serde::Deserialize;

use super::{Failure, failure, read, write};
use crate::net::{self, Request};

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

/// Creates a chart, or replaces the one of its revision.
pub(crate) async fn save(chart: &KeptSizeChart) -> Result<Saved, Failure> {
    #[derive(Deserialize)]
    struct Problem {
        field: String,
        detail: String,
    }
    let reply = net::send(write("PUT", admin::SIZE_CHARTS.to_owned(), chart)).await?;
    match serde_json::from_str::<Problem>(&reply.body) {
        _ if reply.status < 300 => Ok(Saved::Done),
        Ok(problem) if reply.status == 400 => Ok(Saved::Refused(problem.field, problem.detail)),
        _ => match failure(&reply) {
            Failure::Refused { code, .. } if code == code::CHANGED_MEANWHILE => {
                Ok(Saved::Meanwhile(list().await?))
            }
            failure => Err(failure),
        },
    }
}

/// Takes a chart out. That it was gone already is no failure; where somebody has changed it meanwhile these are the charts now.
pub(crate) async fn remove(chart: &KeptSizeChart) -> Result<Option<SizeCharts>, Failure> {
    let mut path = admin::SIZE_CHARTS.to_owned();
    let revision = chart.revision.map(|number| number.to_string());
    for (name, value) in
        [("?brand=", &chart.brand), ("&category=", &chart.category), ("&revision=", &revision)]
    {
        path.push_str(name);
        path.push_str(&encode(value.as_deref().unwrap_or_default()));
    }
    let reply = net::send(Request { method: "DELETE", ..Request::get(path) }).await?;
    if reply.status < 300 || reply.status == 404 {
        return Ok(None);
    }
    match failure(&reply) {
        Failure::Refused { code, .. } if code == code::CHANGED_MEANWHILE => Ok(Some(list().await?)),
        failure => Err(failure),
    }
}
