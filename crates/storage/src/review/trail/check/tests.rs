//! What somebody with the database open could change, and what is said of it then.

use devanture_domain::{
    civil::Date,
    review::{About, Action, Actor, Checked, Fit, Points, Rating, Reason, Scale},
};

use super::*;
use crate::{
    Claim, Database, Door, Draft, ImportedReview, Invitee, Judgement, NewInvitation, NewReview, Photo,
    PrivateToken, Writing,
    review::trail::said::first_digest,
    test_support::{PostgresServer, SqliteFile},
};

/// Three reviews that were taken over, of which the first was deleted.
async fn noted(database: &Database) -> Repository {
    let mut repository = database.write().await.unwrap();
    repository.put_tenant("maison", "Maison").await.unwrap();
    let imported = ["1", "2", "3"].map(|id| ImportedReview::sample(id.to_owned()));
    repository.import_reviews("maison", "avis", &imported, 2).await.unwrap();
    let id: String = sqlx::query_scalar("SELECT review_id FROM reviews WHERE source_id = '1'")
        .fetch_one(&mut *repository.tx)
        .await
        .unwrap();
    let delete = Judgement {
        action: Action::Delete,
        by: Actor::Staff,
        staff_id: None,
        reason: Some(Reason::Unlawful),
        note: None,
        seen: None,
        at: 3,
    };
    repository.judge_review("maison", &id, &delete).await.unwrap();
    repository
}

/// What somebody with the database open could do, and what it says then.
async fn what_is_taken_out_or_changed_shows(database: &Database) {
    for (statement, state) in [
        ("SELECT 1", TrailState::Whole(7)),
        ("DELETE FROM review_trail WHERE number = 7", TrailState::Broken(7)),
        ("DELETE FROM review_trail WHERE number IN (3, 4)", TrailState::Broken(3)),
        ("UPDATE review_trail SET reason = 'unlawful' WHERE number = 2", TrailState::Broken(2)),
        ("UPDATE review_trail SET happened_at = 7 WHERE number = 5", TrailState::Broken(5)),
        ("UPDATE reviews SET rating = 5 WHERE source_id = '2'", TrailState::Broken(4)),
        ("UPDATE reviews SET body = 'Wunderbar' WHERE source_id = '3'", TrailState::Broken(6)),
        ("DELETE FROM reviews WHERE source_id = '3'", TrailState::Broken(6)),
        ("UPDATE reviews SET subject = 'JUPE' WHERE source_id = '2'", TrailState::Broken(4)),
        ("UPDATE reviews SET about = 'store' WHERE source_id = '3'", TrailState::Broken(6)),
        ("UPDATE reviews SET state = 'deleted' WHERE source_id = '2'", TrailState::Broken(4)),
        ("UPDATE reviews SET state = 'refused' WHERE source_id = '3'", TrailState::Broken(6)),
        ("UPDATE reviews SET state = 'submitted', number = 5 WHERE source_id = '3'", TrailState::Broken(6)),
        ("UPDATE reviews SET number = 3 WHERE source_id = '2'", TrailState::Broken(4)),
        ("UPDATE reviews SET state = 'published', number = 2 WHERE source_id = '1'", TrailState::Broken(7)),
        ("UPDATE reviews SET body = 'Wunderbar' WHERE source_id = '1'", TrailState::Broken(7)),
        ("UPDATE reviews SET title = NULL, body = '' WHERE source_id = '1'", TrailState::Whole(7)),
        ("UPDATE reviews SET title = NULL, body = '' WHERE source_id = '2'", TrailState::Broken(4)),
    ] {
        // Never saved, so that the next one finds nothing of it.
        let mut repository = noted(database).await;
        sqlx::query(statement).execute(&mut *repository.tx).await.unwrap();
        assert_eq!(repository.check_review_trail("maison").await.unwrap(), state, "{statement}");
    }
}

