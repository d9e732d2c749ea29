use devanture_api::{
    person::PersonData,
    review::OwnReview,
    staff_review::{StaffConversation, StaffReviewDetails},
};
use devanture_domain::{review::Actor, staff::Role};
use serde_json::json;

use crate::{
    Config, Mailer,
    endpoints::{
        admin::reviews::tests::{body, letters, office, queue, token_in},
        reviews::tests::{prepared, published},
    },
    testing::{Answer, KEY, LOGIN, PASSWORD, TestApp},
};

/// With a folder that letters go to.
async fn mailing() -> (tempfile::TempDir, TestApp, String) {
    let folder = tempfile::tempdir().unwrap();
    let mail = Mailer::new(&format!("file:{}", folder.path().display()), "avis@shop.example").unwrap();
    let (app, cookie) =
        office(TestApp::with_config(Config { mail: Some(mail), ..Config::default() }).await).await;
    (folder, app, cookie)
}

fn words(body: &str) -> String {
    json!({ "body": body }).to_string()
}

async fn shop_says(app: &TestApp, cookie: &str, id: &str, (n, body): (u32, &str)) -> Answer {
    let (origin, key) = (Config::default().public_url, format!("a-random-uuid-{n:04}"));
    let headers = [
        ("cookie", cookie),
        ("origin", origin.as_str()),
        ("content-type", "application/json"),
        ("idempotency-key", &key),
    ];
    app.send("POST", &format!("/admin/v1/reviews/{id}/messages"), &headers, &words(body)).await
}

async fn author_says(app: &TestApp, token: &str, (n, body): (u32, &str)) -> Answer {
    let key = format!("a-random-uuid-{n:04}");
    let headers = [("devanture-key", KEY), ("idempotency-key", &key), ("content-type", "application/json")];
    app.send("POST", &format!("/v1/reviews/own/{token}/messages"), &headers, &words(body)).await
}

#[tokio::test]
async fn an_answer_in_public_goes_on_in_private() {
    let (folder, app, cookie) = mailing().await;
    let own = published(&app, 1, &body(1)).await;
    assert!(!own.may_write);
    author_says(&app, &own.token, (1, "Bonjour ?")).await.problem(409, "conversation_closed");

    let path = format!("/admin/v1/reviews/{}/answer", own.review.id);
    for said in ["Merci. Voyons cela.", "Merci Zoé. Voyons cela.\n\nMarie"] {
        assert_eq!(app.send_with(&cookie, "PUT", &path, &words(said)).await.status, 200);
    }
    assert_eq!(
        crate::outbox::deliver_due(app.app()).await.unwrap(),
        1,
        "one letter, though it was put right"
    );
    let first = letters(folder.path()).pop().unwrap();
    assert!(first.contains("> Merci Zo=C3=A9. Voyons cela.\r\n>\r\n> Marie\r\n"), "{first}");
    let link = token_in(&first, "https://shop.example/ROBE#devanture-own-review=");
    assert_ne!(link, own.token);
    for token in [&own.token, &link] {
        let seen: OwnReview = app.get(&format!("/v1/reviews/own/{token}")).await.json();
        assert!(seen.may_write && seen.messages.is_empty());
    }

    let said = author_says(&app, &link, (2, " La couture\r\nlâche. ")).await;
    assert_eq!(said.status, 201);
    let said: OwnReview = said.json();
    assert_eq!((said.messages[0].by, said.messages[0].body.as_str()), (Actor::Author, "La couture\nlâche."));
    assert_eq!(author_says(&app, &link, (2, "La couture\nlâche.")).await.json::<OwnReview>(), said, "once");
    author_says(&app, &link, (2, "Autre chose.")).await.problem(422, "idempotency_mismatch");
    let page = queue(&app, &cookie, "unanswered=true").await;
    assert_eq!((page.unanswered, page.items.len()), (1, 1));
    assert_eq!(crate::outbox::deliver_due(app.app()).await.unwrap(), 0, "nobody writes to themselves");

    let id = &own.review.id;
    let answered = shop_says(&app, &cookie, id, (3, "Apportez-la, nous la réparons.")).await;
    assert_eq!(answered.status, 201);
    let answered: StaffConversation = answered.json();
    assert_eq!((answered.messages.len(), answered.waits_since, answered.reachable), (2, None, true));
    assert!(answered.messages[1].by_name.is_some());
    assert_eq!(queue(&app, &cookie, "unanswered=true").await.unanswered, 0);
    shop_says(&app, &cookie, id, (3, "Apportez-la, nous la réparons.")).await;
    assert_eq!(crate::outbox::deliver_due(app.app()).await.unwrap(), 1, "once");
    let second = letters(folder.path()).into_iter().find(|letter| letter.contains("Apportez-la")).unwrap();
    assert!(!second.contains("couture"), "what they said themselves is not repeated");
    let token = token_in(&second, "https://shop.example/ROBE#devanture-own-review=");
    assert_eq!(author_says(&app, &token, (4, "Merci !")).await.json::<OwnReview>().messages.len(), 3);
    let details: StaffReviewDetails = app.get_with(&cookie, &format!("/admin/v1/reviews/{id}")).await.json();
    assert!(details.conversation.waits_since.is_some());
    let aside =
        app.send_with(&cookie, "DELETE", &format!("/admin/v1/reviews/{id}/messages/waiting"), "").await;
    assert_eq!(aside.json::<StaffConversation>().waits_since, None);
    let deeds = app.audited().await;
    assert!(
        ["review.message_put_aside", "review.message_sent"]
            .iter()
            .all(|deed| deeds.contains(&(*deed).to_owned()))
    );

    let person = r#"{"email":"zoe@example.com"}"#;
    let known = app.send_with(&cookie, "POST", "/admin/v1/reviews/people/export", person).await;
    let known: PersonData = known.json();
    assert_eq!(known.messages.iter().map(|one| &one.review).collect::<Vec<_>>(), [id; 3]);
    app.send_with(&cookie, "POST", "/admin/v1/reviews/people/erase", person).await;
    assert_eq!(app.get(&format!("/v1/reviews/own/{token}")).await.status, 404);
}

