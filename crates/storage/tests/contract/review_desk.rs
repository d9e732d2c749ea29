//! Reviews as head office goes through them.

use devanture_domain::review::{About, Action, Rating, Reason, State};
use devanture_storage::{
    Database, Door, Draft, Judged, NewInvitation, Photo, QueueFilter, QueueNarrow, ReviewRequestState,
    TrailState, Writing,
};

use super::{
    network::tenant,
    reviews::{PRODUCT, draft, invitation, judgement, published, token, write, written},
};

pub(super) async fn the_queue_is_narrowed_down(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    for (n, stars) in [(1, 1), (2, 5), (3, 3)] {
        written(&mut repository, n, &draft(stars, "Encore à lire.")).await;
    }
    write(&mut repository, 4, (About::Store, "FR-NTE"), Door::Open(None), &draft(5, "Bon accueil.")).await;
    let mut found = async |narrow: QueueNarrow<'_>| -> Vec<u8> {
        let filter = QueueFilter::State(State::Submitted);
        let found = repository.review_queue("maison", (filter, &narrow), None, 9).await.unwrap();
        found.iter().map(|one| one.review.rating.stars()).collect()
    };
    let all = QueueNarrow::default();
    assert_eq!(found(all).await, [1, 5, 3, 5]);
    assert_eq!(found(QueueNarrow { about: Some(About::Store), ..all }).await, [5]);
    assert_eq!(found(QueueNarrow { subject: Some("ROBE"), ..all }).await, [1, 5, 3]);
    assert_eq!(found(QueueNarrow { about: Some(About::Store), subject: Some("ROBE"), ..all }).await, [0; 0]);
    let bad = [Rating::ALL[0], Rating::ALL[2]];
    assert_eq!(found(QueueNarrow { stars: &bad, ..all }).await, [1, 3]);
    assert_eq!(found(QueueNarrow { photos: true, ..all }).await, [0; 0]);
}

pub(super) async fn a_photo_goes_on_its_own(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    for id in ["a", "b"] {
        let photo = Photo { id: id.to_owned(), width: 640, height: 480 };
        repository.add_photo("maison", &photo, 100).await.unwrap();
    }
    let with =
        Draft { photos: vec!["a".to_owned(), "b".to_owned()], ..draft(5, "Avec des photos de près.") };
    let review = published(&mut repository, 1, &with).await;
    let refuse = judgement(Action::RemovePhoto, Some(Reason::Photo), 2000);
    let place = ("maison", review.id.as_str(), "a");
    assert_eq!(repository.refuse_photo(("maison", &review.id, "c"), &refuse).await.unwrap(), None);
    let unread = devanture_storage::Judgement { seen: Some(0), ..refuse };
    assert!(matches!(repository.refuse_photo(place, &unread).await.unwrap(), Some(Judged::Changed(_))));
    let silent = devanture_storage::Judgement { reason: None, ..refuse };
    assert!(matches!(repository.refuse_photo(place, &silent).await.unwrap(), Some(Judged::NotPossible(_))));
    let Some(Judged::Done(now)) = repository.refuse_photo(place, &refuse).await.unwrap() else { panic!() };
    assert_eq!((now.state, now.photos.len()), (State::Published, 1));
    assert_eq!(repository.review("maison", &review.id).await.unwrap(), Some(*now));
    assert_eq!(repository.refuse_photo(place, &refuse).await.unwrap(), None, "once");
    let summary = repository.review_summary("maison", PRODUCT.0, PRODUCT.1).await.unwrap();
    assert_eq!((summary.counts.with_photos, summary.counts.total()), (1, 1));
    let last = repository.review_trail("maison", &review.id).await.unwrap().pop().unwrap();
    assert_eq!(
        (last.action, last.reason, last.after),
        (Action::RemovePhoto, Some(Reason::Photo), State::Published)
    );
    assert!(matches!(repository.check_review_trail("maison").await.unwrap(), TrailState::Whole(3)));
    repository.save().await.unwrap();
    let mut repository = database.write().await.unwrap();
    let again =
        write(&mut repository, 2, PRODUCT, Door::Open(None), &Draft { photos: vec!["a".to_owned()], ..with })
            .await;
    assert_eq!(again, Writing::NoPhoto("a".to_owned()), "nobody takes it up again");
    drop(repository);
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.forget_photos(1).await.unwrap(), ["a"]);
}

pub(super) async fn who_was_asked_and_what_came_of_it(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    for (at, id) in [(10, "one"), (20, "two"), (20, "three"), (30, "four")] {
        let expires_at = if id == "three" { 40 } else { 5000 };
        let new = NewInvitation { at, expires_at, ..invitation(id, None) };
        assert!(repository.add_invitation(&new).await.unwrap());
    }
    repository.add_invitation_link("maison", "one", &token(100)).await.unwrap();
    let link = token(100);
    let text = draft(5, "Par le lien de la lettre.");
    let Writing::New(review) = write(&mut repository, 3, PRODUCT, Door::Link(&link), &text).await else {
        panic!()
    };
    let mut found = async |state, after| -> Vec<String> {
        let asked = repository.review_requests("maison", (state, 50), after, 2).await.unwrap();
        assert!(
            asked.iter().all(|one| one.review_id.is_none() || one.review_id.as_ref() == Some(&review.id))
        );
        asked.into_iter().map(|one| one.id).collect()
    };
    assert_eq!(found(None, None).await, ["four", "two"]);
    assert_eq!(found(None, Some((20, "two"))).await, ["three", "one"]);
    assert_eq!(found(Some(ReviewRequestState::Sent), None).await, ["four", "two"]);
    assert_eq!(found(Some(ReviewRequestState::Written), None).await, ["one"]);
    assert_eq!(found(Some(ReviewRequestState::Expired), None).await, ["three"]);
}
