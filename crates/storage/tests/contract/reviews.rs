//! Reviews, their counts and their trail.

use std::collections::BTreeMap;

use devanture_domain::{
    civil::Date,
    review::{About, Action, Actor, Checked, Fit, NotPossible, Points, Rating, Reason, Scale, Sort, State},
};
use devanture_storage::{
    Claim, Database, Door, Draft, ImportedReview, Importing, Invitee, Judged, Judgement, LetterKind,
    NewInvitation, NewReview, Outcome, Photo, PrivateToken, QueueFilter, Report, Repository, Review,
    ReviewCursor, ReviewFilter, Subjects, TrailState, Writing,
};

use super::network::tenant;

const PRODUCT: (About, &str) = (About::Product, "ROBE");

fn draft(stars: u8, body: &str) -> Draft {
    Draft {
        rating: Rating::new(stars).unwrap(),
        title: Some("Très bien".to_owned()),
        body: body.to_owned(),
        language: "fr".to_owned(),
        fit: Some(Fit::True),
        usual_size: Some("38".to_owned()),
        size: Some("38".to_owned()),
        points: vec![(Points { code: "comfort".to_owned(), points: 4 }, Scale::Five)],
        photos: Vec::new(),
        author: "Zoé".to_owned(),
        email: Some(("Zoe@example.com".to_owned(), "zoe@example.com".to_owned())),
    }
}

fn token(n: u8) -> PrivateToken {
    PrivateToken::from_random([n; 18])
}

async fn write(
    repository: &mut Repository,
    n: u8,
    (about, subject): (About, &str),
    door: Door<'_>,
    draft: &Draft,
) -> Writing {
    let key = format!("idempotency-{n}-of-a-test");
    let token = token(n);
    let body = format!("{draft:?}");
    let claim = Claim {
        tenant: "maison",
        site_id: "shop",
        key: &key,
        body: body.as_bytes(),
        token: &token,
        at: i64::from(n) * 10,
    };
    let new = NewReview { claim, random: [n; 16], about, subject, door, draft, locale: "fr-FR" };
    repository.write_review(&new).await.unwrap()
}

async fn written(repository: &mut Repository, n: u8, draft: &Draft) -> Review {
    match write(repository, n, PRODUCT, Door::Open(Some(Date(20_000))), draft).await {
        Writing::New(review) => *review,
        other => panic!("{other:?}"),
    }
}

fn judgement(action: Action, reason: Option<Reason>, at: i64) -> Judgement<'static> {
    Judgement { action, by: Actor::Staff, staff_id: Some("st_1"), reason, note: None, seen: None, at }
}

async fn judge(repository: &mut Repository, id: &str, judgement: &Judgement<'_>) -> Judged {
    repository.judge_review("maison", id, judgement).await.unwrap().unwrap()
}

async fn published(repository: &mut Repository, n: u8, draft: &Draft) -> Review {
    let review = written(repository, n, draft).await;
    match judge(repository, &review.id, &judgement(Action::Publish, None, 1000 + i64::from(n))).await {
        Judged::Done(review) => *review,
        other => panic!("{other:?}"),
    }
}

async fn list(repository: &mut Repository, filter: &ReviewFilter, sort: Sort) -> Vec<Review> {
    repository.published_reviews("maison", PRODUCT, filter, (sort, None), 500).await.unwrap()
}

