//! What becomes of answers.

use devanture_api::{problem::code, size_memory::SizeMemory};
use devanture_domain::size::Household;
use devanture_host::sizes;
use yew::Context;

use super::{
    Asked, Current, Devices, Went, current,
    link::{self, Link, Who},
    now, site, stop,
};
use crate::app::App;

/// Other devices that change it at the same time are merged with so often.
const TRIES: u8 = 4;

impl Devices {
    pub(super) fn came(&mut self, app: &App, ctx: &Context<App>, asked: Asked, memory: Option<SizeMemory>) {
        let key = site(ctx);
        let SizeMemory { household, version, token } =
            memory.unwrap_or(SizeMemory { household: String::new(), version: 0, token: None });
        let theirs = Household::read(&household);
        let read_at = now();
        self.unsent = None;
        self.went = Went::Well;
        match (asked, current(app, key)) {
            (Asked::Made(base), _) => {
                let Some(token) = token else { return };
                link::set(key, Some(&Link { who: Who::Token(token), version, read_at, base }));
            }
            (Asked::Offered(token), _) => {
                // Whoever opens a link wants what it has.
                sizes::set(key, &theirs.merged(&Household::default(), &sizes::get(key)));
                link::set(key, Some(&Link { who: Who::Token(token), version, read_at, base: theirs }));
            }
            (Asked::Read, Some(Current { who, link, .. })) => {
                // The sizes first: were only the link kept, they would be taken for a change that was made here.
                let home = sizes::get(key);
                let merged = home.merged(&link.base, &theirs);
                if merged != home {
                    sizes::set(key, &merged);
                }
                link::set(key, Some(&Link { who, version, read_at, base: theirs }));
            }
            (Asked::Written(base), Some(Current { link, .. })) => {
                self.tries = 0;
                link::set(key, Some(&Link { version, base, ..link }));
            }
            (Asked::Erased, Some(Current { who, .. })) => self.end(app, key, who, Went::Unknown),
            // Stopped meanwhile, or refused.
            (_, None) => return,
        }
        self.step(app, ctx);
    }

    pub(super) fn failed(&mut self, app: &mut App, ctx: &Context<App>, asked: Asked, why: &str) {
        let key = site(ctx);
        let is_gone = matches!(why, code::SIZE_MEMORY_NOT_FOUND | code::SIZE_MEMORY_ERASED);
        self.went = Went::Badly;
        match (asked, current(app, key)) {
            (Asked::Offered(_), _) if is_gone => app.said = Some("link_unknown"),
            (Asked::Offered(token), _) => {
                // Asked again, since it is not in the address any more.
                self.offered = Some(token);
                app.said = Some("sync_failed");
            }
            (Asked::Read, Some(current)) if is_gone => {
                self.gone(app, key, current, why == code::SIZE_MEMORY_ERASED);
                self.step(app, ctx);
            }
            (Asked::Written(_), Some(current))
                if (is_gone || why == code::CHANGED_MEANWHILE) && self.tries < TRIES =>
            {
                self.tries += 1;
                self.read(app, ctx, &current);
            }
            (Asked::Erased, Some(Current { who, .. })) if is_gone => self.end(app, key, who, Went::Unknown),
            (Asked::Erased, Some(_)) => {
                self.unsent = Some(sizes::get(key));
                app.said = Some("erase_failed");
            }
            (Asked::Made(_) | Asked::Read | Asked::Written(_), _) => self.unsent = Some(sizes::get(key)),
            (Asked::Erased, None) => {}
        }
    }

    /// Nothing is kept any more.
    fn gone(&mut self, app: &App, key: &str, current: Current, is_erased: bool) {
        let Current { who, link, .. } = current;
        // What its owner has erased is erased here too, and another customer's is not this one's.
        if is_erased || link.who != who {
            sizes::set(key, &sizes::get(key).merged(&link.base, &Household::default()));
        }
        self.end(app, key, who, Went::Gone);
    }

    /// A private link has come to its end; a customer's memory begins anew.
    fn end(&mut self, app: &App, key: &str, who: Who, went: Went) {
        if let Who::Customer(_) = who {
            link::set(key, Some(&Link { read_at: now(), ..Link::new(who) }));
            self.went = Went::Unknown;
        } else {
            stop(app, key);
            self.went = went;
        }
    }
}
