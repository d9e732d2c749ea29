//! `GET /admin/v1/size-figures`

use axum::{Json, extract::State};
use devanture_api::{
    problem::Problem,
    size::{SizeCounts, SizeFigure, SizeFigures, SizeFiguresParams},
};
use devanture_domain::{civil::Date, staff::Permission};

use crate::{
    App,
    endpoints::size_figures::day,
    extract::{Query, Staff},
    problem::ApiError,
};

/// How often a remembered size was selected, kept and changed, by site. For head office.
#[utoipa::path(get, path = "/admin/v1/size-figures", tag = "admin", security(("session" = []), ("secret_key" = [])),
    params(SizeFiguresParams), responses(
    (status = 200, description = "Sums over the days", body = SizeFigures),
    (status = 403, description = "The role does not include it", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn size_figures(
    State(app): State<App>,
    staff: Staff,
    Query(params): Query<SizeFiguresParams>,
) -> Result<Json<SizeFigures>, ApiError> {
    staff.require(Permission::ManageNetwork)?;
    let today = day(app.now());
    let to = params.to.unwrap_or(today);
    let from = params.from.unwrap_or(Date(to.0 - 30));
    if from > to {
        return Err(ApiError::invalid("from", "lies after to"));
    }
    let sums = app.database().read().await?.size_figures(&staff.tenant, (from, to)).await?;
    let figure = |one: devanture_storage::SizeFigure| SizeFigure {
        site: one.site,
        counts: SizeCounts {
            seen: one.counts.seen,
            preselected: one.counts.preselected,
            kept: one.counts.kept,
            changed: one.counts.changed,
        },
    };
    Ok(Json(SizeFigures { items: sums.into_iter().map(figure).collect() }))
}

#[cfg(test)]
mod tests {
    use devanture_api::size::{SizeCounts, SizeFigures};
    use devanture_domain::staff::{KeyScope, Role};

    use crate::testing::{KEY, LOGIN, PASSWORD, TestApp};

    #[tokio::test]
    async fn sums_by_site() {
        let app = TestApp::new().await;
        let secret = app.add_key(&[KeyScope::Admin]).await;
        for counts in ["?seen=9&preselected=5&changed=2", "?seen=4&preselected=3&kept=1&changed=2", ""] {
            let path = format!("/v1/size-figures{counts}");
            let answer = app.send("POST", &path, &[("devanture-key", KEY)], "").await;
            assert_eq!(answer.status, 204, "{}", answer.text());
        }
        let figures: SizeFigures = app.get_by_key(&secret, "/admin/v1/size-figures").await.json();
        let [shop] = &figures.items[..] else { panic!("{figures:?}") };
        assert_eq!(shop.counts, SizeCounts { seen: 13, preselected: 8, kept: 1, changed: 4 });
        let none: SizeFigures =
            app.get_by_key(&secret, "/admin/v1/size-figures?from=2026-11-01&to=2026-11-20").await.json();
        assert_eq!(none.items, []);
        app.get_by_key(&secret, "/admin/v1/size-figures?from=2026-11-22&to=2026-11-20")
            .await
            .problem(400, "invalid_input");
    }

    #[tokio::test]
    async fn refuses_what_no_page_counts_and_who_may_not_know() {
        let app = TestApp::with_staff(Role::StoreManager, &["FR-NTE"]).await;
        for (count, field) in
            [("seen=101", "seen"), ("changed=101", "changed"), ("kept=-1", "kept"), ("seen=1.5", "seen")]
        {
            let path = format!("/v1/size-figures?{count}");
            let answer = app.send("POST", &path, &[("devanture-key", KEY)], "").await;
            assert_eq!(answer.problem(400, "invalid_input").field.as_deref(), Some(field), "{count}");
        }
        let cookie = app.sign_in(LOGIN, PASSWORD).await;
        app.get_with(&cookie, "/admin/v1/size-figures").await.problem(403, "forbidden");
    }
}
