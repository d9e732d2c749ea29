//! Summary and first page of a product with 20,000 reviews over HTTP, against a bare axum handler that returns the same bytes; and
//! what is read from the database each time: a later page, and a search.

use std::{fmt::Write as _, fs, path::Path, process::Stdio, time::Duration};

use anyhow::{Result, bail};

use super::{
    figure::{Figure, Report},
    stand::Stand,
};
use crate::{
    process::target,
    servers::{
        Binaries,
        child::{Running, Scratch},
    },
};

const REVIEWS: u32 = 20_000;
/// Rounds that count; one before them warms up.
const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_secs(4);

const MAPPING: &str = r#"
[fields.id]
column = "id"
[fields.product]
value = "ROBE"
[fields.rating]
column = "rating"
[fields.title]
column = "title"
[fields.body]
column = "body"
[fields.author]
column = "author"
[fields.size]
column = "size"
[fields.fit]
column = "fit"
[fields.helpful]
column = "helpful"
[fields.published_on]
column = "published_on"
[fields.language]
value = "fr"
[fields.verified]
value = "yes"
"#;

pub(super) fn run(report: &mut Report) -> Result<()> {
    let binaries = Binaries::release()?;
    let folder = target().join("devanture");
    fs::create_dir_all(&folder)?;
    let scratch = Scratch::new(&folder, "reviews")?;
    let within = scratch.path();
    let database = within.join("bench.db");
    import(&binaries, &database, within)?;
    let stand = Stand::start(&binaries, &database, within)?;
    let first = format!("/v1/reviews?key={}&product=ROBE&lang=fr", stand.key);
    let (compared, length) = stand.compare(std::slice::from_ref(&first), (ROUNDS, TIME))?;
    let name = "summary and first page of 20,000 reviews";
    report.add(&Figure::plain(
        &format!("{name}, requests per second"),
        compared.requests_per_second,
        "1/s",
    ))?;
    report.add(&compared.figure(&format!("{name}, share of the bare handler's"), 0.4))?;
    report.add(&Figure::plain(
        &format!("{name}, 99th percentile at 32 connections"),
        compared.p99_ms,
        "ms",
    ))?;
    #[expect(clippy::cast_precision_loss, reason = "a length")]
    report.add(&Figure::plain(&format!("{name}, body"), length as f64, "bytes"))?;
    for (name, query) in [
        ("reviews with two typed words of 20,000", "&q=coupe+parfaite"),
        ("reviews with words that nobody wrote, of 20,000", "&q=zibeline"),
    ] {
        let (read, _) = stand.compare(&[format!("{first}{query}")], (2, TIME))?;
        report.add(&read.figure(&format!("{name}, share of the bare handler's"), 0.2))?;
        report.add(&Figure::plain(&format!("{name}, median at 32 connections"), read.p50_ms, "ms"))?;
    }
    // Of the first two, warming up answers most once, after which they are kept; the last are as many as there is room for.
    let typed = |words: &str| (1000..REVIEWS).map(|n| format!("{first}&q={words}{n}")).collect();
    let questions: [(&str, Vec<String>); 3] = [
        ("reviews with a frequent word and a rare one, others each time", typed("coupe+")),
        ("reviews with a word that nobody wrote, another each time", typed("coupe+zz")),
        ("reviews with two frequent words, narrowed down otherwise each time", narrowed(&first)),
    ];
    for (name, questions) in &questions {
        let (read, _) = stand.compare(questions, (2, TIME))?;
        report.add(&Figure::plain(&format!("{name}, share of the bare handler's"), read.share, "ratio"))?;
        report.add(&Figure::plain(&format!("{name}, median at 32 connections"), read.p50_ms, "ms"))?;
    }
    Ok(())
}

/// The same two words with every choice of stars, sizes and orders.
fn narrowed(first: &str) -> Vec<String> {
    let mut questions = Vec::new();
    for stars in 1..32_u8 {
        let stars: Vec<String> =
            (1..=5_u8).filter(|star| stars >> (star - 1) & 1 == 1).map(|star| star.to_string()).collect();
        for size in (34..=46).step_by(2) {
            for sort in ["newest", "helpful", "highest", "lowest"] {
                for limit in 6..=14 {
                    questions.push(format!(
                        "{first}&q=coupe+parfaite&stars={}&size={size}&sort={sort}&limit={limit}",
                        stars.join(",")
                    ));
                }
            }
        }
    }
    questions
}

/// Takes over so many invented reviews of one product.
fn import(binaries: &Binaries, database: &Path, within: &Path) -> Result<()> {
    let (file, mapping) = (within.join("reviews.csv"), within.join("mapping.toml"));
    let mut text = String::from("id,rating,title,body,author,size,fit,helpful,published_on\n");
    for n in 0..REVIEWS {
        let rating = [5, 4, 5, 3, 5, 4, 1, 2, 4, 5][(n % 10) as usize];
        let (size, fit) = (34 + n % 7 * 2, ["true", "small", "", "large"][(n % 4) as usize]);
        let (month, day) = (1 + n % 12, 1 + n % 28);
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{n},{rating},Avis {n},\"Une robe dont la coupe est {}, portée {n} fois cet été et lavée souvent.\",Zoé {n},{size},{fit},{},2025-{month:02}-{day:02}",
            if n % 3 == 0 { "parfaite" } else { "correcte" },
            n % 40,
        );
    }
    fs::write(&file, text)?;
    fs::write(&mapping, MAPPING)?;
    let mut import = binaries.devanture(database);
    import.args(["import", "reviews"]).arg(file).arg("--mapping").arg(mapping);
    import.args(["--tenant", "worldwide", "--source", "bench"]).env("RUST_LOG", "warn").stdout(Stdio::null());
    let status = Running::start(&mut import)?.wait()?;
    if !status.success() {
        bail!("the import ended with {status}");
    }
    Ok(())
}
