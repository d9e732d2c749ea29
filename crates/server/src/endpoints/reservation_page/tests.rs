use devanture_domain::reservation::State;

use crate::{
    endpoints::reservation_proposal::tests::{act, asked, shop},
    testing::{Answer, TestApp},
};

async fn page(app: &TestApp, token: &str) -> Answer {
    app.get_plain(&format!("/reservations/{token}")).await
}

async fn post(app: &TestApp, token: &str, what: &str) -> Answer {
    app.send("POST", &format!("/reservations/{token}/{what}"), &[], "").await
}

#[tokio::test]
async fn seen_answered_and_called_off_without_script() {
    let app = shop().await;
    let made = asked(&app).await;
    let asked = page(&app, &made.token).await;
    assert_eq!((asked.status, &*asked.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(
        (&*asked.header("cache-control"), &*asked.header("referrer-policy")),
        ("no-store", "no-referrer")
    );
    assert_eq!(asked.header("x-robots-tag"), "noindex");
    assert!(asked.header("content-security-policy").starts_with("default-src 'none'"));
    assert!(
        asked.text().contains("Votre demande est chez Maison Nantes") && asked.text().contains("/cancel\"")
    );
    assert!(!asked.text().contains("<script") && !asked.text().contains("data:image/png"));
    act(&app, r#"{"action":"refuse","refusal":"sold","propose":{"sku":"ROBE-40"}}"#).await;
    let proposed = page(&app, &made.token).await.text();
    assert!(proposed.contains("Accepter la proposition") && proposed.contains("Taille 40"), "{proposed}");
    assert!(proposed.contains("Valable jusqu’au"), "{proposed}");
    let answer = post(&app, &made.token, "proposal").await;
    assert_eq!((answer.status, answer.header("location")), (303, format!("/reservations/{}", made.token)));
    let reserved = page(&app, &made.token).await.text();
    assert!(
        reserved.contains("C’est réservé chez Maison Nantes") && reserved.contains("data:image/png;base64,")
    );
    assert!(reserved.contains("calendar.ics\""));
    for _ in 0..2 {
        assert_eq!(post(&app, &made.token, "cancel").await.status, 303);
    }
    let off = page(&app, &made.token).await.text();
    assert!(
        off.contains("annulée") && !off.contains("/cancel\"") && !off.contains("data:image/png"),
        "{off}"
    );
    let path = format!("/v1/reservations/{}", made.token);
    let made: devanture_api::reservation::Reservation = app.get(&path).await.json();
    assert_eq!(made.state, State::Cancelled);
}

#[tokio::test]
async fn nobody_finds_one_by_guessing() {
    let app = shop().await;
    asked(&app).await;
    for token in ["AAAAAAAAAAAAAAAAAAAAAAAA", "short", "%00", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        page(&app, token).await.problem(404, "not_found");
        post(&app, token, "cancel").await.problem(404, "not_found");
        post(&app, token, "proposal").await.problem(404, "not_found");
    }
}
