use std::{fs, path::Path};

use devanture_domain::{
    civil::Date,
    review::{About, Sort},
};
use devanture_storage::{ReviewFilter, TrailState, test_support::SqliteFile};

use super::*;

const NOW: UtcMs = 1_795_255_200_000;

const MAPPING: &str = r#"
[fields.product]
column = "Produit"
[fields.rating]
column = "Note"
map = { "10" = "5", "8" = "4" }
[fields.body]
column = "Avis"
[fields.published_on]
column = "Date"
[fields.language]
value = "fr"
[fields.verified]
column = "Vérifié"
[fields.answer]
column = "Réponse"
"#;

fn example(name: &str) -> Mapping<Field> {
    Mapping::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/import").join(name)).unwrap()
}

async fn import(file: &SqliteFile, text: &[u8], mapping: &Mapping<Field>) -> (Summary, Vec<String>) {
    let mut repository = file.database.write().await.unwrap();
    repository.put_tenant("t", "T").await.unwrap();
    repository.save().await.unwrap();
    let mut told = Vec::new();
    let target = (&file.database, "t", "avis");
    let done =
        import_reviews(target, text, mapping, NOW, |line, reason| told.push(format!("{line}: {reason}")))
            .await;
    (done.unwrap(), told)
}

#[tokio::test]
async fn good_rows_go_in_once_and_bad_ones_are_told() {
    let file = SqliteFile::new().await;
    let mapping = Mapping::parse(MAPPING).unwrap();
    let text = "Produit,Note,Avis,Date,Vérifié,Réponse\n\
        robe-1,5,\"Belle <b>robe</b>,\nbien coupée\",21/11/2026,oui,Merci !\n\
        ROBE-1,10,\"\",2026-11-20 10:00,non,\n\
        ROBE-1,6,Bof,2026-11-20,oui,\n\
        ,4,Bof,2026-11-20,oui,\n\
        ROBE-1,4,Bof,32/11/2026,oui,\n\
        ROBE-1,4,Bof,2027-01-01,oui,\n\
        ROBE-1,4,Bof,2026-11-20,peut-être,\n\
        ROBE-1,4,Bof\n";
    let (done, told) = import(&file, text.as_bytes(), &mapping).await;
    assert_eq!(done, Summary { new: 2, known: 0, bad: 6 }, "{told:#?}");
    for (told, says) in told.iter().zip([
        "5: the rating \"6\"",
        "6: one of product and store",
        "7: the day of publication \"32/11/2026\"",
        "8: the day of publication 2027-01-01 lies in the future",
        "9: verified \"peut-être\"",
        "10: has 3 cells",
    ]) {
        assert!(told.starts_with(says), "{told}");
    }
    let (again, _) = import(&file, text.as_bytes(), &mapping).await;
    assert_eq!(again, Summary { new: 0, known: 2, bad: 6 });
    let mut repository = file.database.read().await.unwrap();
    let (of, all) = ((About::Product, "ROBE-1"), ReviewFilter::default());
    let shown = repository.published_reviews("t", of, &all, (Sort::Newest, None), 10).await.unwrap();
    assert_eq!(shown[0].body, "Belle <b>robe</b>,\nbien coupée");
    assert_eq!(shown[0].answer.as_ref().unwrap().body, "Merci !");
    assert_eq!((shown[1].rating.stars(), shown[1].body.as_str()), (5, ""), "stars without a word");
}

#[tokio::test]
async fn mappings_say_what_is_missing() {
    let short = MAPPING.replace("[fields.verified]\ncolumn = \"Vérifié\"\n", "");
    let error = Mapping::<Field>::parse(&short).unwrap_err().to_string();
    assert_eq!(error, "the mapping says nothing of verified; every review needs it");
}

/// A file of each service's layout, with a line that says the same.
#[tokio::test]
async fn layouts_of_the_known_services() {
    for (mapping, text, title, is_verified) in [
        (
            "reviews-judge-me.toml",
            "title,body,rating,review_date,reviewer_name,product_handle,reply,reply_date\n\
             Super,Très belle robe,5,2026-11-01 08:00:00 UTC,Zoé,robe-1,Merci,2026-11-02 08:00:00 UTC\n",
            Some("Super"),
            false,
        ),
        (
            "reviews-okendo.toml",
            "name,body,handle,productId,rating,sku,dateCreated,countryCode,email,imageUrls\n\
             Zoé,Très belle robe,robe-1,,5,,2026-11-01T08:00:00Z,fr,zoe@example.com,\n",
            None,
            false,
        ),
        (
            "reviews-powerreviews.toml",
            "Review Id,Page Id,Review Display,Review Title,Review Date,Review Location,Review Text,Rating,Verified Buyer,Review Status\n\
             3045211,robe-1,Zoé,Super,2026-11-01,Nantes,Très belle robe,5,Yes,Approved\n",
            Some("Super"),
            true,
        ),
        (
            "reviews-feefo.toml",
            "Name,Email,Sale Date,Feedback Date,Product Id,Service Rating,Service Comment,Product Rating,Product Comment\n\
             Zoé,zoe@example.com,20/10/2026,01/11/2026,robe-1,4,Rapide,5,Très belle robe\n",
            None,
            false,
        ),
    ] {
        let file = SqliteFile::new().await;
        let (done, told) = import(&file, text.as_bytes(), &example(mapping)).await;
        assert_eq!(done, Summary { new: 1, known: 0, bad: 0 }, "{mapping}: {told:?}");
        let mut repository = file.database.read().await.unwrap();
        let (of, all) = ((About::Product, "ROBE-1"), ReviewFilter::default());
        let shown = repository.published_reviews("t", of, &all, (Sort::Newest, None), 10).await.unwrap();
        let review = shown.first().unwrap();
        let said = (review.rating.stars(), review.body.as_str(), review.author.as_deref());
        assert_eq!(said, (5, "Très belle robe", Some("Zoé")), "{mapping}");
        let published = review.published_at.map(|at| at / 86_400_000);
        assert_eq!(published, Date::parse("2026-11-01").map(|day| i64::from(day.0)), "{mapping}");
        let rest = (review.title.as_deref(), review.checked.is_verified());
        assert_eq!(rest, (title, is_verified), "{mapping}");
    }
}

/// A data set of real reviews, which is not in this repository.
#[tokio::test]
async fn a_real_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/clothing-reviews.csv");
    let Ok(text) = fs::read(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    let file = SqliteFile::new().await;
    let mapping = example("reviews-clothing.toml");
    let (done, told) = import(&file, &text, &mapping).await;
    assert!(done.new > 500 && done.bad * 20 < done.new, "{done:?} {told:#?}");
    let (again, _) = import(&file, &text, &mapping).await;
    assert_eq!((again.new, again.known), (0, done.new));
    let mut repository = file.database.read().await.unwrap();
    let entries = i64::try_from(2 * done.new).unwrap();
    assert_eq!(repository.check_review_trail("t").await.unwrap(), TrailState::Whole(entries));
}
