//! Names of services, brands and appointment subjects.

use sqlx::Row as _;

use crate::{Repository, StorageError};

/// What a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelKind {
    /// A service that stores offer.
    Service,
    /// A brand that stores carry.
    Brand,
    /// What an appointment can be about.
    Subject,
    /// What reviews score.
    Criterion,
}

/// A name in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What it names.
    pub kind: LabelKind,
    /// Stable code.
    pub code: String,
    /// BCP 47 language of `name`.
    pub locale: String,
    /// Shown.
    pub name: String,
}

impl LabelKind {
    const ALL: [Self; 4] = [Self::Service, Self::Brand, Self::Subject, Self::Criterion];

    fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Brand => "brand",
            Self::Subject => "subject",
            Self::Criterion => "criterion",
        }
    }
}

impl Repository {
    /// Adds labels or renames them; each kind is later listed in the order given here.
    pub async fn put_labels(&mut self, tenant: &str, labels: &[Label]) -> Result<(), StorageError> {
        for (position, label) in (0i64..).zip(labels) {
            sqlx::query(
                "INSERT INTO labels (tenant_id, kind, code, locale, name, position) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, kind, code, locale) \
                 DO UPDATE SET name = excluded.name, position = excluded.position",
            )
            .bind(tenant)
            .bind(label.kind.as_str())
            .bind(label.code.as_str())
            .bind(label.locale.as_str())
            .bind(label.name.as_str())
            .bind(position)
            .execute(&mut *self.tx)
            .await?;
        }
        self.touch(tenant);
        Ok(())
    }

    /// Every label of the tenant, in every language, in order.
    pub async fn labels(&mut self, tenant: &str) -> Result<Vec<Label>, StorageError> {
        let rows = sqlx::query(
            "SELECT kind, code, locale, name FROM labels WHERE tenant_id = $1 ORDER BY position, kind, code, locale",
        )
        .bind(tenant)
        .fetch_all(&mut *self.tx)
        .await?;
        rows.iter()
            .map(|row| {
                let kind: String = row.try_get(0)?;
                let code: String = row.try_get(1)?;
                let kind = LabelKind::ALL.into_iter().find(|k| k.as_str() == kind).ok_or_else(|| {
                    StorageError::Corrupt {
                        table: "labels",
                        column: "kind",
                        key: code.clone(),
                        reason: format!("{kind:?} is no kind of label"),
                    }
                })?;
                Ok(Label { kind, code, locale: row.try_get(2)?, name: row.try_get(3)? })
            })
            .collect()
    }
}
