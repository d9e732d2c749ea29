//! Two memories of one household, changed on two devices, made one.
//!
//! Nothing says when a size was taken, but what both devices had in common last does: what differs from that was changed since, and a
//! change is newer than what stayed. Where both changed the same, the one that merges holds.

use super::{
    body::Dimension,
    memory::{Body, Household, MAX_PEOPLE, MAX_SIZES, Person, Remembered},
};

impl Household {
    /// This memory with what another device changed in `theirs` since both were `base`. What was taken out on one device goes, unless the
    /// other has changed it; beyond the bounds the oldest sizes go, and people that only the other one knows.
    ///
    /// Devices that never met have the empty memory as their base: all of both stays. Who is shopping is not merged, since each device
    /// is in somebody else's hands.
    #[must_use]
    pub fn merged(&self, base: &Self, theirs: &Self) -> Self {
        let mut people = Vec::new();
        for ours in self.people() {
            let (was, their) = (base.called(&ours.name), theirs.called(&ours.name));
            if their.is_some() || was != Some(ours) {
                people.push(one(was, ours, their));
            }
        }
        for their in theirs.people() {
            let is_new = base.called(&their.name) != Some(their);
            if self.called(&their.name).is_none() && is_new && people.len() < MAX_PEOPLE {
                people.push(their.clone());
            }
        }
        let current = people.iter().position(|person| person.name == self.person().name);
        Self::of(people, current.unwrap_or(0))
    }

    fn called(&self, name: &str) -> Option<&Person> {
        self.people().iter().find(|person| person.name == name)
    }
}

fn one(was: Option<&Person>, ours: &Person, theirs: Option<&Person>) -> Person {
    let nobody = Person::default();
    let (was, theirs) = (was.unwrap_or(&nobody), theirs.unwrap_or(&nobody));
    if ours == theirs || theirs == was {
        return ours.clone();
    }
    if ours == was {
        return theirs.clone();
    }
    Person { name: ours.name.clone(), sizes: sizes(was, ours, theirs), body: body(was, ours, theirs) }
}

/// First what neither has changed, then what they have, then what we have.
fn sizes(was: &Person, ours: &Person, theirs: &Person) -> Vec<Remembered> {
    let is_new = |one: &Remembered| !was.sizes.contains(one);
    let ours_for = |one: &Remembered| ours.sizes.iter().find(|our| is_same(our, one));
    let mut out = Vec::new();
    for their in theirs.sizes.iter().filter(|one| !is_new(one)) {
        // Taken out here, or in another size.
        out.extend(ours_for(their).filter(|our| !is_new(our)).cloned());
    }
    let newer = |their: &&Remembered| is_new(their) && !ours_for(their).is_some_and(is_new);
    out.extend(theirs.sizes.iter().filter(newer).cloned());
    out.extend(ours.sizes.iter().filter(|one| is_new(one)).cloned());
    out.drain(..out.len().saturating_sub(MAX_SIZES));
    out
}

/// Whether they are of the same brand and kind, so that one of them is remembered.
fn is_same(one: &Remembered, other: &Remembered) -> bool {
    one.kind == other.kind && one.brand == other.brand
}

