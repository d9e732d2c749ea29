use devanture_api::{
    admin::StaffReservations,
    person::PersonData,
    reservation::Reservation,
    review::{OwnReview, ReviewPage, ReviewSummary},
    staff_review::{
        DecisionOutcome, ReviewDecided, ReviewRequestPage, ReviewRequestsMade, StaffReview,
        StaffReviewDetails, StaffReviewPage,
    },
};
use devanture_domain::{
    civil::Date,
    review::{About, Action, Checked, State},
    staff::{KeyScope, Role},
};
use devanture_storage::Variant;
use serde_json::{Value, json};

use crate::{
    Config, Mailer,
    endpoints::reviews::tests::{prepared, published, write},
    testing::{LOGIN, PASSWORD, TestApp},
};

pub(super) fn body(n: u32) -> Value {
    json!({
        "product": "ROBE", "rating": 1 + n % 5, "body": format!("Le {n}e avis sur cette robe & sa coupe."), "author": "Zoé",
        "email": "zoe@example.com", "experienced_on": "2026-11-03", "locale": "fr",
    })
}

pub(super) async fn office(app: TestApp) -> (TestApp, String) {
    let app = prepared(app, true).await;
    app.add_staff("maison", LOGIN, Role::HeadOffice, &[]).await;
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    (app, cookie)
}

