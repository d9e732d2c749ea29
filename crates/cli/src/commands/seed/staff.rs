//! An account of each role in the demo network.

use devanture_demo::Network;
use devanture_domain::staff::Role;
use devanture_server::{Clock as _, SystemClock};
use devanture_storage::{Login, Repository, SecretKey, StaffMember};

use super::TENANT;
use crate::commands::{CommandError, password, random};

/// Writes those that are not there yet, and returns a line for each: role, login, password. The password is
/// drawn, so that a demo that is reachable by others is not open to them.
pub(super) async fn write(
    repository: &mut Repository,
    network: &Network,
) -> Result<Vec<String>, CommandError> {
    let store = network.sites.iter().find_map(|site| site.site.store_code.clone());
    let mut lines = Vec::new();
    for (role, login, name) in [
        (Role::HeadOffice, "head.office@lormelle.example", "Camille Siège"),
        (Role::StoreManager, "manager@lormelle.example", "Dominique Gérant"),
        (Role::Seller, "seller@lormelle.example", "Alix Vendeur"),
    ] {
        let Some(login) = Login::parse(login) else { continue };
        if repository.staff_member(TENANT, &login).await?.is_some() {
            continue;
        }
        let secret = SecretKey::from_random(random()?);
        // Without the prefix: twenty letters and digits.
        let password = &secret.reveal()[3..23];
        let stores = if role == Role::HeadOffice { Vec::new() } else { store.iter().cloned().collect() };
        let member = StaffMember {
            tenant: TENANT.to_owned(),
            id: StaffMember::fresh_id(random()?),
            login,
            name: name.to_owned(),
            role,
            stores,
            locale: "fr".to_owned(),
            created_at: SystemClock.now(),
            disabled_at: None,
        };
        repository.add_staff(&member, &password::hash(password)?).await?;
        lines.push(format!("{}\t{}\t{password}", role.as_str(), member.login.as_str()));
    }
    Ok(lines)
}
