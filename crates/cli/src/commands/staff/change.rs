//! What changes an account, each with its line in the audit log.

use devanture_domain::staff::Role;
use devanture_server::{Clock as _, SystemClock};
use devanture_storage::{Database, Repository, StaffMember};

use super::{Add, Who};
use crate::commands::{CommandError, password, random, record, require_tenant};

pub(super) async fn add(database: &Database, add: Add) -> Result<(), CommandError> {
    let Add { who: Who { tenant, login }, name, role, stores, locale, password_stdin } = add;
    match role {
        Role::HeadOffice if !stores.is_empty() => {
            return Err(CommandError::said("head office has all stores; leave --store out"));
        }
        Role::StoreManager | Role::Seller if stores.is_empty() => {
            return Err(CommandError::said("say for which stores, with --store"));
        }
        _ => {}
    }
    // All that can be wrong is said before anyone types a password.
    let mut repository = database.read().await?;
    require_tenant(&mut repository, &tenant).await?;
    require_stores(&mut repository, &tenant, &stores).await?;
    let taken = || CommandError::said(format!("{tenant} has an account {} already", login.as_str()));
    if repository.staff_member(&tenant, &login).await?.is_some() {
        return Err(taken());
    }
    drop(repository);
    let hash = password::ask_hash(password_stdin, &login)?;
    let member = StaffMember {
        id: StaffMember::fresh_id(random()?),
        tenant: tenant.clone(),
        login: login.clone(),
        name,
        role,
        stores,
        locale,
        created_at: SystemClock.now(),
        disabled_at: None,
    };
    let mut repository = database.write().await?;
    if !repository.add_staff(&member, &hash).await? {
        return Err(taken());
    }
    let detail = [("role", role.as_str()), ("stores", &member.stores.join(","))];
    record(&mut repository, &tenant, "staff.added", &member.id, &detail).await?;
    repository.save().await?;
    println!("{}", member.id);
    Ok(())
}

pub(super) async fn disable(database: &Database, who: &Who) -> Result<(), CommandError> {
    let mut repository = database.write().await?;
    let member = found(&mut repository, who).await?;
    repository.disable_staff(&who.tenant, &member.id, SystemClock.now()).await?;
    record(&mut repository, &who.tenant, "staff.disabled", &member.id, &[]).await?;
    repository.save().await?;
    println!("{} cannot sign in any more", who.login.as_str());
    Ok(())
}

pub(super) async fn reset_password(
    database: &Database,
    who: &Who,
    from_stdin: bool,
) -> Result<(), CommandError> {
    let mut repository = database.read().await?;
    let member = found(&mut repository, who).await?;
    drop(repository);
    let hash = password::ask_hash(from_stdin, &who.login)?;
    let mut repository = database.write().await?;
    repository.set_password(&who.tenant, &member.id, &hash).await?;
    repository.forgive(&who.tenant, &who.login).await?;
    record(&mut repository, &who.tenant, "staff.password_reset", &member.id, &[]).await?;
    repository.save().await?;
    println!("{} has a new password", who.login.as_str());
    Ok(())
}

pub(super) async fn set_stores(
    database: &Database,
    who: &Who,
    stores: &[String],
) -> Result<(), CommandError> {
    let mut repository = database.write().await?;
    let member = found(&mut repository, who).await?;
    if member.role == Role::HeadOffice {
        return Err(CommandError::said("head office has all stores"));
    }
    require_stores(&mut repository, &who.tenant, stores).await?;
    repository.set_staff_stores(&who.tenant, &member.id, stores).await?;
    let detail = [("was", &*member.stores.join(",")), ("is", &*stores.join(","))];
    record(&mut repository, &who.tenant, "staff.stores_set", &member.id, &detail).await?;
    repository.save().await?;
    println!("{} acts for {}", who.login.as_str(), stores.join(", "));
    Ok(())
}

async fn found(repository: &mut Repository, who: &Who) -> Result<StaffMember, CommandError> {
    require_tenant(repository, &who.tenant).await?;
    let member = repository.staff_member(&who.tenant, &who.login).await?;
    member.ok_or_else(|| {
        CommandError::said(format!(
            "{} has no account {}; `devanture staff list` shows them",
            who.tenant,
            who.login.as_str()
        ))
    })
}

async fn require_stores(
    repository: &mut Repository,
    tenant: &str,
    codes: &[String],
) -> Result<(), CommandError> {
    for code in codes {
        if repository.store(tenant, code).await?.is_none() {
            return Err(CommandError::said(format!("{tenant} has no store {code}")));
        }
    }
    Ok(())
}
