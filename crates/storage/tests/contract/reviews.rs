//! Reviews: their life, their links, their counts and their trail.

use std::collections::BTreeMap;

use devanture_domain::{
    civil::Date,
    review::{About, Action, Actor, Checked, Fit, NotPossible, Points, Rating, Reason, Scale, Sort, State},
};
use devanture_storage::{
    Claim, Database, Door, Draft, Invitee, Judged, Judgement, NewInvitation, NewReview, PrivateToken,
    QueueFilter, QueueNarrow, Repository, Review, ReviewFilter, TrailState, Writing,
};

use super::network::tenant;

pub(super) const PRODUCT: (About, &str) = (About::Product, "ROBE");

pub(super) fn draft(stars: u8, body: &str) -> Draft {
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

pub(super) fn token(n: u8) -> PrivateToken {
    PrivateToken::from_random([n; 18])
}

pub(super) async fn write(
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

pub(super) async fn written(repository: &mut Repository, n: u8, draft: &Draft) -> Review {
    match write(repository, n, PRODUCT, Door::Open(Some(Date(20_000))), draft).await {
        Writing::New(review) => *review,
        other => panic!("{other:?}"),
    }
}

pub(super) fn judgement(action: Action, reason: Option<Reason>, at: i64) -> Judgement<'static> {
    Judgement { action, by: Actor::Staff, staff_id: Some("st_1"), reason, note: None, seen: None, at }
}

pub(super) async fn judge(repository: &mut Repository, id: &str, judgement: &Judgement<'_>) -> Judged {
    repository.judge_review("maison", id, judgement).await.unwrap().unwrap()
}

pub(super) async fn published(repository: &mut Repository, n: u8, draft: &Draft) -> Review {
    let review = written(repository, n, draft).await;
    match judge(repository, &review.id, &judgement(Action::Publish, None, 1000 + i64::from(n))).await {
        Judged::Done(review) => *review,
        other => panic!("{other:?}"),
    }
}

pub(super) async fn list(repository: &mut Repository, filter: &ReviewFilter, sort: Sort) -> Vec<Review> {
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
    let queue = (QueueFilter::State(State::Submitted), &QueueNarrow::default());
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

pub(super) fn invitation<'a>(id: &'a str, invitee: Option<&'a Invitee>) -> NewInvitation<'a> {
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
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn throw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    pub(super) fn stars(&mut self) -> u8 {
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
        let sizes = [None, Some("38"), Some("40")];
        text.size = sizes[usize::try_from(dice.throw(3)).unwrap()].map(str::to_owned);
        let language = if dice.throw(2) == 0 { "fr" } else { "en" };
        language.clone_into(&mut text.language);
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