pub(super) async fn queue(app: &TestApp, cookie: &str, query: &str) -> StaffReviewPage {
    let answer = app.get_with(cookie, &format!("/admin/v1/reviews?{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn decide(app: &TestApp, cookie: &str, body: &Value) -> ReviewDecided {
    let answer = app.send_with(cookie, "POST", "/admin/v1/reviews/decisions", &body.to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn read_and_decided_one_by_one_or_many_at_once() {
    let (app, cookie) = office(TestApp::new().await).await;
    for n in 1..=5 {
        assert_eq!(write(&app, n, &body(n)).await.status, 201);
        app.clock.advance_seconds(1);
    }
    let first = queue(&app, &cookie, "limit=3").await;
    assert_eq!((first.waiting, first.reported, first.items.len()), (5, 0, 3));
    assert_eq!(first.items[0].name.as_deref(), Some("ROBE en <lin>"));
    let rest = queue(&app, &cookie, &format!("limit=3&cursor={}", first.next.unwrap())).await;
    assert_eq!((rest.items.len(), rest.next), (2, None));
    let item = |review: &StaffReview| json!({"id": review.review.id, "number": review.number});
    let many = json!({"decision": "publish", "items": [item(&first.items[0]), item(&first.items[1]), {"id": "none", "number": 1}]});
    let decided = decide(&app, &cookie, &many).await;
    let outcomes: Vec<_> = decided.items.iter().map(|one| (one.outcome, one.state)).collect();
    let done = (DecisionOutcome::Done, Some(State::Published));
    assert_eq!(outcomes, [done, done, (DecisionOutcome::NotFound, None)]);
    assert_eq!(decide(&app, &cookie, &many).await, decided, "sent again, nothing changes");
    assert_eq!(app.get("/v1/reviews?product=ROBE").await.json::<ReviewPage>().items.len(), 2, "at once");

    let third = item(&first.items[2]);
    let unread = json!({"decision": "publish", "items": [{"id": third["id"], "number": 0}]});
    assert_eq!(decide(&app, &cookie, &unread).await.items[0].outcome, DecisionOutcome::Changed);
    let refuse =
        json!({"decision": "refuse", "reason": "off_topic", "note": "Parle du livreur.", "items": [third]});
    assert_eq!(decide(&app, &cookie, &refuse).await.items[0].state, Some(State::Refused));
    let shown = json!({"decision": "refuse", "reason": "off_topic", "items": [item(&first.items[0])]});
    assert_eq!(decide(&app, &cookie, &shown).await.items[0].outcome, DecisionOutcome::NotPossible);
    let path = format!("/admin/v1/reviews/{}", first.items[2].review.id);
    let details: StaffReviewDetails = app.get_with(&cookie, &path).await.json();
    let steps: Vec<_> = details.trail.iter().map(|step| (step.action, step.by_id.is_some())).collect();
    assert_eq!(steps, [(Action::Submit, false), (Action::Refuse, true)]);
    assert_eq!(details.trail[1].note.as_deref(), Some("Parle du livreur."));
    assert_eq!(details.criteria[0].name, "Confort");
    let english: StaffReviewDetails = app.get_with(&cookie, &format!("{path}?lang=en")).await.json();
    assert_eq!(english.criteria[0].name, "Comfort");

    for (bad, field) in [
        (json!({"decision": "refuse", "items": [third]}), "reason"),
        (json!({"decision": "publish", "reason": "unlawful", "items": [third]}), "reason"),
        (json!({"decision": "publish", "note": "Bravo", "items": [third]}), "note"),
        (json!({"decision": "publish", "items": []}), "items"),
        (json!({"decision": "burn", "items": [third]}), "decision"),
    ] {
        let problem = app.send_with(&cookie, "POST", "/admin/v1/reviews/decisions", &bad.to_string()).await;
        assert_eq!(problem.problem(400, "invalid_input").field.as_deref(), Some(field), "{bad}");
    }
    app.get_with(&cookie, "/admin/v1/reviews?reported=true&state=published")
        .await
        .problem(400, "invalid_input");
    app.get_with(&cookie, "/admin/v1/reviews/none").await.problem(404, "review_not_found");
}

#[tokio::test]
async fn reports_answers_and_figures() {
    let (app, cookie) = office(TestApp::new().await).await;
    let own = published(&app, 4, &body(4)).await;
    let id = &own.review.id;
    let headers = [("devanture-key", crate::testing::KEY), ("content-type", "application/json")];
    let report =
        app.send("POST", &format!("/v1/reviews/{id}/reports"), &headers, r#"{"reason":"advertising"}"#).await;
    assert_eq!(report.status, 204);
    let reported = queue(&app, &cookie, "reported=true").await;
    assert_eq!((reported.reported, reported.items[0].reports), (1, 1));
    let item = json!({"id": id, "number": reported.items[0].number});
    decide(&app, &cookie, &json!({"decision": "dismiss", "items": [item]})).await;
    assert!(queue(&app, &cookie, "reported=true").await.items.is_empty());

    let path = format!("/admin/v1/reviews/{id}/answer");
    let answered = app.send_with(&cookie, "PUT", &path, r#"{"body":" Merci <b>Zoé</b> ! "}"#).await;
    assert_eq!(answered.json::<StaffReview>().review.answer.unwrap().body, "Merci <b>Zoé</b> !");
    let shown: ReviewPage = app.get("/v1/reviews?product=ROBE").await.json();
    assert!(shown.items[0].answer.is_some(), "at once");
    app.send_with(&cookie, "PUT", &path, r#"{"body":"…"}"#).await.problem(400, "invalid_input");
    assert!(app.send_with(&cookie, "DELETE", &path, "").await.json::<StaffReview>().review.answer.is_none());
    app.send_with(&cookie, "PUT", "/admin/v1/reviews/none/answer", r#"{"body":"Merci"}"#)
        .await
        .problem(404, "review_not_found");
    let figures: ReviewSummary = app.get_with(&cookie, "/admin/v1/reviews/figures?product=robe").await.json();
    assert_eq!((figures.count, figures.average_hundredths), (1, Some(500)));
    assert_eq!(app.audited().await.iter().filter(|action| action.starts_with("review.answer")).count(), 2);
}

#[tokio::test]
async fn only_head_office_moderates() {
    let app = prepared(TestApp::new().await, true).await;
    app.add_staff("maison", LOGIN, Role::StoreManager, &["FR-NTE"]).await;
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    app.get_with(&cookie, "/admin/v1/reviews").await.problem(403, "forbidden");
    let decision = r#"{"decision":"publish","items":[{"id":"a","number":1}]}"#;
    app.send_with(&cookie, "POST", "/admin/v1/reviews/decisions", decision).await.problem(403, "forbidden");
    let person = r#"{"email":"zoe@example.com"}"#;
    app.send_with(&cookie, "POST", "/admin/v1/reviews/people/erase", person).await.problem(403, "forbidden");
    assert_eq!(app.get_with(&cookie, "/admin/v1/reviews/figures?store=FR-NTE").await.status, 200);
    app.get_with(&cookie, "/admin/v1/reviews/figures?store=FR-PAR").await.problem(403, "store_not_yours");
    app.get_plain("/admin/v1/reviews").await.problem(401, "not_signed_in");
}

#[tokio::test]
async fn the_queue_is_narrowed_down() {
    let (app, cookie) = office(TestApp::new().await).await;
    for n in 1..=5 {
        assert_eq!(write(&app, n, &body(n)).await.status, 201);
    }
    let stars = async |query: &str| -> Vec<u8> {
        let page = queue(&app, &cookie, query).await;
        page.items.iter().map(|one| one.review.rating.stars()).collect()
    };
    assert_eq!(stars("stars=1,5&product=robe").await.len(), 2);
    assert_eq!(stars("product=JUPE").await, [0; 0]);
    assert_eq!(stars("store=FR-NTE").await, [0; 0]);
    assert_eq!(stars("photos=true").await, [0; 0]);
    for (query, field) in
        [("stars=6", "stars"), ("product=A&store=B", "product"), ("about=store&product=A", "product")]
    {
        let problem = app.get_with(&cookie, &format!("/admin/v1/reviews?{query}")).await;
        assert_eq!(problem.problem(400, "invalid_input").field.as_deref(), Some(field), "{query}");
    }
}

#[tokio::test]
async fn a_manager_reads_and_answers_what_is_said_of_their_store() {
    let (app, office) = office(TestApp::new().await).await;
    app.add_staff("maison", "ana@maison.example", Role::StoreManager, &["FR-NTE"]).await;
    let cookie = app.sign_in("ana@maison.example", PASSWORD).await;
    let mut ids = Vec::new();
    for (n, store) in [(1, "FR-NTE"), (2, "FR-PAR"), (3, "FR-NTE")] {
        let mut said = body(n);
        said.as_object_mut().unwrap().remove("product");
        said["store"] = json!(store);
        let own: OwnReview = write(&app, n, &said).await.json();
        ids.push(own.review.id);
    }
    let waiting = queue(&app, &office, "").await.items;
    let items: Vec<_> = waiting
        .iter()
        .filter(|one| one.review.id != ids[2])
        .map(|one| json!({"id": one.review.id, "number": one.number}))
        .collect();
    decide(&app, &office, &json!({"decision": "publish", "items": items})).await;
    let seen = queue(&app, &cookie, "store=FR-NTE").await;
    assert_eq!(
        seen.items.iter().map(|one| &one.review.id).collect::<Vec<_>>(),
        [&ids[0]],
        "what is published"
    );
    assert_eq!((seen.waiting, seen.reported), (0, 0));
    app.get_with(&cookie, "/admin/v1/reviews?store=FR-PAR").await.problem(403, "store_not_yours");
    for query in
        ["state=submitted&store=FR-NTE", "reported=true&store=FR-NTE", "product=ROBE", "state=published"]
    {
        app.get_with(&cookie, &format!("/admin/v1/reviews?{query}")).await.problem(403, "forbidden");
    }
    let details: StaffReviewDetails =
        app.get_with(&cookie, &format!("/admin/v1/reviews/{}", ids[0])).await.json();
    assert!(details.trail.is_empty(), "who moderates is head office's");
    let answer = async |id: &str| {
        app.send_with(&cookie, "PUT", &format!("/admin/v1/reviews/{id}/answer"), r#"{"body":"Merci !"}"#)
            .await
    };
    assert!(answer(&ids[0]).await.json::<StaffReview>().review.answer.is_some());
    answer(&ids[1]).await.problem(403, "store_not_yours");
    answer(&ids[2]).await.problem(403, "forbidden");
    let product = published(&app, 4, &body(4)).await;
    answer(&product.review.id).await.problem(403, "forbidden");
    answer("none").await.problem(404, "review_not_found");
    let named: StaffReviewDetails =
        app.get_with(&office, &format!("/admin/v1/reviews/{}", ids[0])).await.json();
    assert!(named.trail[1].by_name.is_some());
}

#[tokio::test]
async fn who_was_asked_is_listed_without_who_they_are() {
    let (app, cookie) = office(TestApp::new().await).await;
    let made: ReviewRequestsMade =
        app.send_with(&cookie, "POST", "/admin/v1/reviews/requests", &requests(&Value::Null)).await.json();
    assert!(made.items[0].new);
    let listed = async |query: &str| {
        let answer = app.get_with(&cookie, &format!("/admin/v1/reviews/requests?{query}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json::<ReviewRequestPage>()
    };
    let sent = listed("state=sent").await;
    assert_eq!((sent.items.len(), sent.items[0].name.as_deref()), (1, Some("ROBE en <lin>")));
    let sites: Vec<&str> = sent.sites.iter().map(|site| site.id.as_str()).collect();
    assert_eq!(sites.first(), Some(&"shop"), "{sites:?}");
    assert!(listed("state=written").await.items.is_empty());
    app.clock.advance_hours(400 * 24);
    assert!(app.get_with(&cookie, "/admin/v1/reviews/requests").await.status == 401, "the session has ended");
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    let expired = app.get_with(&cookie, "/admin/v1/reviews/requests?state=expired").await;
    assert_eq!(expired.json::<ReviewRequestPage>().items.len(), 1);
    app.get_with(&cookie, "/admin/v1/reviews/requests?state=lost").await.problem(400, "invalid_input");
}

#[tokio::test]
async fn a_person_is_exported_and_erased() {
    let (app, cookie) = office(TestApp::new().await).await;
    let own = published(&app, 1, &body(1)).await;
    let known = async || {
        let answer = app
            .send_with(&cookie, "POST", "/admin/v1/reviews/people/export", r#"{"email":"Zoe+x@example.com"}"#)
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json::<PersonData>()
    };
    assert_eq!(known().await.reviews[0].review.id, own.review.id);
    let erased = app
        .send_with(&cookie, "POST", "/admin/v1/reviews/people/erase", r#"{"email":"zoe@example.com"}"#)
        .await;
    assert_eq!(erased.json::<Value>(), json!({"reviews": 1, "alerts": 0}));
    assert!(known().await.reviews.is_empty());
    assert!(app.get("/v1/reviews?product=ROBE").await.json::<ReviewPage>().items.is_empty(), "at once");
    app.get(&format!("/v1/reviews/own/{}", own.token)).await.problem(404, "review_not_found");
    app.send_with(&cookie, "POST", "/admin/v1/reviews/people/erase", r#"{"email":"zoe"}"#)
        .await
        .problem(400, "invalid_input");
    assert!(app.audited().await.contains(&"review.person_erased".to_owned()));
}

pub(super) fn requests(person: &Value) -> String {
    json!({"site": "shop", "items": [{
        "origin": "order 7", "product": "ROBE", "size": "38", "experienced_on": "2026-11-10", "incentive": "Bon de 5 €",
        "locale": "fr-FR", "person": person,
    }]})
    .to_string()
}

#[tokio::test]
async fn asked_by_a_link_that_the_shop_sends() {
    let app = prepared(TestApp::new().await, false).await;
    let key = app.add_key(&[KeyScope::Admin]).await;
    let bearer = format!("Bearer {key}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let ask = async |body: &str| app.send("POST", "/admin/v1/reviews/requests", &headers, body).await;
    let made: ReviewRequestsMade = ask(&requests(&Value::Null)).await.json();
    let link = made.items[0].link.clone().unwrap();
    let again: ReviewRequestsMade = ask(&requests(&Value::Null)).await.json();
    assert_eq!((again.items[0].new, &again.items[0].link), (false, &None), "asked once");
    let mut review = body(4);
    review["link"] = json!(link);
    let own: OwnReview = write(&app, 1, &review).await.json();
    assert_eq!(
        (own.review.checked, own.review.incentive.as_deref()),
        (Checked::Purchase, Some("Bon de 5 €"))
    );
    ask(&requests(&json!({"name": "Zoé", "email": "zoe@example.com"}))).await.problem(503, "mail_off");
    let bad = requests(&Value::Null).replace("shop", "other");
    assert_eq!(ask(&bad).await.problem(400, "invalid_input").field.as_deref(), Some("site"));
    let future = requests(&Value::Null).replace("2026-11-10", "2027-01-01");
    assert_eq!(
        ask(&future).await.problem(400, "invalid_input").field.as_deref(),
        Some("items[0].experienced_on")
    );
}

/// Of a store's visit, and of nothing else.
#[tokio::test]
async fn a_visit_is_known_by_its_link() {
    let (app, cookie) = office(TestApp::new().await).await;
    let asked = requests(&Value::Null).replace(r#""product":"ROBE","size":"38""#, r#""store":"FR-NTE""#);
    let made: ReviewRequestsMade =
        app.send_with(&cookie, "POST", "/admin/v1/reviews/requests", &asked).await.json();
    let mut review = body(1);
    review["link"] = json!(made.items[0].link);
    write(&app, 1, &review).await.problem(403, "link_for_other");
    review.as_object_mut().unwrap().remove("product");
    review["store"] = json!("FR-NTE");
    let own = published(&app, 2, &review).await;
    assert_eq!((own.about, own.subject.as_str()), (About::Store, "FR-NTE"));
    assert_eq!(own.review.experienced_on, Date::parse("2026-11-10"), "as the shop knows it");
    let shown: ReviewPage = app.get("/v1/reviews?store=FR-NTE").await.json();
    assert_eq!(shown.items[0].checked, Checked::Visit);
    assert_eq!(shown.summary.unwrap().verified, 1);
    write(&app, 3, &review).await.problem(409, "link_used");
}

/// The messages in a folder, quoted-printable undone as far as these tests read them.
pub(super) fn letters(folder: &std::path::Path) -> Vec<String> {
    let mut all: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .map(|path| std::fs::read_to_string(path).unwrap().replace("=\r\n", "").replace("=3D", "="))
        .collect();
    all.sort();
    all
}

pub(super) fn token_in(letter: &str, name: &str) -> String {
    let begin = letter.find(name).unwrap_or_else(|| panic!("{name} in {letter}")) + name.len();
    letter[begin..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[tokio::test]
async fn written_to_by_mail_and_told_why() {
    let folder = tempfile::tempdir().unwrap();
    let mail = Mailer::new(&format!("file:{}", folder.path().display()), "avis@shop.example").unwrap();
    let config = Config { mail: Some(mail), ..Config::default() };
    let (app, cookie) = office(TestApp::with_config(config).await).await;
    let person = json!({"name": "Zoé", "email": "zoe@example.com"});
    let made = app.send_with(&cookie, "POST", "/admin/v1/reviews/requests", &requests(&person)).await;
    assert_eq!(made.json::<ReviewRequestsMade>().items[0].link, None, "it goes to them alone");
    assert_eq!(crate::outbox::deliver_due(app.app()).await.unwrap(), 1);
    assert_eq!(crate::outbox::deliver_due(app.app()).await.unwrap(), 0, "once");
    let sent = letters(folder.path());
    assert_eq!(sent.len(), 1);
    assert!(!sent[0].contains("Vos articles"), "nothing was reserved");
    let link = token_in(&sent[0], "https://shop.example/ROBE#devanture-review=");
    let mut review = body(2);
    review["link"] = json!(link);
    let own: OwnReview = write(&app, 1, &review).await.json();
    let number = queue(&app, &cookie, "").await.items[0].number;
    let refuse = json!({"decision": "refuse", "reason": "off_topic", "note": "Parle du livreur.",
        "items": [{"id": own.review.id, "number": number}]});
    decide(&app, &cookie, &refuse).await;
    assert_eq!(crate::outbox::deliver_due(app.app()).await.unwrap(), 1);
    let told =
        letters(folder.path()).into_iter().find(|letter| letter.contains("devanture-own-review")).unwrap();
    assert!(told.contains("Parle du livreur."), "{told}");
    let token = token_in(&told, "https://shop.example/ROBE#devanture-own-review=");
    let seen: OwnReview = app.get(&format!("/v1/reviews/own/{token}")).await.json();
    assert_eq!(seen.state, State::Refused);
    // Who is erased before a letter goes is not written to.
    let other = requests(&person).replace("order 7", "order 8");
    app.send_with(&cookie, "POST", "/admin/v1/reviews/requests", &other).await;
    app.send_with(&cookie, "POST", "/admin/v1/reviews/people/erase", r#"{"email":"zoe@example.com"}"#).await;
    crate::outbox::deliver_due(app.app()).await.unwrap();
    assert_eq!(letters(folder.path()).len(), 2);
}

#[tokio::test]
async fn who_has_collected_something_is_asked_once_a_week_later() {
    let folder = tempfile::tempdir().unwrap();
    let mail = Mailer::new(&format!("file:{}", folder.path().display()), "avis@shop.example").unwrap();
    let config = Config { mail: Some(mail), ..Config::default() };
    let (app, cookie) = office(TestApp::with_config(config).await).await;
    let variant = Variant {
        sku: "ROBE-38".to_owned(),
        product_id: "ROBE".to_owned(),
        size: Some("38".to_owned()),
        ..Variant::default()
    };
    let mut repository = app.database().write().await.unwrap();
    repository.put_variants("maison", &[variant]).await.unwrap();
    repository.save().await.unwrap();
    app.count(&[("ROBE-38", "FR-NTE", 2)]).await;
    let wanted = r#"{"store_code":"FR-NTE","items":[{"sku":"ROBE-38"}],"name":"Zoé","email":"zoe@example.com","locale":"fr-FR"}"#;
    let made: Reservation = app.reserve("idempotency-0001", wanted).await.json();
    let open = app.get_with(&cookie, "/admin/v1/reservations?store=FR-NTE").await.json::<StaffReservations>();
    let path = format!("/admin/v1/reservations/{}/actions", open.items[0].id);
    let collect = format!(r#"{{"action":"collect","pickup_code":"{}"}}"#, made.pickup_code);
    for act in [r#"{"action":"accept"}"#, r#"{"action":"mark_ready"}"#, &collect] {
        assert_eq!(app.send_with(&cookie, "POST", &path, act).await.status, 200);
    }
    crate::outbox::deliver_due(app.app()).await.unwrap();
    let before = letters(folder.path()).len();
    let ask = async || crate::jobs::ask_for_reviews(app.app()).await.unwrap();
    app.clock.advance_hours(7 * 24 - 1);
    assert_eq!(ask().await, 0, "it has not been worn yet");
    app.clock.advance_hours(2);
    assert_eq!((ask().await, ask().await), (1, 0), "once");
    assert_eq!(crate::outbox::deliver_due(app.app()).await.unwrap(), 1);
    let sent = letters(folder.path());
    assert_eq!(sent.len(), before + 1);
    let letter = sent.iter().find(|letter| letter.contains("#devanture-review=")).unwrap();
    let mut review = body(3);
    review["link"] = json!(token_in(letter, "#devanture-review="));
    let own: OwnReview = write(&app, 1, &review).await.json();
    assert_eq!((own.review.checked, own.review.size.as_deref()), (Checked::Purchase, Some("38")));
    assert_eq!(own.review.experienced_on, Date::parse("2026-11-21"));
}
