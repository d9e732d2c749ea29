//! What this browser is linked with. It is kept where the sizes are, when they may be; otherwise it lives as long as the page.

use std::cell::RefCell;

use devanture_domain::size::Household;
use devanture_host::{
    consent::{Consent, consent},
    kept, sizes,
};
use devanture_ui::{
    dom::join,
    js::{number, parse_number},
};

const VERSION: &str = "1";

/// Whose memory this browser's is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Who {
    /// That of a private link, by its token.
    Token(String),
    /// That of a customer of the shop, by their id.
    Customer(String),
    /// Nobody's, though a customer has signed in.
    Stopped,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Link {
    pub who: Who,
    /// Of what is kept; 0 for nothing.
    pub version: u32,
    /// When it was last read, in milliseconds since 1970.
    pub read_at: f64,
    /// What both have last had in common.
    pub base: Household,
}

thread_local! {
    /// A site's key and what this page is linked with.
    static IN_PAGE: RefCell<Option<(String, Link)>> = const { RefCell::new(None) };
}

impl Link {
    pub(super) fn new(who: Who) -> Self {
        Self { who, version: 0, read_at: 0.0, base: Household::default() }
    }

    fn write(&self) -> String {
        let (kind, who) = match &self.who {
            Who::Token(token) => ("t", &**token),
            Who::Customer(id) => ("c", &**id),
            Who::Stopped => ("-", ""),
        };
        let (version, read_at) = (number(self.version.into()), number(self.read_at));
        join(&[VERSION, "\n", kind, who, "\n", &version, "\n", &read_at, "\n", &self.base.write()])
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(5, '\n');
        let mut next = || parts.next();
        next().filter(|version| *version == VERSION)?;
        let who = next()?;
        let who = match who.chars().next()? {
            't' => Who::Token(who[1..].into()),
            'c' => Who::Customer(who[1..].into()),
            '-' => Who::Stopped,
            _ => return None,
        };
        let (version, read_at) = (parse_number(next()?)?, parse_number(next()?)?);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
        let version = version as u32;
        Some(Self { who, version, read_at, base: Household::read(next()?) })
    }
}

/// What the site of `key` is linked with in this browser.
pub(super) fn get(key: &str) -> Option<Link> {
    let in_page = IN_PAGE
        .with_borrow(|kept| kept.as_ref().filter(|(site, _)| site == key).map(|(_, link)| link.clone()));
    let stored = || kept::get(&sizes::link_name(key)).filter(|_| consent() != Consent::Refused);
    in_page.or_else(|| stored().and_then(|text| Link::read(&text)))
}

/// Links, or does no more.
pub(super) fn set(key: &str, link: Option<&Link>) {
    let name = sizes::link_name(key);
    // What was kept on another page was allowed there.
    let may = sizes::may(key) || kept::get(&name).is_some();
    let stored = match link {
        Some(link) if may => kept::set(&name, Some(&link.write())),
        Some(_) => None,
        None => kept::set(&name, None),
    };
    let in_page = link.filter(|_| stored.is_none());
    IN_PAGE.set(in_page.map(|link| (key.into(), link.clone())));
}

/// The shopper may have said whether it may be kept.
pub(super) fn settle(key: &str) {
    if consent() == Consent::Refused {
        let _ = kept::set(&sizes::link_name(key), None);
    } else if IN_PAGE.with_borrow(Option::is_some) && sizes::may(key) {
        set(key, get(key).as_ref());
    }
}