fn body(was: &Person, ours: &Person, theirs: &Person) -> Body {
    let mut out = Body::default();
    for (of, _) in Dimension::ALL {
        let (before, our, their) = (was.body.get(of), ours.body.get(of), theirs.body.get(of));
        // What one takes out and the other changes stays.
        out.set(of, if our == before || (our.is_none() && their != before) { their } else { our });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::Kind;
    use proptest::prelude::*;

    /// What a shopper may do: somebody new, another one, a size, a measurement, something taken out.
    #[derive(Clone, Debug)]
    enum Deed {
        Add(u8),
        Choose(usize),
        Take(usize, u8, u8),
        Measure(usize, Option<u16>),
        Forget(usize),
        Remove(usize),
    }

    fn deed() -> impl Strategy<Value = Deed> {
        prop_oneof![
            1 => (0u8..4).prop_map(Deed::Add),
            2 => (0usize..8).prop_map(Deed::Choose),
            6 => (0usize..5, 0u8..6, 36u8..46).prop_map(|(kind, brand, label)| Deed::Take(kind, brand, label)),
            2 => (0usize..8, proptest::option::of(0u16..100)).prop_map(|(of, more)| Deed::Measure(of, more)),
            1 => (0usize..9).prop_map(Deed::Forget),
            1 => (0usize..8).prop_map(Deed::Remove),
        ]
    }

    fn done(home: &Household, deeds: &[Deed]) -> Household {
        let mut home = home.clone();
        for deed in deeds {
            match *deed {
                Deed::Add(name) => drop(home.add(&format!("N{name}"))),
                Deed::Choose(at) => home.choose(at),
                Deed::Take(kind, brand, label) => {
                    home.remember(Kind::ALL[kind].0, Some(&format!("B{brand}")), &label.to_string());
                }
                Deed::Measure(of, more) => {
                    let of = Dimension::ALL[of].0;
                    home.person_mut().body.set(of, more.map(|more| of.bounds().0 + more));
                }
                Deed::Forget(at) => {
                    let sizes = &mut home.person_mut().sizes;
                    if at < sizes.len() {
                        sizes.remove(at);
                    }
                }
                Deed::Remove(at) => home.remove(at),
            }
        }
        home
    }

    fn deeds(most: usize) -> impl Strategy<Value = Vec<Deed>> {
        proptest::collection::vec(deed(), 0..most)
    }

    fn labels(home: &Household) -> Vec<&str> {
        home.person().sizes.iter().map(|one| &*one.label).collect()
    }

    /// Of kind, brand and size of everybody by name.
    fn has(home: &Household, name: &str, kind: Kind, brand: Option<&String>) -> bool {
        home.people().iter().any(|person| {
            person.name == name
                && person.sizes.iter().any(|one| one.kind == kind && one.brand.as_ref() == brand)
        })
    }

    #[test]
    fn the_newer_choice_holds_and_what_was_taken_out_goes() {
        let mut base = Household::default();
        for (brand, label) in [("A", "36"), ("B", "38"), ("C", "40"), ("D", "42")] {
            base.remember(Kind::Tops, Some(brand), label);
        }
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        ours.remember(Kind::Tops, Some("A"), "37");
        ours.person_mut().sizes.retain(|one| one.label != "42");
        theirs.remember(Kind::Tops, Some("B"), "39");
        theirs.person_mut().sizes.retain(|one| one.label != "40");
        assert_eq!(labels(&ours.merged(&base, &theirs)), ["39", "37"]);
        // Both have changed the same: the one that merges holds. Taken out there and changed here, it stays.
        theirs.remember(Kind::Tops, Some("A"), "35");
        ours.remember(Kind::Tops, Some("C"), "41");
        assert_eq!(labels(&ours.merged(&base, &theirs)), ["39", "37", "41"]);
        assert_eq!(labels(&theirs.merged(&base, &ours)), ["41", "39", "35"]);
    }

    #[test]
    fn people_by_their_names() {
        let mut base = Household::default();
        base.add("Léo").unwrap();
        base.remember(Kind::Shoes, None, "31");
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        ours.add("Zoé").unwrap();
        theirs.remove(1);
        theirs.add("Ana").unwrap();
        let merged = ours.merged(&base, &theirs);
        let names: Vec<&str> = merged.people().iter().map(|person| &*person.name).collect();
        assert_eq!((names, merged.current()), (vec!["", "Zoé", "Ana"], 1));
        // Nobody is left: somebody unknown is.
        let mut nobody = base.clone();
        nobody.remove(0);
        nobody.remove(0);
        assert!(nobody.merged(&base, &base).is_empty());
        assert!(base.merged(&base, &nobody).is_empty());
    }

    #[test]
    fn beyond_the_bounds_the_oldest_go() {
        let (mut ours, mut theirs) = (Household::default(), Household::default());
        for at in 0..40 {
            ours.remember(Kind::Tops, Some(&format!("O{at}")), "40");
            theirs.remember(Kind::Tops, Some(&format!("T{at}")), "40");
        }
        let merged = ours.merged(&Household::default(), &theirs);
        assert_eq!(merged.person().sizes.len(), MAX_SIZES);
        assert!(ours.person().sizes.iter().all(|one| merged.person().sizes.contains(one)));
        for at in 0..7 {
            ours.add(&format!("O{at}")).unwrap();
            theirs.add(&format!("T{at}")).unwrap();
        }
        assert_eq!(ours.merged(&Household::default(), &theirs).people().len(), MAX_PEOPLE);
    }

    proptest! {
        #[test]
        fn one_that_did_nothing_takes_over_what_the_other_did(before in deeds(20), since in deeds(20)) {
            let base = done(&Household::default(), &before);
            let other = done(&base, &since);
            let taken = base.merged(&base, &other);
            prop_assert_eq!(other.merged(&base, &base), other.clone());
            prop_assert_eq!(other.merged(&base, &other), other.clone());
            // People that are new come last, here as there.
            let sorted = |home: &Household| {
                let mut people = home.people().to_vec();
                people.sort_by(|a, b| a.name.cmp(&b.name));
                people
            };
            prop_assert_eq!(sorted(&taken), sorted(&other));
        }

        #[test]
        fn merged_again_it_is_the_same(before in deeds(20), here in deeds(20), there in deeds(20)) {
            let base = done(&Household::default(), &before);
            let (ours, theirs) = (done(&base, &here), done(&base, &there));
            let merged = ours.merged(&base, &theirs);
            prop_assert_eq!(merged.merged(&base, &theirs), merged.clone());
            // And the other device has the same after it has read that.
            let read = theirs.merged(&theirs, &merged);
            prop_assert_eq!(read.merged(&merged, &merged), read);
        }

        #[test]
        fn of_two_that_never_met_nothing_is_lost(here in deeds(40), there in deeds(40)) {
            let (ours, theirs) = (done(&Household::default(), &here), done(&Household::default(), &there));
            let merged = ours.merged(&Household::default(), &theirs);
            for (home, is_ours) in [(&ours, true), (&theirs, false)] {
                for person in home.people() {
                    let known = merged.people().iter().any(|one| one.name == person.name);
                    prop_assert!(known || person == &Person::default() || merged.people().len() == MAX_PEOPLE, "{}", person.name);
                    for one in &person.sizes {
                        prop_assert!(!known || has(&merged, &person.name, one.kind, one.brand.as_ref()), "{one:?}");
                        let stays = merged.people().iter().any(|same| same.sizes.contains(one));
                        prop_assert!(!is_ours || stays, "{one:?}");
                    }
                    for (of, _) in person.body.all() {
                        let measured = merged.people().iter().any(|same| same.name == person.name && same.body.get(*of).is_some());
                        prop_assert!(!known || measured, "{of:?}");
                    }
                }
            }
            prop_assert_eq!(Household::read(&merged.write()), merged);
        }
    }
}
