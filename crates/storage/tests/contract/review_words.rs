//! Reviews found by words, against reading them all.

use devanture_domain::review::{About, Action, Checked, Rating, Reason, Sort};
use devanture_storage::{Database, ImportedReview, Judged, Review, ReviewCursor, ReviewFilter};

use super::{
    network::tenant,
    reviews::{Dice, PRODUCT, draft, judge, judgement, list, published},
};

/// The first are in nearly every review, the last in a few, as in any language.
const WORDS: [&str; 9] =
    ["robe", "coupe", "couleur", "parfaite", "ourlet", "boutons", "manches", "zip", "zibeline"];

fn imported(dice: &mut Dice, n: usize) -> ImportedReview {
    let body: Vec<&str> = WORDS
        .iter()
        .zip([100, 95, 60, 60, 20, 4, 4, 1, 1])
        .filter(|(_, percent)| dice.throw(100) < *percent)
        .map(|(word, _)| *word)
        .collect();
    ImportedReview {
        source_id: n.to_string(),
        about: About::Product,
        subject: "ROBE".to_owned(),
        rating: Rating::new(dice.stars()).unwrap(),
        title: (dice.throw(3) == 0).then(|| "Élégance".to_owned()),
        body: body.join(" "),
        language: "fr".to_owned(),
        fit: None,
        size: (dice.throw(2) == 0).then(|| "38".to_owned()),
        checked: Checked::Imported,
        incentive: None,
        experienced_on: None,
        published_at: i64::try_from(dice.throw(200)).unwrap(),
        author: None,
        points: Vec::new(),
        votes: (u32::try_from(dice.throw(9)).unwrap(), 0),
        answer: None,
    }
}

pub(super) async fn found_as_by_reading_all(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let mut dice = Dice(11);
    let mut all: Vec<_> = (0..700).map(|n| imported(&mut dice, n)).collect();
    // The same words, of which none is to be found here.
    let elsewhere = all[..9].iter().cloned().map(|one| ImportedReview {
        source_id: format!("store {}", one.source_id),
        about: About::Store,
        ..one
    });
    let elsewhere: Vec<_> = elsewhere.collect();
    all.extend(elsewhere);
    repository.import_reviews("maison", "avis", &all, 600).await.unwrap();
    let typed = [
        "coupe",
        "COUP robe",
        "ourlet",
        "parfaite couleur",
        "zib",
        "zip zibeline",
        "man bou",
        "elegance zi",
        "élégance",
        "satin",
        "robe satin",
        "oupe",
        "o r c p b m z",
    ];
    let mut seen = 0;
    for (at, typed) in typed.into_iter().enumerate() {
        let sort = Sort::ALL[at % Sort::ALL.len()];
        let narrow = ReviewFilter {
            stars: if at % 3 == 0 { vec![Rating::ALL[4], Rating::ALL[0]] } else { Vec::new() },
            size: (at % 2 == 0).then(|| "38".to_owned()),
            ..ReviewFilter::default()
        };
        let wanted: Vec<Review> = repository
            .published_reviews("maison", PRODUCT, &narrow, (sort, None), 1000)
            .await
            .unwrap()
            .into_iter()
            .filter(|review| has(review, typed))
            .collect();
        let narrow = ReviewFilter { words: Some(typed.to_owned()), ..narrow };
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let asked = (sort, after.as_ref());
            let page = repository.published_reviews("maison", PRODUCT, &narrow, asked, 40).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(ReviewCursor::after(last, sort));
            found.extend(page);
        }
        assert_eq!(found, wanted, "{typed:?} {sort:?}");
        seen += found.len();
    }
    assert!(seen > 600, "{seen}");
}

fn has(review: &Review, typed: &str) -> bool {
    let text = format!("{} {}", review.title.as_deref().unwrap_or_default(), review.body);
    let plain = |text: &str| text.to_lowercase().replace('é', "e");
    let text = plain(&text);
    plain(typed).split(' ').take(6).all(|begin| text.split(' ').any(|word| word.starts_with(begin)))
}

pub(super) async fn found_while_they_are_shown(database: &Database) {
    tenant(database).await;
    let mut repository = database.write().await.unwrap();
    let review = published(&mut repository, 1, &draft(2, "Fermeture éclair fragile.")).await;
    let other = published(&mut repository, 2, &draft(4, "Fermeture solide.")).await;
    let found = async |typed: &str, repository: &mut _| -> Vec<String> {
        let filter = ReviewFilter { words: Some(typed.to_owned()), ..ReviewFilter::default() };
        list(repository, &filter, Sort::Newest).await.into_iter().map(|one| one.id).collect()
    };
    let both = [other.id.clone(), review.id.clone()];
    assert_eq!(found("fermeture", &mut repository).await, both);
    assert_eq!(found("eclair", &mut repository).await, both[1..]);
    let Ok(Judged::Done(now)) =
        repository.edit_review(&review, &draft(5, "Réparée, merci."), 2000).await.unwrap()
    else {
        panic!("not taken")
    };
    assert_eq!(found("reparee", &mut repository).await, [""; 0], "nobody has read it yet");
    judge(&mut repository, &now.id, &judgement(Action::Publish, None, 3000)).await;
    assert_eq!(found("reparee", &mut repository).await, both[1..]);
    assert_eq!(found("eclair", &mut repository).await, [""; 0], "it says so no longer");
    judge(&mut repository, &now.id, &judgement(Action::Delete, Some(Reason::Unlawful), 4000)).await;
    assert_eq!(found("reparee", &mut repository).await, [""; 0]);
    assert_eq!(found("fermeture", &mut repository).await, both[..1]);
}
