//! What shop and author say to each other about a review in private.

use devanture_domain::review::{About, Action, Actor, Reason, Silence, State};
use devanture_storage::{
    Database, Door, NewReviewMessage, QueueFilter, QueueNarrow, Repository, Saying, Writing,
};

use super::{
    network::tenant,
    reviews::{draft, judge, judgement, published, token, write},
};

fn new(by: Actor, n: i64, body: &str) -> (String, Actor, &str, i64) {
    (format!("drawn-by-a-test-{n}"), by, body, 5000 + n)
}

async fn say(
    repository: &mut Repository,
    id: &str,
    (sent_as, by, body, at): &(String, Actor, &str, i64),
) -> Saying {
    let staff_id = (*by == Actor::Staff).then_some("st_1");
    let new = NewReviewMessage { sent_as, by: *by, staff_id, body, at: *at };
    repository.say("maison", id, &new).await.unwrap().unwrap()
}

async fn waiting(repository: &mut Repository, published: bool, subject: Option<&str>) -> Vec<String> {
    let narrow = QueueNarrow { subject, ..QueueNarrow::default() };
    let filter = QueueFilter::Waiting { published };
    let found = repository.review_queue("maison", (filter, &narrow), None, 9).await.unwrap();
    found.into_iter().map(|one| one.review.id).collect()
}

pub(super) async fn one_says_and_the_other_answers(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let review = published(&mut repository, 1, &draft(2, "La couture a lâché.")).await;
    let id = review.id.as_str();
    assert_eq!(
        repository
            .say(
                "maison",
                "none",
                &NewReviewMessage { sent_as: "x", by: Actor::Staff, staff_id: None, body: "a", at: 1 }
            )
            .await
            .unwrap(),
        None
    );
    let early = new(Actor::Author, 1, "Vous m’entendez ?");
    assert_eq!(say(&mut repository, id, &early).await, Saying::Refused(Silence::NotBegun));
    let first = new(Actor::Staff, 2, "Nous aimerions la réparer.");
    assert_eq!(say(&mut repository, id, &first).await, Saying::Said(1));
    assert_eq!(say(&mut repository, id, &first).await, Saying::Again, "sent twice, said once");
    assert_eq!(say(&mut repository, id, &new(Actor::Staff, 2, "Autre.")).await, Saying::Other);
    assert_eq!(repository.authors_waiting("maison", None).await.unwrap(), 0, "the shop has the last word");

    assert_eq!(say(&mut repository, id, &early).await, Saying::Said(2), "what was refused is not used up");
    assert_eq!(say(&mut repository, id, &new(Actor::Author, 3, "Oui, volontiers.")).await, Saying::Said(3));
    assert_eq!(repository.waits_since("maison", id).await.unwrap(), Some(5001), "since the first of both");
    assert_eq!(waiting(&mut repository, false, None).await, [id]);
    assert_eq!(waiting(&mut repository, true, Some("ROBE")).await, [id]);
    assert_eq!(waiting(&mut repository, true, Some("JUPE")).await, [""; 0]);
    let said = repository.conversation("maison", id).await.unwrap();
    let said: Vec<_> = said.iter().map(|one| (one.number, one.by, one.staff_id.as_deref(), one.at)).collect();
    assert_eq!(
        said,
        [
            (1, Actor::Staff, Some("st_1"), 5002),
            (2, Actor::Author, None, 5001),
            (3, Actor::Author, None, 5003)
        ]
    );
    say(&mut repository, id, &new(Actor::Staff, 4, "Envoyez-la au magasin.")).await;
    assert_eq!(waiting(&mut repository, false, None).await, [""; 0]);
    say(&mut repository, id, &new(Actor::Author, 5, "Merci !")).await;
    repository.put_aside("maison", id).await.unwrap();
    assert_eq!(repository.waits_since("maison", id).await.unwrap(), None);

    // What is not shown is nothing for a store's manager, and what was deleted for nobody.
    say(&mut repository, id, &new(Actor::Author, 6, "Encore une chose.")).await;
    judge(&mut repository, id, &judgement(Action::Delete, Some(Reason::Unlawful), 9000)).await;
    assert_eq!(waiting(&mut repository, false, None).await, [""; 0]);
    assert_eq!(repository.authors_waiting("maison", None).await.unwrap(), 0);
    let late = new(Actor::Staff, 7, "Trop tard.");
    assert_eq!(say(&mut repository, id, &late).await, Saying::Refused(Silence::Deleted));
}

pub(super) async fn those_of_a_store_are_counted_for_it(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let text = draft(2, "Personne en caisse.");
    let Writing::New(review) =
        write(&mut repository, 1, (About::Store, "FR-NTE"), Door::Open(None), &text).await
    else {
        panic!()
    };
    say(&mut repository, &review.id, &new(Actor::Staff, 1, "Quand était-ce ?")).await;
    say(&mut repository, &review.id, &new(Actor::Author, 2, "Samedi à midi.")).await;
    assert_eq!(repository.authors_waiting("maison", None).await.unwrap(), 1);
    assert_eq!(repository.authors_waiting("maison", Some("FR-NTE")).await.unwrap(), 0, "it is not shown yet");
    assert_eq!(waiting(&mut repository, true, None).await, [""; 0]);
    judge(&mut repository, &review.id, &judgement(Action::Publish, None, 9000)).await;
    assert_eq!(repository.authors_waiting("maison", Some("FR-NTE")).await.unwrap(), 1);
    assert_eq!(repository.authors_waiting("maison", Some("FR-PAR")).await.unwrap(), 0);
    assert_eq!(repository.review("maison", &review.id).await.unwrap().unwrap().state, State::Published);
}

pub(super) async fn it_goes_with_its_author_or_with_time(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let kept = published(&mut repository, 1, &draft(4, "Bien, un peu long.")).await;
    say(&mut repository, &kept.id, &new(Actor::Staff, 1, "Merci de le dire.")).await;
    say(&mut repository, &kept.id, &new(Actor::Author, 2, "De rien.")).await;
    assert_eq!(repository.forget_reviewers(5001).await.unwrap(), 0, "they are still talking");
    assert_eq!(repository.conversation("maison", &kept.id).await.unwrap().len(), 2);
    assert_eq!(repository.forget_reviewers(5003).await.unwrap(), 1);
    assert_eq!(repository.conversation("maison", &kept.id).await.unwrap(), []);
    assert_eq!(repository.authors_waiting("maison", None).await.unwrap(), 0);

    let gone = published(&mut repository, 2, &draft(1, "À éviter, vraiment.")).await;
    repository.add_own_link("maison", &gone.id, &token(77)).await.unwrap();
    for link in [2, 77] {
        let own = repository.own_review(&token(link)).await.unwrap().unwrap();
        assert_eq!(own.review.id, gone.id, "each link goes on");
    }
    say(&mut repository, &gone.id, &new(Actor::Staff, 3, "Que s’est-il passé ?")).await;
    say(&mut repository, &gone.id, &new(Actor::Author, 4, "Tout.")).await;
    repository.erase_reviewer("maison", "zoe@example.com", (Some("st_1"), 9000)).await.unwrap();
    assert_eq!(repository.conversation("maison", &gone.id).await.unwrap(), []);
    assert_eq!(repository.waits_since("maison", &gone.id).await.unwrap(), None);
    assert_eq!(repository.own_review(&token(77)).await.unwrap(), None);
}
