//! `devanture reviews rules`

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use devanture_domain::review::{About, ReviewRules};
use devanture_storage::{Label, LabelKind};
use serde::{Deserialize, Serialize};

use super::{
    CommandError, open, record, require_tenant,
    rules::{from_file, refused},
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print how a network takes reviews, or set it from a TOML file of the same form.
    Rules(Rules),
}

#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// Whose.
    #[arg(long)]
    tenant: String,
    /// The file; what it leaves out is as usual.
    #[arg(long)]
    set: Option<PathBuf>,
}

/// The rules, and what criteria are called: by language, then by code.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Written {
    #[serde(flatten)]
    rules: ReviewRules,
    #[serde(default)]
    names: BTreeMap<String, BTreeMap<String, String>>,
}

pub(crate) async fn run(
    location: &str,
    Command::Rules(arguments): Command,
) -> Result<ExitCode, CommandError> {
    let database = open(location).await?;
    let mut repository = database.write().await?;
    require_tenant(&mut repository, &arguments.tenant).await?;
    if let Some(path) = &arguments.set {
        let Written { rules, names } = from_file(path)?;
        for about in About::ALL {
            for (at, one) in rules.criteria(about).iter().enumerate() {
                let before = rules.criteria(about)[..at].iter();
                if one.code.trim().is_empty() || before.clone().any(|known| known.code == one.code) {
                    let said = format!("the criterion {:?} needs a code of its own", one.code);
                    return Err(refused(path, &said));
                }
            }
        }
        let labels = names.into_iter().flat_map(|(locale, names)| {
            names.into_iter().map(move |(code, name)| Label {
                kind: LabelKind::Criterion,
                code,
                locale: locale.clone(),
                name,
            })
        });
        repository.put_labels(&arguments.tenant, &labels.collect::<Vec<_>>()).await?;
        repository.put_review_rules(&arguments.tenant, &rules).await?;
        record(&mut repository, &arguments.tenant, "review.rules_set", &arguments.tenant, &[]).await?;
        repository.save().await?;
        repository = database.write().await?;
    }
    let tenant = repository.tenants().await?.into_iter().find(|tenant| tenant.id == arguments.tenant);
    let mut written =
        Written { rules: tenant.map(|tenant| tenant.reviews).unwrap_or_default(), ..Written::default() };
    for label in
        repository.labels(&arguments.tenant).await?.into_iter().filter(|one| one.kind == LabelKind::Criterion)
    {
        written.names.entry(label.locale).or_default().insert(label.code, label.name);
    }
    drop(repository);
    database.close().await;
    print!("{}", toml::to_string(&written).map_err(|error| CommandError::said(error.to_string()))?);
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Written, String> {
        super::super::rules::read(text)
    }

    #[test]
    fn rules_are_read_and_what_is_misspelt_is_told() {
        let example = include_str!("../../../../examples/import/reviews-rules.toml");
        let read_back = read(example).unwrap();
        assert!(!read_back.rules.open && read_back.rules.criteria(About::Store).len() == 2);
        assert_eq!(read_back.names["fr"]["comfort"], "Confort");
        let again = toml::to_string(&read_back).unwrap();
        assert_eq!(read(&again).unwrap().rules, read_back.rules);
        assert!(read("opne = true").unwrap_err().contains("\"opne\" is unknown; known are "));
        assert!(
            read("[[product_criteria]]\ncode = \"a\"\nscale = 10").unwrap_err().contains("5 or 20 points")
        );
        assert!(read("open = 1").is_err());
    }
}