#[tokio::test]
async fn what_cannot_be_said_says_why() {
    let (_folder, app, cookie) = mailing().await;
    let own = published(&app, 1, &body(1)).await;
    let id = &own.review.id;
    for (text, key) in [("", 1), ("…", 2), (&"a".repeat(2001), 3)] {
        let problem = shop_says(&app, &cookie, id, (key, text)).await;
        assert_eq!(problem.problem(400, "invalid_input").field.as_deref(), Some("body"), "{text}");
    }
    shop_says(&app, &cookie, "none", (4, "Bonjour.")).await.problem(404, "review_not_found");
    author_says(&app, "guessed", (5, "Bonjour.")).await.problem(404, "review_not_found");
    let path = format!("/admin/v1/reviews/{id}/messages");
    app.send_with(&cookie, "POST", &path, &words("Sans clé.")).await.problem(400, "invalid_input");
    app.send_with("", "POST", &path, &words("Sans session.")).await.problem(401, "not_signed_in");
    for query in ["unanswered=true&reported=true", "unanswered=true&state=published"] {
        app.get_with(&cookie, &format!("/admin/v1/reviews?{query}")).await.problem(400, "invalid_input");
    }

    shop_says(&app, &cookie, id, (6, "Que s’est-il passé ?")).await;
    for n in 10..20 {
        assert_eq!(author_says(&app, &own.token, (n, "Et encore.")).await.status, 201);
    }
    author_says(&app, &own.token, (20, "Et encore.")).await.problem(409, "conversation_closed");

    let mut silent = body(2);
    silent.as_object_mut().unwrap().remove("email");
    let silent = published(&app, 2, &silent).await;
    shop_says(&app, &cookie, &silent.review.id, (30, "Bonjour.")).await.problem(409, "conversation_closed");
    let details = app.get_with(&cookie, &format!("/admin/v1/reviews/{}", silent.review.id)).await;
    assert!(!details.json::<StaffReviewDetails>().conversation.reachable);
}

#[tokio::test]
async fn without_mail_nobody_could_be_told() {
    let (app, cookie) = office(TestApp::new().await).await;
    let own = published(&app, 1, &body(1)).await;
    shop_says(&app, &cookie, &own.review.id, (1, "Bonjour.")).await.problem(409, "conversation_closed");
    let path = format!("/admin/v1/reviews/{}/answer", own.review.id);
    assert_eq!(app.send_with(&cookie, "PUT", &path, &words("Merci.")).await.status, 200);
    author_says(&app, &own.token, (2, "Une question.")).await.problem(409, "conversation_closed");
    let seen: OwnReview = app.get(&format!("/v1/reviews/own/{}", own.token)).await.json();
    assert!(seen.review.answer.is_some() && !seen.may_write);
}

#[tokio::test]
async fn a_manager_writes_to_those_who_wrote_of_their_store() {
    let folder = tempfile::tempdir().unwrap();
    let mail = Mailer::new(&format!("file:{}", folder.path().display()), "avis@shop.example").unwrap();
    let config = Config { mail: Some(mail), ..Config::default() };
    let app = prepared(TestApp::with_config(config).await, true).await;
    app.add_staff("maison", LOGIN, Role::StoreManager, &["FR-NTE"]).await;
    let cookie = app.sign_in(LOGIN, PASSWORD).await;
    let of_a_product = published(&app, 1, &body(1)).await;
    shop_says(&app, &cookie, &of_a_product.review.id, (1, "Bonjour.")).await.problem(403, "forbidden");
    let mut store = body(2);
    store.as_object_mut().unwrap().remove("product");
    store["store"] = json!("FR-NTE");
    let of_the_store = published(&app, 2, &store).await;
    let id = &of_the_store.review.id;
    assert_eq!(shop_says(&app, &cookie, id, (2, "Quand était-ce ?")).await.status, 201);
    assert_eq!(author_says(&app, &of_the_store.token, (3, "Samedi à midi.")).await.status, 201);
    let page = queue(&app, &cookie, "unanswered=true&store=FR-NTE").await;
    assert_eq!((page.unanswered, page.items[0].review.id.as_str()), (1, id.as_str()));
    app.get_with(&cookie, "/admin/v1/reviews?unanswered=true").await.problem(403, "forbidden");
}
