//! Reviews: how they are listed, what readers say of them, whose they are, where they come from.

use devanture_domain::review::{About, Action, Checked, Rating, Reason, Sort, State};
use devanture_storage::{
    Database, Door, Draft, ImportedReview, Importing, Invitee, Judged, LetterKind, Outcome, Photo,
    QueueFilter, QueueNarrow, Report, Review, ReviewCursor, ReviewFilter, Subjects, TrailState, Writing,
};

use super::{
    network::tenant,
    reviews::{Dice, PRODUCT, draft, invitation, judge, judgement, list, published, token, write, written},
};

pub(super) async fn every_order_page_by_page(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let mut dice = Dice(7);
    for n in 1..=30u8 {
        let review = written(&mut repository, n, &draft(dice.stars(), "Une page après l’autre.")).await;
        // Several at one instant.
        judge(&mut repository, &review.id, &judgement(Action::Publish, None, 1000 + i64::from(n / 4))).await;
        for voter in 0..dice.throw(4) {
            let voter = (format!("reader {voter}"), dice.throw(2) == 0);
            repository.vote_review("maison", &review.id, (&voter.0, voter.1), 2000).await.unwrap();
        }
    }
    for sort in Sort::ALL {
        let mut wanted = list(&mut repository, &ReviewFilter::default(), Sort::Newest).await;
        wanted.sort_by(|a, b| {
            let useful = |one: &Review| i64::from(one.helpful) - i64::from(one.unhelpful);
            let ranked = match sort {
                Sort::Newest => std::cmp::Ordering::Equal,
                Sort::Helpful => useful(b).cmp(&useful(a)),
                Sort::Highest => b.rating.cmp(&a.rating),
                Sort::Lowest => a.rating.cmp(&b.rating),
            };
            ranked.then(b.published_at.cmp(&a.published_at))
        });
        let (mut pages, mut after) = (Vec::new(), None);
        loop {
            let page = repository
                .published_reviews("maison", PRODUCT, &ReviewFilter::default(), (sort, after.as_ref()), 7)
                .await
                .unwrap();
            let Some(last) = page.last() else { break };
            after = Some(ReviewCursor::after(last, sort));
            pages.extend(page);
        }
        let key = |one: &Review| (one.rating, one.helpful, one.unhelpful, one.published_at);
        assert_eq!(pages.len(), 30, "{sort:?}");
        let ranks = |all: &[Review]| {
            all.iter()
                .map(|one| {
                    (
                        match sort {
                            Sort::Newest => 0,
                            Sort::Helpful => i64::from(key(one).1) - i64::from(key(one).2),
                            Sort::Highest | Sort::Lowest => i64::from(key(one).0.stars()),
                        },
                        key(one).3,
                    )
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(ranks(&pages), ranks(&wanted), "{sort:?}");
        let different: std::collections::BTreeSet<_> = pages.iter().map(|one| one.id.clone()).collect();
        assert_eq!(different.len(), 30, "{sort:?}: none twice");
    }
}

pub(super) async fn narrowed_down(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let long =
        Draft { size: Some("40".to_owned()), ..draft(5, "L’étoffe est épaisse & chaude, 100 % laine.") };
    let short =
        Draft { language: "en".to_owned(), title: None, ..draft(1, "Itchy_wool, too thin for winter.") };
    published(&mut repository, 1, &long).await;
    published(&mut repository, 2, &short).await;
    let mut found = async |filter: ReviewFilter| -> Vec<u8> {
        list(&mut repository, &filter, Sort::Newest).await.iter().map(|one| one.rating.stars()).collect()
    };
    let of = |stars: &[u8]| ReviewFilter {
        stars: stars.iter().map(|stars| Rating::new(*stars).unwrap()).collect(),
        ..ReviewFilter::default()
    };
    assert_eq!(found(ReviewFilter::default()).await, [1, 5]);
    assert_eq!(found(of(&[5])).await, [5]);
    assert_eq!(found(of(&[1, 2, 5])).await, [1, 5]);
    assert_eq!(found(of(&[3])).await, [0; 0]);
    assert_eq!(found(ReviewFilter { size: Some("40".to_owned()), ..of(&[]) }).await, [5]);
    assert_eq!(found(ReviewFilter { language: Some("en".to_owned()), ..of(&[]) }).await, [1]);
    assert_eq!(found(ReviewFilter { photos: true, ..of(&[]) }).await, [0; 0]);
    let typed = |words: &str| ReviewFilter { words: Some(words.to_owned()), ..of(&[]) };
    assert_eq!(found(typed("ETOFFE epai")).await, [5]);
    assert_eq!(found(typed("paisse")).await, [0; 0], "words are found by how they begin");
    assert_eq!(found(typed("%")).await, [1, 5], "no word narrows nothing");
    assert_eq!(found(typed("100 %' OR '1'='1")).await, [0; 0]);
    assert_eq!(found(typed("itchy wool")).await, [1]);
}

pub(super) async fn voices_of_readers(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let review = published(&mut repository, 1, &draft(4, "Utile aux autres, j’espère.")).await;
    let mut vote = async |voter: &str, helpful| {
        let now = repository.vote_review("maison", &review.id, (voter, helpful), 5).await.unwrap().unwrap();
        (now.helpful, now.unhelpful)
    };
    assert_eq!(vote("a", true).await, (1, 0));
    assert_eq!(vote("a", true).await, (1, 0), "once");
    assert_eq!(vote("b", false).await, (1, 1));
    assert_eq!(vote("a", false).await, (0, 2), "what they say last");
    let waiting = written(&mut repository, 2, &draft(4, "Personne ne m’a encore lu.")).await;
    assert!(repository.vote_review("maison", &waiting.id, ("a", true), 5).await.unwrap().is_none());

    let report = Report { reason: Reason::Advertising, note: Some("Un lien".to_owned()), at: 6 };
    assert!(repository.report_review("maison", &review.id, &report, [1; 16]).await.unwrap());
    assert!(repository.report_review("maison", &review.id, &report, [2; 16]).await.unwrap());
    assert!(!repository.report_review("maison", &waiting.id, &report, [3; 16]).await.unwrap());
    let reported = repository
        .review_queue("maison", (QueueFilter::Reported, &QueueNarrow::default()), None, 10)
        .await
        .unwrap();
    assert_eq!(
        reported.iter().map(|one| (one.review.id.clone(), one.reports)).collect::<Vec<_>>(),
        [(review.id.clone(), 2)]
    );
    assert_eq!(repository.reports("maison", &review.id).await.unwrap(), [report.clone(), report]);
    repository.dismiss_reports("maison", &review.id, 7).await.unwrap();
    assert_eq!(repository.reports("maison", &review.id).await.unwrap(), []);
    assert_eq!(repository.review_backlog("maison").await.unwrap(), (1, 0));

    let answered =
        repository.answer_review("maison", &review.id, (Some("Merci !"), Some("st_1")), 8).await.unwrap();
    assert_eq!(answered.unwrap().answer.unwrap().body, "Merci !");
    let shown = list(&mut repository, &ReviewFilter::default(), Sort::Newest).await;
    assert_eq!(
        shown[0].answer.as_ref().map(|answer| (answer.body.as_str(), answer.at)),
        Some(("Merci !", 8))
    );
    repository.answer_review("maison", &review.id, (None, None), 9).await.unwrap();
    assert_eq!(list(&mut repository, &ReviewFilter::default(), Sort::Newest).await[0].answer, None);
    assert!(
        repository.answer_review("maison", &waiting.id, (Some("Merci"), None), 8).await.unwrap().is_none()
    );
}

pub(super) async fn photos_belong_to_one_review(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let photo = |id: &str| Photo { id: id.to_owned(), width: 640, height: 480 };
    for id in ["a", "b", "c"] {
        repository.add_photo("maison", &photo(id), 100).await.unwrap();
    }
    let with = |ids: &[&str]| Draft {
        photos: ids.iter().map(|id| (*id).to_owned()).collect(),
        ..draft(5, "Avec des photos de près.")
    };
    let review = published(&mut repository, 1, &with(&["b", "a"])).await;
    assert_eq!(review.photos, [photo("b"), photo("a")]);
    let only = ReviewFilter { photos: true, ..ReviewFilter::default() };
    assert_eq!(list(&mut repository, &only, Sort::Newest).await[0].photos, [photo("b"), photo("a")]);
    assert_eq!(
        repository.photo_place("a").await.unwrap(),
        Some(("maison".to_owned(), Some(State::Published)))
    );
    assert_eq!(repository.photo_place("c").await.unwrap(), Some(("maison".to_owned(), None)));
    assert_eq!(repository.photo_place("d").await.unwrap(), None);
    repository.save().await.unwrap();
    for ids in [&["a"], &["d"]] {
        let mut repository = database.write().await.unwrap();
        let done = write(&mut repository, 2, PRODUCT, Door::Open(None), &with(ids)).await;
        assert_eq!(done, Writing::NoPhoto(ids[0].to_owned()));
    }
    let mut repository = database.write().await.unwrap();
    let Ok(Judged::Done(now)) = repository.edit_review(&review, &with(&["c", "b"]), 50).await.unwrap() else {
        panic!()
    };
    assert_eq!(now.photos, [photo("c"), photo("b")]);
    assert_eq!(repository.review("maison", &review.id).await.unwrap().unwrap().photos, now.photos);
    assert_eq!(repository.forget_photos(100).await.unwrap(), [""; 0]);
    assert_eq!(repository.forget_photos(101).await.unwrap(), ["a"]);
    judge(&mut repository, &review.id, &judgement(Action::Delete, Some(Reason::Photo), 60)).await;
    let mut gone = repository.forget_photos(0).await.unwrap();
    gone.sort();
    assert_eq!(gone, ["b", "c"]);
}

pub(super) async fn a_person_has_and_erases(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let review = published(&mut repository, 1, &draft(3, "Je m’appelle Zoé et j’habite Nantes.")).await;
    repository.edit_review(&review, &draft(4, "Je ne dis plus où j’habite."), 1500).await.unwrap().unwrap();
    let other = Draft { email: None, author: "Ann".to_owned(), ..draft(5, "Rien à voir avec Zoé.") };
    let other = published(&mut repository, 2, &other).await;
    let zoe = Invitee {
        name: "Zoé".to_owned(),
        email: "Zoe@example.com".to_owned(),
        email_key: "zoe@example.com".to_owned(),
    };
    repository.add_invitation(&invitation("one", Some(&zoe))).await.unwrap();
    repository.add_invitation_link("maison", "one", &token(100)).await.unwrap();
    let known = repository.person_reviews("maison", "zoe@example.com").await.unwrap();
    assert_eq!(known.reviews.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), [review.id.as_str()]);
    assert_eq!(known.invitations[0].invitee, Some(zoe));
    assert_eq!(repository.person_reviews("other", "zoe@example.com").await.unwrap().reviews, []);

    assert_eq!(
        repository.erase_reviewer("maison", "zoe@example.com", (Some("st_1"), 2000)).await.unwrap(),
        1
    );
    let known = repository.person_reviews("maison", "zoe@example.com").await.unwrap();
    assert!(known.reviews.is_empty() && known.invitations.is_empty());
    let left = repository.review("maison", &review.id).await.unwrap().unwrap();
    assert_eq!((left.state, left.body.as_str(), left.title, left.author), (State::Deleted, "", None, None));
    assert_eq!(repository.own_review(&token(1)).await.unwrap(), None);
    assert_eq!(repository.invitation_by(&token(100)).await.unwrap(), None);
    let trail = repository.review_trail("maison", &review.id).await.unwrap();
    assert!(trail.iter().all(|step| step.replaced.is_none()));
    assert_eq!(
        trail.last().map(|step| (step.action, step.reason)),
        Some((Action::Delete, Some(Reason::AuthorAsked)))
    );
    assert!(matches!(repository.check_review_trail("maison").await.unwrap(), TrailState::Whole(_)));
    assert_eq!(list(&mut repository, &ReviewFilter::default(), Sort::Newest).await[0].id, other.id);

    let written = written(&mut repository, 3, &draft(3, "Un autre, plus tard.")).await;
    assert_eq!(repository.forget_reviewers(written.written_at).await.unwrap(), 0);
    assert_eq!(repository.forget_reviewers(written.written_at + 1).await.unwrap(), 1);
    let own = repository.review_of_author("maison", &written.id).await.unwrap().unwrap();
    assert_eq!(
        (own.email, own.review.author.as_deref()),
        (None, Some("Zoé")),
        "the name was given to be shown"
    );
    repository.add_invitation(&invitation("two", None)).await.unwrap();
    assert_eq!(repository.forget_invitees(10_000).await.unwrap(), 0, "erased already");
}

pub(super) async fn taken_over_once(database: &Database) {
    tenant(database).await;
    let imported = |id: &str, stars| ImportedReview {
        source_id: id.to_owned(),
        about: About::Product,
        subject: "ROBE".to_owned(),
        rating: Rating::new(stars).unwrap(),
        title: None,
        body: String::new(),
        language: "en".to_owned(),
        fit: None,
        size: None,
        checked: Checked::Imported,
        incentive: None,
        experienced_on: None,
        published_at: 500,
        author: None,
        points: Vec::new(),
        votes: (3, 1),
        answer: None,
    };
    let mut repository = database.write().await.unwrap();
    let all = [imported("1", 5), imported("2", 4), imported("1", 1)];
    let done = repository.import_reviews("maison", "avis", &all, 600).await.unwrap();
    assert_eq!(done, [Importing::New, Importing::New, Importing::Known]);
    let again = repository.import_reviews("maison", "avis", &all[..2], 700).await.unwrap();
    assert_eq!(again, [Importing::Known, Importing::Known]);
    let elsewhere = repository.import_reviews("maison", "other", &all[..1], 700).await.unwrap();
    assert_eq!(elsewhere, [Importing::New]);
    assert_eq!(repository.imported_reviews("maison", "avis").await.unwrap(), 2);
    let shown = list(&mut repository, &ReviewFilter::default(), Sort::Newest).await;
    assert_eq!((shown.len(), shown[0].helpful, shown[0].published_at), (3, 3, Some(500)));
    let summary = repository.review_summary("maison", PRODUCT.0, PRODUCT.1).await.unwrap();
    assert_eq!((summary.counts.stars, summary.counts.verified), ([0, 0, 0, 1, 2], 3));
    assert_eq!(repository.check_review_trail("maison").await.unwrap(), TrailState::Whole(6));
    let texts = repository.review_texts("maison", Subjects::Product("ROBE"), "en", 10).await.unwrap();
    assert_eq!(texts.len(), 3);
    assert_eq!(repository.review_texts("maison", Subjects::Category("dresses"), "en", 10).await.unwrap(), []);
    assert_eq!(repository.catalogue_texts("maison", Subjects::Category("dresses")).await.unwrap(), [""; 0]);
    let page = repository.all_published("maison", About::Product, ("", ""), 2).await.unwrap();
    let last = page.last().unwrap();
    let rest =
        repository.all_published("maison", About::Product, (&last.subject, &last.id), 2).await.unwrap();
    assert_eq!((page.len(), rest.len()), (2, 1));
}

pub(super) async fn changes_are_seen_by_their_number(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let review = written(&mut repository, 1, &draft(4, "Personne ne le voit encore.")).await;
    assert_eq!(repository.review_revisions().await.unwrap(), [("maison".to_owned(), 0)]);
    judge(&mut repository, &review.id, &judgement(Action::Publish, None, 10)).await;
    assert_eq!(
        repository.reviews_changed_since("maison", 0).await.unwrap(),
        [(About::Product, "ROBE".to_owned())]
    );
    assert_eq!(repository.reviews_changed_since("maison", 1).await.unwrap(), []);
    repository.vote_review("maison", &review.id, ("a", true), 20).await.unwrap();
    assert_eq!(repository.review_revisions().await.unwrap(), [("maison".to_owned(), 2)]);
    assert_eq!(
        repository.reviews_changed_since("maison", 1).await.unwrap(),
        [(About::Product, "ROBE".to_owned())]
    );
    let summary = repository.review_summary("maison", PRODUCT.0, PRODUCT.1).await.unwrap();
    assert_eq!(summary.revision, 2);
}

pub(super) async fn asked_once_after_what_was_collected(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    assert_eq!(repository.collected_unasked("maison", (0, i64::MAX), 10).await.unwrap(), []);
    // A letter goes once, by one instance at a time.
    for _ in 0..2 {
        repository.put_letter("maison", LetterKind::Asked, ("one", 0), 10).await.unwrap();
    }
    repository.put_letter("maison", LetterKind::Judged, ("one", 7), 20).await.unwrap();
    let letters = repository.lease_letters(30, 100, 10).await.unwrap();
    let mut taken: Vec<_> =
        letters.iter().map(|one| (one.kind == LetterKind::Asked, one.subject.as_str(), one.at)).collect();
    taken.sort_unstable();
    assert_eq!(taken, [(false, "one", 20), (true, "one", 10)]);
    assert_eq!(repository.lease_letters(30, 100, 10).await.unwrap(), []);
    assert_eq!(repository.lease_deliveries(200, 300, 10).await.unwrap(), [], "they are nobody else's");
    repository.end_letter(&letters[0], &Outcome::Done, 40).await.unwrap();
    let again = repository.lease_letters(200, 300, 10).await.unwrap();
    assert_eq!((again.len(), again[0].attempt), (1, 2));
}
