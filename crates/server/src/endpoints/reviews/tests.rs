use axum::body::Body;
use devanture_api::review::{
    InvitationState, OwnReview, RatingList, ReviewInvitation, ReviewPage, ReviewVotes,
};
use devanture_domain::{
    civil::Date,
    review::{About, Action, Actor, Checked, Criterion, Reason, ReviewRules, Scale, State},
};
use devanture_storage::{Judgement, Label, LabelKind, NewInvitation, PrivateToken, Product};
use serde_json::{Value, json};

use crate::{
    Config, LimitConfig,
    testing::{Answer, KEY, OTHER_KEY, TestApp},
};

/// Anybody may write, of a dress and a skirt; comfort is scored, and of stores the welcome.
pub(crate) async fn open_to_all() -> TestApp {
    prepared(TestApp::new().await, true).await
}

pub(crate) async fn prepared(app: TestApp, open: bool) -> TestApp {
    let mut repository = app.database().write().await.unwrap();
    let product = |id: &str| Product {
        id: id.to_owned(),
        name: format!("{id} en <lin>"),
        brand: Some("Lin & Co".to_owned()),
        url: Some(format!("https://shop.example/{id}")),
        ..Product::default()
    };
    repository.put_products("maison", &[product("ROBE"), product("JUPE")]).await.unwrap();
    let criterion = |code: &str, scale| Criterion { code: code.to_owned(), scale };
    let rules = ReviewRules {
        open,
        ask: true,
        product_criteria: vec![criterion("comfort", Scale::Five)],
        store_criteria: vec![criterion("welcome", Scale::Twenty)],
        ..ReviewRules::default()
    };
    repository.put_review_rules("maison", &rules).await.unwrap();
    let name = |locale: &str, name: &str| Label {
        kind: LabelKind::Criterion,
        code: "comfort".to_owned(),
        locale: locale.to_owned(),
        name: name.to_owned(),
    };
    repository.put_labels("maison", &[name("fr", "Confort"), name("en", "Comfort")]).await.unwrap();
    repository.save().await.unwrap();
    app.refresh().await;
    app
}

fn body() -> Value {
    json!({
        "product": "robe", "rating": 4, "title": "Belle coupe", "body": "Une robe légère, parfaite pour l’été.",
        "fit": "true", "usual_size": "38", "size": "W32 L34", "criteria": [{"code": "comfort", "points": 5}],
        "author": "Zoé", "email": "zoe@example.com", "experienced_on": "2026-11-03", "locale": "fr-FR",
    })
}

#[expect(clippy::needless_pass_by_value, reason = "called with `json!`")]
fn with(changes: Value) -> Value {
    let mut body = body();
    for (field, value) in changes.as_object().unwrap() {
        body[field] = value.clone();
    }
    body
}

async fn write_as(app: &TestApp, key: &str, n: u32, body: &Value) -> Answer {
    let idempotency = format!("a-random-uuid-{n:04}");
    let headers =
        [("devanture-key", key), ("idempotency-key", &idempotency), ("content-type", "application/json")];
    app.send("POST", "/v1/reviews", &headers, &body.to_string()).await
}

pub(crate) async fn write(app: &TestApp, n: u32, body: &Value) -> Answer {
    write_as(app, KEY, n, body).await
}

async fn post(app: &TestApp, method: &str, path: &str, body: &Value) -> Answer {
    app.send(method, path, &[("devanture-key", KEY), ("content-type", "application/json")], &body.to_string())
        .await
}

async fn judge(app: &TestApp, id: &str, action: Action, reason: Option<Reason>) {
    let judgement = Judgement {
        action,
        by: Actor::Staff,
        staff_id: None,
        reason,
        note: Some("Une note."),
        seen: None,
        at: app.app().now(),
    };
    let mut repository = app.database().write().await.unwrap();
    repository.judge_review("maison", id, &judgement).await.unwrap().unwrap();
    repository.save().await.unwrap();
}