/// One review with all that a review can have, published.
async fn whole(database: &Database) -> (Repository, String) {
    let mut repository = database.write().await.unwrap();
    repository.put_tenant("maison", "Maison").await.unwrap();
    let mut photos = Vec::new();
    for id in ["front", "back"] {
        let photo = Photo { id: id.to_owned(), width: 640, height: 480 };
        repository.add_photo("maison", &photo, 1).await.unwrap();
        photos.push(photo.id);
    }
    let invitee = Invitee {
        name: "Zoé".to_owned(),
        email: "zoe@example.com".to_owned(),
        email_key: "zoe@example.com".to_owned(),
    };
    let invitation = NewInvitation {
        tenant: "maison",
        id: "invited",
        origin: "order 7",
        about: About::Product,
        subject: "ROBE",
        size: Some("38"),
        checked: Checked::Purchase,
        incentive: Some("Bon de 5 €"),
        experienced_on: Some(Date(20_000)),
        site_id: "shop",
        locale: "fr",
        at: 5,
        expires_at: 500,
        invitee: Some(&invitee),
    };
    repository.add_invitation(&invitation).await.unwrap();
    let (link, token) = (PrivateToken::from_random([1; 18]), PrivateToken::from_random([2; 18]));
    repository.add_invitation_link("maison", "invited", &link).await.unwrap();
    let draft = Draft {
        rating: Rating::ALL[3],
        title: Some("Bien".to_owned()),
        body: "Coupe parfaite.".to_owned(),
        language: "fr".to_owned(),
        fit: Some(Fit::True),
        usual_size: Some("40".to_owned()),
        size: None,
        points: [("fabric", 3), ("comfort", 4)]
            .map(|(code, points)| (Points { code: code.to_owned(), points }, Scale::Five))
            .into(),
        photos,
        author: "Zoé".to_owned(),
        email: None,
    };
    let claim = Claim {
        tenant: "maison",
        site_id: "shop",
        key: "idempotency-of-a-test",
        body: b"body",
        token: &token,
        at: 10,
    };
    let new = NewReview {
        claim,
        random: [7; 16],
        about: About::Product,
        subject: "ROBE",
        door: Door::Link(&link),
        draft: &draft,
        locale: "fr-FR",
    };
    let Writing::New(review) = repository.write_review(&new).await.unwrap() else { panic!("not written") };
    act(&mut repository, &review.id, Action::Publish, None).await;
    (repository, review.id)
}

async fn act(repository: &mut Repository, id: &str, action: Action, reason: Option<Reason>) {
    let judgement =
        Judgement { action, by: Actor::Staff, staff_id: None, reason, note: None, seen: None, at: 20 };
    repository.judge_review("maison", id, &judgement).await.unwrap().unwrap();
}

async fn told(repository: &mut Repository, statement: &'static str) -> TrailState {
    let done = sqlx::query(statement).execute(&mut *repository.tx).await.unwrap();
    assert!(done.rows_affected() > 0, "{statement}");
    repository.check_review_trail("maison").await.unwrap()
}

/// All that a review publishes is what its trail says.
async fn each_column_is_compared(database: &Database) {
    let columns = [
        "UPDATE reviews SET incentive = NULL",
        "UPDATE reviews SET incentive = ''",
        "UPDATE reviews SET checked = 'visit'",
        "UPDATE reviews SET checked = 'sworn'",
        "UPDATE reviews SET language = 'en'",
        "UPDATE reviews SET rating = 5",
        "UPDATE reviews SET rating = 9",
        "UPDATE reviews SET title = NULL",
        "UPDATE reviews SET body = 'Coupe parfaite'",
        "UPDATE reviews SET fit = 'large'",
        "UPDATE reviews SET size = '40'",
        "UPDATE reviews SET usual_size = '38'",
        "UPDATE reviews SET experienced_on = 20001",
        "UPDATE reviews SET written_at = 11",
        "UPDATE reviews SET edited_at = 15",
        "UPDATE reviews SET published_at = 11",
        "UPDATE reviews SET site_id = 'other'",
        "UPDATE reviews SET photos = 0",
        "UPDATE reviews SET photos = 3",
        "UPDATE review_authors SET name = 'Lou'",
        "UPDATE review_points SET points = 5 WHERE code = 'comfort'",
        "UPDATE review_points SET scale = 20 WHERE code = 'fabric'",
        "UPDATE review_points SET scale = 7 WHERE code = 'fabric'",
        "DELETE FROM review_points WHERE code = 'fabric'",
        "UPDATE review_photos SET review_id = NULL WHERE photo_id = 'back'",
        "UPDATE review_photos SET photo_id = 'other' WHERE photo_id = 'back'",
        "UPDATE review_photos SET position = 2 WHERE photo_id = 'front'",
    ];
    for statement in columns {
        let (mut repository, _) = whole(database).await;
        assert_eq!(told(&mut repository, statement).await, TrailState::Broken(2), "{statement}");
    }
    // What others add to it is no part of what it says.
    for statement in ["UPDATE reviews SET helpful = 7, usefulness = 7", "UPDATE reviews SET reports = 1"] {
        let (mut repository, _) = whole(database).await;
        assert_eq!(told(&mut repository, statement).await, TrailState::Whole(2), "{statement}");
    }
}