pub(super) async fn read_before_it_is_shown(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let text = draft(4, "Coupe parfaite, tissu épais.");
    let review = written(&mut repository, 1, &text).await;
    assert_eq!((review.state, review.number, review.checked), (State::Submitted, 1, Checked::Not));
    assert_eq!(repository.review("maison", &review.id).await.unwrap(), Some(review.clone()));
    assert_eq!(repository.review("other", &review.id).await.unwrap(), None);
    assert!(list(&mut repository, &ReviewFilter::default(), Sort::Newest).await.is_empty());
    let queue = (QueueFilter::State(State::Submitted), None);
    let waiting = repository.review_queue("maison", queue, None, 10).await.unwrap();
    assert_eq!(waiting.iter().map(|one| &one.review).collect::<Vec<_>>(), [&review]);
    assert_eq!(repository.review_backlog("maison").await.unwrap(), (1, 0));

    let again = write(&mut repository, 1, PRODUCT, Door::Open(Some(Date(20_000))), &text).await;
    assert_eq!(again, Writing::Again(token(1)));
    let other = draft(5, "Un tout autre avis que le premier.");
    assert_eq!(write(&mut repository, 1, PRODUCT, Door::Open(None), &other).await, Writing::KeyReused);

    let refuse = judgement(Action::Refuse, Some(Reason::OffTopic), 20);
    let unread = Judgement { seen: Some(0), ..refuse };
    assert!(matches!(judge(&mut repository, &review.id, &unread).await, Judged::Changed(_)));
    let told = Judgement { note: Some("Parle de la livraison."), ..refuse };
    assert!(
        matches!(judge(&mut repository, &review.id, &told).await, Judged::Done(now) if now.state == State::Refused)
    );
    let own = repository.own_review(&token(1)).await.unwrap().unwrap();
    assert_eq!((own.reason, own.note.as_deref()), (Some(Reason::OffTopic), Some("Parle de la livraison.")));
    assert_eq!((own.email.as_deref(), own.locale.as_str()), (Some("Zoe@example.com"), "fr-FR"));
    assert_eq!(repository.own_review(&token(9)).await.unwrap(), None);

    let publish = judgement(Action::Publish, None, 30);
    assert!(matches!(judge(&mut repository, &review.id, &publish).await, Judged::Done(_)));
    assert!(matches!(judge(&mut repository, &review.id, &publish).await, Judged::Already(_)));
    assert!(repository.judge_review("maison", "none", &publish).await.unwrap().is_none());
    let shown = list(&mut repository, &ReviewFilter::default(), Sort::Newest).await;
    assert_eq!((shown.len(), shown[0].published_at, shown[0].author.as_deref()), (1, Some(30), Some("Zoé")));
    let trail = repository.review_trail("maison", &review.id).await.unwrap();
    let steps: Vec<_> = trail.iter().map(|step| (step.action, step.by, step.after)).collect();
    assert_eq!(
        steps,
        [
            (Action::Submit, Actor::Author, State::Submitted),
            (Action::Refuse, Actor::Staff, State::Refused),
            (Action::Publish, Actor::Staff, State::Published),
        ]
    );
    assert_eq!(trail[1].staff_id.as_deref(), Some("st_1"));
    assert_eq!(repository.check_review_trail("maison").await.unwrap(), TrailState::Whole(3));
    assert_eq!(repository.check_review_trail("other").await.unwrap(), TrailState::Whole(0));
}

pub(super) async fn written_anew_and_taken_away(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let review = published(&mut repository, 1, &draft(2, "Trop petite pour moi, dommage.")).await;
    let mut second = draft(5, "Échangée pour une taille de plus : parfaite.");
    second.points.clear();
    let Ok(Judged::Done(now)) = repository.edit_review(&review, &second, 2000).await.unwrap() else {
        panic!("not taken")
    };
    assert_eq!((now.state, now.edited_at, now.points.len()), (State::Submitted, Some(2000), 0));
    assert_eq!(repository.review("maison", &review.id).await.unwrap(), Some(*now));
    assert_eq!(repository.review_summary("maison", PRODUCT.0, PRODUCT.1).await.unwrap().counts.total(), 0);
    let trail = repository.review_trail("maison", &review.id).await.unwrap();
    let replaced = trail.last().unwrap().replaced.clone().unwrap();
    assert_eq!(replaced, "2/5\nTrès bien\nTrop petite pour moi, dommage.");

    judge(&mut repository, &review.id, &judgement(Action::Publish, None, 3000)).await;
    let shown = list(&mut repository, &ReviewFilter::default(), Sort::Newest).await;
    assert_eq!((shown[0].published_at, shown[0].rating.stars()), (Some(1001), 5), "first shown then");
    let refused =
        judge(&mut repository, &review.id, &judgement(Action::Refuse, Some(Reason::OffTopic), 3500)).await;
    assert_eq!(refused, Judged::NotPossible(NotPossible::State(State::Published)));
    judge(&mut repository, &review.id, &judgement(Action::Delete, Some(Reason::Unlawful), 4000)).await;
    assert!(list(&mut repository, &ReviewFilter::default(), Sort::Newest).await.is_empty());
    let publish = judge(&mut repository, &review.id, &judgement(Action::Publish, None, 5000)).await;
    assert_eq!(publish, Judged::NotPossible(NotPossible::State(State::Deleted)));
    let edit = repository.edit_review(&review, &second, 6000).await.unwrap();
    assert_eq!(edit, Ok(Judged::NotPossible(NotPossible::State(State::Deleted))));
    assert_eq!(repository.check_review_trail("maison").await.unwrap(), TrailState::Whole(5));
}