/// A review that is shown.
pub(crate) async fn published(app: &TestApp, n: u32, body: &Value) -> OwnReview {
    let answer = write(app, n, body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let own: OwnReview = answer.json();
    judge(app, &own.review.id, Action::Publish, None).await;
    app.app().gallery().look(app.database()).await.unwrap();
    own
}

async fn list(app: &TestApp, query: &str) -> ReviewPage {
    let answer = app.get(&format!("/v1/reviews?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    answer.json()
}

#[tokio::test]
async fn written_and_shown_once_read() {
    let app = open_to_all().await;
    let first = write(&app, 1, &body()).await;
    assert_eq!((first.status, first.header("cache-control").as_str()), (201, "no-store"));
    let own: OwnReview = first.json();
    assert_eq!((own.state, own.about, own.subject.as_str()), (State::Submitted, About::Product, "ROBE"));
    assert_eq!((own.review.checked, own.review.published_at), (Checked::Not, None));
    let again: OwnReview = write(&app, 1, &body()).await.json();
    assert_eq!(again, own, "the same request, the same answer");
    write(&app, 1, &with(json!({"rating": 1}))).await.problem(422, "idempotency_mismatch");

    let empty = list(&app, "product=ROBE").await;
    assert_eq!((empty.items.len(), empty.summary.unwrap().count), (0, 0));
    judge(&app, &own.review.id, Action::Publish, None).await;
    // As another instance would see it.
    assert!(list(&app, "product=ROBE").await.items.is_empty(), "from what is kept");
    app.app().gallery().look(app.database()).await.unwrap();
    let page = list(&app, "product=robe&lang=en").await;
    let summary = page.summary.unwrap();
    assert_eq!((summary.count, summary.average_hundredths, summary.stars), (1, Some(400), [0, 0, 0, 1, 0]));
    let comfort = &summary.criteria[0];
    assert_eq!((comfort.name.as_str(), comfort.count, comfort.average_hundredths), ("Comfort", 1, Some(500)));
    assert_eq!((summary.fit.true_to_size, summary.fit_verdict), (1, None), "too few to say");
    let shown = &page.items[0];
    assert_eq!(shown.experienced_on, Date::parse("2026-11-03"));
    assert!(shown.published_at.is_some() && shown.size.as_deref() == Some("W32 L34"));
    assert!(!app.get("/v1/reviews?product=ROBE").await.text().contains("example.com"), "no address");
    assert!(app.get_as(OTHER_KEY, "/v1/reviews?product=ROBE").await.json::<ReviewPage>().items.is_empty());
    let tag = app.get("/v1/reviews?product=ROBE").await.header("etag");
    let kept = app
        .send("GET", "/v1/reviews?product=ROBE", &[("devanture-key", KEY), ("if-none-match", &tag)], "")
        .await;
    assert_eq!(kept.status, 304);
}

#[tokio::test]
async fn its_author_sees_why_changes_and_deletes() {
    let app = open_to_all().await;
    let own: OwnReview = write(&app, 1, &body()).await.json();
    judge(&app, &own.review.id, Action::Refuse, Some(Reason::OffTopic)).await;
    let path = format!("/v1/reviews/own/{}", own.token);
    let told: OwnReview = app.get(&path).await.json();
    assert_eq!(
        (told.state, told.reason, told.note.as_deref()),
        (State::Refused, Some(Reason::OffTopic), Some("Une note."))
    );
    app.get("/v1/reviews/own/AAAAAAAAAAAAAAAAAAAAAAAA").await.problem(404, "review_not_found");
    app.get_as(OTHER_KEY, &path).await.problem(404, "review_not_found");

    let better = with(json!({"rating": 5, "body": "Je parle maintenant de la robe."}));
    let edited: OwnReview = post(&app, "PUT", &path, &better).await.json();
    assert_eq!((edited.state, edited.reason, edited.review.rating.stars()), (State::Submitted, None, 5));
    judge(&app, &own.review.id, Action::Publish, None).await;
    app.app().gallery().look(app.database()).await.unwrap();
    assert_eq!(list(&app, "product=ROBE").await.items[0].body, "Je parle maintenant de la robe.");
    let gone: OwnReview = post(&app, "DELETE", &path, &json!(null)).await.json();
    assert_eq!((gone.state, gone.reason), (State::Deleted, Some(Reason::AuthorAsked)));
    assert!(list(&app, "product=ROBE").await.items.is_empty(), "at once");
    assert_eq!(post(&app, "DELETE", &path, &json!(null)).await.status, 200, "once more changes nothing");
    post(&app, "PUT", &path, &better).await.problem(409, "review_past");
}

/// A link for the dress, which opens an invitation until so many milliseconds from now, and what is given for following it.
pub(crate) async fn link(app: &TestApp, n: u8, lasts: i64, incentive: Option<&str>) -> String {
    let token = PrivateToken::from_random([n; 18]);
    let id = format!("invitation{n}");
    let mut repository = app.database().write().await.unwrap();
    let new = NewInvitation {
        tenant: "maison",
        id: &id,
        origin: &id,
        about: About::Product,
        subject: "ROBE",
        size: Some("40"),
        checked: Checked::Purchase,
        incentive,
        experienced_on: Date::parse("2026-10-30"),
        site_id: "shop",
        locale: "fr",
        at: app.app().now(),
        expires_at: app.app().now() + lasts,
        invitee: None,
    };
    assert!(repository.add_invitation(&new).await.unwrap());
    repository.add_invitation_link("maison", &id, &token).await.unwrap();
    repository.save().await.unwrap();
    token.to_text()
}

#[tokio::test]
async fn by_a_link_once_in_time_and_of_what_it_is_for() {
    let app = prepared(TestApp::new().await, false).await;
    write(&app, 1, &body()).await.problem(403, "link_needed");
    let token = link(&app, 1, 60_000, None).await;
    let asked: ReviewInvitation = app.get(&format!("/v1/reviews/invitations/{token}")).await.json();
    assert_eq!(
        (asked.state, asked.name.as_str(), asked.size.as_deref()),
        (InvitationState::Open, "ROBE en <lin>", Some("40"))
    );
    assert_eq!(asked.criteria[0].name, "Confort");
    app.get("/v1/reviews/invitations/nonsense").await.problem(404, "link_unknown");
    app.get_as(OTHER_KEY, &format!("/v1/reviews/invitations/{token}")).await.problem(404, "link_unknown");

    write(&app, 2, &with(json!({"link": "nonsense"}))).await.problem(404, "link_unknown");
    let other = write(&app, 3, &with(json!({"link": token, "product": "JUPE"}))).await;
    assert_eq!(other.problem(403, "link_for_other").field.as_deref(), Some("link"));
    // What was refused has used nothing up.
    let by_link = with(json!({"link": token, "size": null, "experienced_on": null}));
    let own: OwnReview = write(&app, 4, &by_link).await.json();
    assert_eq!((own.review.checked, own.review.size.as_deref()), (Checked::Purchase, Some("40")));
    assert_eq!(own.review.experienced_on, Date::parse("2026-10-30"), "the link knows it");
    assert_eq!(write(&app, 4, &by_link).await.json::<OwnReview>(), own, "sent again");
    write(&app, 5, &by_link).await.problem(409, "link_used");
    let used: ReviewInvitation = app.get(&format!("/v1/reviews/invitations/{token}")).await.json();
    assert_eq!(used.state, InvitationState::Used);

    let late = link(&app, 2, 60_000, None).await;
    app.clock.advance_seconds(60);
    write(&app, 6, &with(json!({"link": late}))).await.problem(410, "link_expired");
    let expired: ReviewInvitation = app.get(&format!("/v1/reviews/invitations/{late}")).await.json();
    assert_eq!(expired.state, InvitationState::Expired);
}

#[tokio::test]
async fn bad_input_says_what_to_do() {
    let limits = LimitConfig { writes_per_hour: None, ..LimitConfig::default() };
    let app = prepared(TestApp::with_config(Config { limits, ..Config::default() }).await, true).await;
    let heaps: String = "robe"
        .chars()
        .cycle()
        .take(40)
        .flat_map(|c| [c, '\u{301}', '\u{489}', '\u{335}', '\u{36f}'])
        .collect();
    let cases = [
        (json!({"rating": 6}), "rating", "a whole number from 1 to 5"),
        (json!({"rating": -1}), "rating", "a whole number from 1 to 5"),
        (json!({"rating": 4.7}), "rating", "a whole number from 1 to 5"),
        (json!({"rating": "5"}), "rating", "a whole number from 1 to 5"),
        (json!({"body": "bof"}), "body", "at least 10 characters"),
        (json!({"body": "😍".repeat(20)}), "body", "holds no word"),
        (json!({"body": heaps}), "body", "plain letters"),
        (json!({"body": "a ".repeat(5_000)}), "body", "at most 5000 characters"),
        (json!({"title": "x".repeat(121)}), "title", "at most 120"),
        (json!({"author": "\u{200b} "}), "author", "at least 1"),
        (json!({"author": " "}), "author", "how you want to be called"),
        (json!({"author": "zoe@example.com"}), "author", "mail address"),
        (json!({"email": "zoe"}), "email", "not a mail address"),
        (json!({"locale": "français"}), "locale", "BCP 47"),
        (json!({"size": "x".repeat(21)}), "size", "at most 20"),
        (json!({"fit": "tight"}), "fit", "expected one of"),
        (json!({"criteria": [{"code": "comfort", "points": 6}]}), "criteria", "comfort takes 1 to 5 points"),
        (json!({"criteria": [{"code": "price", "points": 1}]}), "criteria", "price is not asked for"),
        (json!({"photos": ["../../etc/passwd"]}), "photos", "POST /v1/review-photos"),
        (json!({"photos": ["aaaaaaaaaaaaaaaa"]}), "photos", "upload it again"),
        (json!({"experienced_on": null}), "experienced_on", "is missing"),
        (json!({"experienced_on": "2027-01-01"}), "experienced_on", "future"),
        (json!({"experienced_on": "2016-01-01"}), "experienced_on", "ten years"),
        (json!({"experienced_on": "2026-02-30"}), "experienced_on", ""),
        (json!({"store": "FR-NTE"}), "product", "one of product and store"),
        (json!({"product": null}), "product", "one of product and store"),
        (json!({"product": null, "store": "FR-NTE", "criteria": []}), "fit", "for products"),
    ];
    for (n, (changes, field, says)) in (100..).zip(cases) {
        let problem = write(&app, n, &with(changes.clone())).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some(field), "{changes}: {problem:?}");
        assert!(problem.detail.as_deref().unwrap_or_default().contains(says), "{changes}: {problem:?}");
    }
    write(&app, 1, &with(json!({"product": "NONE"}))).await.problem(404, "product_not_found");
    write(&app, 2, &with(json!({"product": null, "store": "NONE"}))).await.problem(404, "store_not_found");
    write(&app, 3, &with(json!({"body": "x".repeat(100_000)}))).await.problem(413, "too_large");
    // What sizes look like is the shop's business.
    for (n, size) in (200..).zip(["XXXXL", "38/40", "Taille unique", "W32 L34", "0"]) {
        assert_eq!(
            write(&app, n, &with(json!({"size": size}))).await.json::<OwnReview>().review.size.as_deref(),
            Some(size)
        );
    }
    let html = "<img src=x onerror=alert(1)> une robe\u{202e} \u{2066}bleue\u{0}";
    let own: OwnReview = write(&app, 4, &with(json!({"body": html}))).await.json();
    assert_eq!(
        own.review.body, "<img src=x onerror=alert(1)> une robe bleue",
        "text, without what turns it round"
    );
    for (query, field) in [
        ("product=ROBE&stars=6", "stars"),
        ("product=ROBE&stars=a", "stars"),
        ("product=ROBE&limit=0", "limit"),
        ("product=ROBE&limit=51", "limit"),
        ("product=ROBE&sort=best", "sort"),
        ("product=ROBE&cursor=AAAA", "cursor"),
        ("product=ROBE&photos=perhaps", "photos"),
        ("product=ROBE&size=%00", "size"),
        ("product=ROBE&store=FR-NTE", "product"),
        ("", "product"),
    ] {
        let problem = app.get(&format!("/v1/reviews?{query}")).await.problem(400, "invalid_input");
        assert_eq!(problem.field.as_deref(), Some(field), "{query}");
    }
    app.get("/v1/reviews?store=NONE").await.problem(404, "store_not_found");
}

#[tokio::test]
async fn a_thousand_from_one_address() {
    let app = prepared(TestApp::limited().await, true).await;
    let mut taken = 0;
    for n in 0..1000 {
        let answer = write(&app, n, &body()).await;
        if answer.status == 201 {
            taken += 1;
        } else {
            answer.problem(429, "rate_limited");
            assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
        }
    }
    assert_eq!(taken, 2, "a quarter of an hour's eight");
}

#[tokio::test]
async fn pages_orders_and_what_they_are_narrowed_to() {
    let app = open_to_all().await;
    for n in 0..7u32 {
        let english = n % 2 == 0;
        let text =
            if english { "Lovely linen, fits as it should." } else { "Joli lin, taille comme il faut." };
        let body = with(json!({
            "rating": 1 + n % 5, "body": format!("{text} {n}"), "locale": if english { "en-GB" } else { "fr" },
            "size": if n < 3 { "36" } else { "38" },
        }));
        published(&app, n, &body).await;
        app.clock.advance_seconds(60);
    }
    let stars = |page: &ReviewPage| page.items.iter().map(|one| one.rating.stars()).collect::<Vec<_>>();
    assert_eq!(stars(&list(&app, "product=ROBE").await), [2, 1, 5, 4, 3, 2, 1]);
    let first = list(&app, "product=ROBE&sort=highest&limit=3").await;
    assert_eq!(stars(&first), [5, 4, 3]);
    let next = first.next.unwrap();
    let second = list(&app, &format!("product=ROBE&sort=highest&limit=3&cursor={next}")).await;
    assert_eq!((stars(&second), second.summary), (vec![2, 2, 1], None));
    let last =
        list(&app, &format!("product=ROBE&sort=highest&limit=3&cursor={}", second.next.unwrap())).await;
    assert_eq!((stars(&last), last.next), (vec![1], None));
    app.get(&format!("/v1/reviews?product=ROBE&sort=lowest&cursor={next}"))
        .await
        .problem(400, "invalid_input");
    assert_eq!(stars(&list(&app, "product=ROBE&stars=1,5").await), [1, 5, 1]);
    assert_eq!(stars(&list(&app, "product=ROBE&language=en").await), [2, 5, 3, 1]);
    assert_eq!(stars(&list(&app, "product=ROBE&size=36").await), [3, 2, 1]);
    assert_eq!(stars(&list(&app, "product=ROBE&q=LOVELY+lin").await), [2, 5, 3, 1]);
    let summary = list(&app, "product=ROBE&stars=1").await.summary.unwrap();
    assert_eq!(summary.count, 7, "the summary is of all");
    assert_eq!(
        summary.sizes.iter().map(|one| (one.value.as_str(), one.count)).collect::<Vec<_>>(),
        [("38", 4), ("36", 3)]
    );

    let store = json!({
        "store": "FR-NTE", "rating": 5, "body": "Accueil chaleureux et bons conseils.", "author": "Ann",
        "criteria": [{"code": "welcome", "points": 19}], "experienced_on": "2026-11-20", "locale": "fr",
    });
    published(&app, 50, &store).await;
    assert_eq!(list(&app, "store=FR-NTE").await.summary.unwrap().criteria[0].average_hundredths, Some(1900));
    let ratings: RatingList =
        app.get("/v1/ratings?products=robe,JUPE&stores=FR-NTE,FR-PAR,NONE").await.json();
    let lines: Vec<_> = ratings
        .items
        .iter()
        .map(|one| (one.about, one.id.as_str(), one.count, one.average_hundredths))
        .collect();
    assert_eq!(lines, [(About::Product, "ROBE", 7, 257), (About::Store, "FR-NTE", 1, 500)]);
    app.get("/v1/ratings").await.problem(400, "invalid_input");
    let many = vec!["P"; 501].join(",");
    app.get(&format!("/v1/ratings?products={many}")).await.problem(400, "invalid_input");
    let listing: Vec<String> = (0..500).map(|n| format!("PRODUCT-{n}")).collect();
    assert_eq!(app.get(&format!("/v1/ratings?products={}", listing.join(","))).await.status, 200);
}

#[tokio::test]
async fn readers_vote_and_report() {
    let app = open_to_all().await;
    let own = published(&app, 1, &body()).await;
    let votes = format!("/v1/reviews/{}/votes", own.review.id);
    let vote = async |helpful: bool, voter: &str| {
        post(&app, "POST", &votes, &json!({"helpful": helpful, "voter": voter})).await
    };
    let first: ReviewVotes = vote(true, "a-reader-of-reviews").await.json();
    assert_eq!((first.helpful, first.unhelpful), (1, 0));
    assert_eq!(list(&app, "product=ROBE").await.items[0].helpful, 1, "at once");
    let changed: ReviewVotes = vote(false, "a-reader-of-reviews").await.json();
    assert_eq!((changed.helpful, changed.unhelpful), (0, 1));
    vote(true, "short").await.problem(400, "invalid_input");
    post(&app, "POST", "/v1/reviews/none/votes", &json!({"helpful": true, "voter": "a-reader-of-reviews"}))
        .await
        .problem(404, "review_not_found");
    post(&app, "POST", "/v1/reviews/a'b/votes", &json!({"helpful": true, "voter": "a-reader-of-reviews"}))
        .await
        .problem(404, "review_not_found");
    let reports = format!("/v1/reviews/{}/reports", own.review.id);
    let reported =
        post(&app, "POST", &reports, &json!({"reason": "advertising", "note": " Un lien \u{202e}"})).await;
    assert_eq!(reported.status, 204);
    post(&app, "POST", &reports, &json!({"reason": "boring"})).await.problem(400, "invalid_input");
    post(&app, "POST", &reports, &json!({"reason": "author_asked"})).await.problem(400, "invalid_input");
    let mut repository = app.database().read().await.unwrap();
    assert_eq!(
        repository.reports("maison", &own.review.id).await.unwrap()[0].note.as_deref(),
        Some("Un lien")
    );
}

#[tokio::test]
async fn keys_and_origins_as_everywhere() {
    let app = open_to_all().await;
    app.get_plain("/v1/reviews?product=ROBE").await.problem(401, "key_missing");
    app.send_body("POST", "/v1/reviews", &[("devanture-key", KEY)], Body::empty())
        .await
        .problem(400, "invalid_input");
    let preflight = [("origin", "https://shop.example"), ("access-control-request-method", "PUT")];
    let allowed = app.send("OPTIONS", "/v1/reviews/own/x", &preflight, "").await;
    assert!(allowed.header("access-control-allow-methods").contains("PUT"));
}