/// A deleted review keeps what it said, and loses its photos in time.
async fn photos_of_deleted_reviews_go(database: &Database) {
    let (mut repository, id) = whole(database).await;
    act(&mut repository, &id, Action::Delete, Some(Reason::Unlawful)).await;
    assert_eq!(repository.check_review_trail("maison").await.unwrap(), TrailState::Whole(3));
    assert_eq!(repository.forget_photos(0).await.unwrap().len(), 2);
    assert_eq!(repository.check_review_trail("maison").await.unwrap(), TrailState::Whole(3));
    assert_eq!(told(&mut repository, "UPDATE reviews SET rating = 5").await, TrailState::Broken(3));
}

/// Before digests of everything a trail had those of texts and stars alone.
async fn first_digests_hold(database: &Database) {
    for (statement, state) in [
        ("UPDATE reviews SET incentive = NULL, checked = 'not'", TrailState::Whole(2)),
        ("UPDATE reviews SET rating = 5", TrailState::Broken(2)),
        ("UPDATE reviews SET title = NULL", TrailState::Broken(2)),
    ] {
        let (mut repository, id) = whole(database).await;
        as_at_first(&mut repository, &id).await;
        assert_eq!(repository.check_review_trail("maison").await.unwrap(), TrailState::Whole(2));
        assert_eq!(told(&mut repository, statement).await, state, "{statement}");
    }
    // What is done with it from now on is written with all of it.
    let (mut repository, id) = whole(database).await;
    as_at_first(&mut repository, &id).await;
    act(&mut repository, &id, Action::Delete, Some(Reason::Unlawful)).await;
    assert_eq!(repository.check_review_trail("maison").await.unwrap(), TrailState::Whole(3));
    assert_eq!(told(&mut repository, "UPDATE reviews SET incentive = NULL").await, TrailState::Broken(3));
}

/// Writes the chain of the only review as it was written at first.
async fn as_at_first(repository: &mut Repository, id: &str) {
    let review = repository.review("maison", id).await.unwrap().unwrap();
    let digest = first_digest(&review);
    let mut link = String::new();
    for entry in repository.review_trail("maison", id).await.unwrap() {
        let linked = Linked {
            number: entry.number,
            review_id: id,
            at: entry.at,
            action: entry.action.as_str(),
            before: entry.before.map(State::as_str),
            after: entry.after.as_str(),
            actor: entry.by.as_str(),
            staff_id: None,
            reason: None,
            note: None,
            digest: &digest,
        };
        link = linked.after(&link);
        sqlx::query("UPDATE review_trail SET digest = $1, link = $2 WHERE number = $3")
            .bind(digest.as_str())
            .bind(link.as_str())
            .bind(entry.number)
            .execute(&mut *repository.tx)
            .await
            .unwrap();
    }
    sqlx::query("UPDATE review_heads SET link = $1").bind(link).execute(&mut *repository.tx).await.unwrap();
}

async fn all(database: &Database) {
    what_is_taken_out_or_changed_shows(database).await;
    each_column_is_compared(database).await;
    photos_of_deleted_reviews_go(database).await;
    first_digests_hold(database).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tampering_shows_in_sqlite() {
    all(&SqliteFile::new().await.database).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tampering_shows_in_postgres() {
    let server = PostgresServer::start();
    let database = server.database().await;
    all(&database).await;
    database.close().await;
}