fn invitation<'a>(id: &'a str, invitee: Option<&'a Invitee>) -> NewInvitation<'a> {
    NewInvitation {
        tenant: "maison",
        id,
        origin: id,
        about: About::Product,
        subject: "ROBE",
        size: Some("40"),
        checked: Checked::Purchase,
        incentive: Some("Bon de 5 €"),
        experienced_on: Some(Date(20_500)),
        site_id: "shop",
        locale: "fr-FR",
        at: 0,
        expires_at: 5000,
        invitee,
    }
}

pub(super) async fn links_are_used_once(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    assert!(repository.add_invitation(&invitation("one", None)).await.unwrap());
    assert!(
        !repository.add_invitation(&NewInvitation { id: "two", ..invitation("one", None) }).await.unwrap()
    );
    repository.add_invitation_link("maison", "one", &token(100)).await.unwrap();
    repository.add_invitation_link("maison", "one", &token(101)).await.unwrap();
    repository.save().await.unwrap();
    let link = token(100);
    let door = Door::Link(&link);
    let mut text = draft(5, "Exactement ce que je cherchais.");
    text.size = None;
    let refused = async |n: u8, subject, token: &PrivateToken| {
        let mut repository = database.write().await.unwrap();
        write(&mut repository, n, subject, Door::Link(token), &text).await
    };
    assert_eq!(refused(1, PRODUCT, &token(99)).await, Writing::NoLink);
    assert_eq!(refused(1, (About::Product, "JUPE"), &link).await, Writing::LinkForOther);
    assert_eq!(refused(1, (About::Store, "ROBE"), &link).await, Writing::LinkForOther);
    let mut repository = database.write().await.unwrap();
    let late =
        Claim { tenant: "maison", site_id: "shop", key: "late", body: b"", token: &token(7), at: 5000 };
    let late = NewReview {
        claim: late,
        random: [7; 16],
        about: PRODUCT.0,
        subject: PRODUCT.1,
        door,
        draft: &text,
        locale: "fr",
    };
    assert_eq!(repository.write_review(&late).await.unwrap(), Writing::LinkExpired);
    drop(repository);

    let mut repository = database.write().await.unwrap();
    let Writing::New(review) = write(&mut repository, 1, PRODUCT, door, &text).await else {
        panic!("not taken")
    };
    assert_eq!((review.checked, review.incentive.as_deref()), (Checked::Purchase, Some("Bon de 5 €")));
    assert_eq!((review.experienced_on, review.size.as_deref()), (Some(Date(20_500)), Some("40")));
    repository.save().await.unwrap();
    assert_eq!(refused(2, PRODUCT, &link).await, Writing::LinkUsed);
    assert_eq!(refused(2, PRODUCT, &token(101)).await, Writing::LinkUsed, "the reminder's link as well");
    assert_eq!(refused(1, PRODUCT, &link).await, Writing::Again(token(1)), "the same request");
}

pub(super) async fn of_two_at_once_one_uses_the_link(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    repository.add_invitation(&invitation("one", None)).await.unwrap();
    repository.add_invitation_link("maison", "one", &token(100)).await.unwrap();
    repository.save().await.unwrap();
    let all = (1..=8u8).map(|n| async move {
        let mut repository = database.write().await.unwrap();
        let link = token(100);
        let done =
            write(&mut repository, n, PRODUCT, Door::Link(&link), &draft(5, "Une seule fois suffit.")).await;
        if matches!(done, Writing::New(_)) {
            repository.save().await.unwrap();
        }
        done
    });
    let all = futures_util::future::join_all(all).await;
    assert_eq!(all.iter().filter(|done| matches!(done, Writing::New(_))).count(), 1);
    assert_eq!(all.iter().filter(|done| **done == Writing::LinkUsed).count(), 7);
}

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn stars(&mut self) -> u8 {
        u8::try_from(1 + self.throw(5)).unwrap()
    }
}

pub(super) async fn counts_are_those_of_what_is_shown(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let mut dice = Dice(42);
    let mut ids = Vec::new();
    for n in 1..=40u8 {
        let mut text = draft(dice.stars(), "Une robe comme je les aime.");
        text.fit = [None, Some(Fit::Small), Some(Fit::True), Some(Fit::Large)]
            [usize::try_from(dice.throw(4)).unwrap()];
        text.size = [None, Some("38".to_owned()), Some("40".to_owned())]
            [usize::try_from(dice.throw(3)).unwrap()]
        .clone();
        text.language = if dice.throw(2) == 0 { "fr" } else { "en" }.to_owned();
        if dice.throw(2) == 0 {
            text.points[0].0.points = dice.stars();
        }
        ids.push(written(&mut repository, n, &text).await.id);
    }
    for at in 0..200 {
        let id = &ids[usize::try_from(dice.throw(40)).unwrap()];
        let action = [Action::Publish, Action::Publish, Action::Refuse, Action::Delete, Action::Edit]
            [usize::try_from(dice.throw(5)).unwrap()];
        if action == Action::Edit {
            let review = repository.review("maison", id).await.unwrap().unwrap();
            let _ = repository
                .edit_review(&review, &draft(dice.stars(), "J’ai changé d’avis."), at)
                .await
                .unwrap();
        } else {
            // Not so many that nothing is left.
            let reason = action.needs_reason().then_some(Reason::Advertising);
            if action != Action::Delete || dice.throw(4) == 0 {
                judge(&mut repository, id, &judgement(action, reason, at)).await;
            }
        }
    }
    let shown = list(&mut repository, &ReviewFilter::default(), Sort::Newest).await;
    assert!(shown.len() > 3, "{}", shown.len());
    let summary = repository.review_summary("maison", PRODUCT.0, PRODUCT.1).await.unwrap();
    let count =
        |is: &dyn Fn(&Review) -> bool| u32::try_from(shown.iter().filter(|one| is(one)).count()).unwrap();
    for stars in Rating::ALL {
        let counted = summary.counts.stars[usize::from(stars.stars()) - 1];
        assert_eq!(counted, count(&|one| one.rating == stars), "{stars:?}");
    }
    assert_eq!(summary.counts.fit.small, count(&|one| one.fit == Some(Fit::Small)));
    assert_eq!(summary.counts.fit.true_to_size, count(&|one| one.fit == Some(Fit::True)));
    assert_eq!(summary.counts.fit.large, count(&|one| one.fit == Some(Fit::Large)));
    let mut sizes = BTreeMap::new();
    for size in shown.iter().filter_map(|one| one.size.clone()) {
        *sizes.entry(size).or_insert(0) += 1;
    }
    assert_eq!(
        summary.sizes.iter().map(|one| (one.value.clone(), one.count)).collect::<BTreeMap<_, _>>(),
        sizes
    );
    let comfort: Vec<u32> =
        shown.iter().flat_map(|one| &one.points).map(|(given, _)| u32::from(given.points)).collect();
    let counted = &summary.counts.criteria[0];
    assert_eq!((counted.count, counted.sum), (u32::try_from(comfort.len()).unwrap(), comfort.iter().sum()));
    assert_eq!(summary.languages.iter().map(|one| one.count).sum::<u32>(), summary.counts.total());
    let ratings = repository
        .review_ratings("maison", About::Product, &["ROBE".to_owned(), "JUPE".to_owned()])
        .await
        .unwrap();
    assert_eq!(ratings.keys().collect::<Vec<_>>(), ["ROBE"]);
    assert_eq!(ratings["ROBE"].stars, summary.counts.stars);
    let none = repository.review_ratings("maison", About::Store, &["ROBE".to_owned()]).await.unwrap();
    assert!(none.is_empty(), "stores are counted apart");
    assert!(matches!(repository.check_review_trail("maison").await.unwrap(), TrailState::Whole(n) if n > 80));
}

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
    let reported = repository.review_queue("maison", (QueueFilter::Reported, None), None, 10).await.unwrap();
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
