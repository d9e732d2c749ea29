//! What a browser remembers: the people of a household, the sizes that they took, and their measurements.
//!
//! It is kept as lines of text with tabs between: no more code than that is downloaded for it, and what a shopper or another version
//! wrote into it is read as far as it makes sense.

use super::{body::Dimension, garment::Kind};

/// The most people of a household.
pub const MAX_PEOPLE: usize = 8;
/// The most sizes that are kept of a person; the oldest go.
pub const MAX_SIZES: usize = 60;
/// The longest name or label, in characters.
const MAX_TEXT: usize = 40;
const VERSION: &str = "1";

/// A size that somebody took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// Of what kind of thing.
    pub kind: Kind,
    /// Of which brand, if that is known.
    pub brand: Option<String>,
    /// As it was written.
    pub label: String,
}

/// Measurements in millimetres, each dimension at most once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body(Vec<(Dimension, u16)>);

impl Body {
    /// One of them.
    pub fn get(&self, of: Dimension) -> Option<u16> {
        self.0.iter().find(|(known, _)| *known == of).map(|(_, mm)| *mm)
    }

    /// Sets one, or takes it out.
    pub fn set(&mut self, of: Dimension, mm: Option<u16>) {
        self.0.retain(|(known, _)| *known != of);
        self.0.extend(mm.map(|mm| (of, mm)));
    }

    /// All.
    pub fn all(&self) -> &[(Dimension, u16)] {
        &self.0
    }
}

/// Somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// As they want to be called; empty for the first one, until there are others.
    pub name: String,
    /// The newest last.
    pub sizes: Vec<Remembered>,
    /// What was typed once.
    pub body: Body,
}

/// All who share a browser; never without anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    people: Vec<Person>,
    current: usize,
}

impl Default for Household {
    fn default() -> Self {
        Self { people: vec![Person::default()], current: 0 }
    }
}

impl Household {
    /// These people, somebody unknown where there is none.
    pub(super) fn of(people: Vec<Person>, current: usize) -> Self {
        if people.is_empty() { Self::default() } else { Self { people, current } }
    }

    /// Who is shopping.
    pub fn person(&self) -> &Person {
        &self.people[self.current]
    }

    /// Who is shopping.
    pub fn person_mut(&mut self) -> &mut Person {
        &mut self.people[self.current]
    }

    /// All.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The place in [`Self::people`] of who is shopping.
    pub fn current(&self) -> usize {
        self.current
    }

    /// Another one is shopping.
    pub fn choose(&mut self, at: usize) {
        self.current = at.min(self.people.len() - 1);
    }

    /// Somebody new, or known by this name, who is shopping from now on. `None` where there are enough, or the name says nothing.
    pub fn add(&mut self, name: &str) -> Option<()> {
        let name = plain(name);
        if name.is_empty() {
            return None;
        }
        self.current = self.enter(name)?;
        Some(())
    }

    /// The place of whoever has this name, who comes last if they are new: no two are called alike.
    fn enter(&mut self, name: String) -> Option<usize> {
        let known = self.people.iter().position(|person| person.name == name);
        if known.is_none() {
            if self.people.len() >= MAX_PEOPLE {
                return None;
            }
            self.people.push(Person { name, ..Person::default() });
        }
        Some(known.unwrap_or(self.people.len() - 1))
    }

    /// Takes somebody out with all that is known of them; the last one leaves somebody unknown.
    pub fn remove(&mut self, at: usize) {
        if at < self.people.len() {
            self.people.remove(at);
            if self.people.is_empty() {
                self.people.push(Person::default());
            }
            if self.current > at || self.current >= self.people.len() {
                self.current = self.current.saturating_sub(1);
            }
        }
    }

    /// Keeps a size of who is shopping, in place of one of the same kind and brand.
    pub fn remember(&mut self, kind: Kind, brand: Option<&str>, label: &str) {
        let brand = brand.map(plain).filter(|brand| !brand.is_empty());
        let label = plain(label);
        if label.is_empty() {
            return;
        }
        let sizes = &mut self.person_mut().sizes;
        sizes.retain(|one| one.kind != kind || one.brand != brand);
        if sizes.len() >= MAX_SIZES {
            sizes.remove(0);
        }
        sizes.push(Remembered { kind, brand, label });
    }

    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Everything as text.
    pub fn write(&self) -> String {
        let mut out = String::from(VERSION);
        let mut line = |parts: &[&str]| {
            for (at, part) in parts.iter().enumerate() {
                out.push(if at == 0 { '\n' } else { '\t' });
                out.push_str(part);
            }
        };
        for (at, person) in self.people.iter().enumerate() {
            line(&[if at == self.current { "P" } else { "p" }, &person.name]);
            for one in &person.sizes {
                line(&["s", one.kind.name(), one.brand.as_deref().unwrap_or_default(), &one.label]);
            }
            for (dimension, mm) in person.body.all() {
                line(&["b", dimension.name(), &digits(*mm)]);
            }
        }
        out
    }

    /// What [`Self::write`] wrote; what makes no sense is left out.
    pub fn read(text: &str) -> Self {
        Self::parse(text).unwrap_or_default()
    }

    /// The same, `None` for what was not written by it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut out = Self { people: Vec::new(), current: 0 };
        let mut lines = text.split('\n');
        if lines.next() != Some(VERSION) {
            return None;
        }
        // Who was shopping; while lines are read, it is whose they are.
        let mut current = 0;
        for line in lines {
            let mut parts = line.split('\t');
            let mut next = || parts.next().unwrap_or_default();
            match next() {
                kind @ ("P" | "p") => {
                    if let Some(at) = out.enter(plain(next())) {
                        out.current = at;
                        if kind == "P" {
                            current = at;
                        }
                    }
                }
                _ if out.people.is_empty() => {}
                "s" => {
                    let (kind, brand, label) = (Kind::parse(next()), next(), next());
                    if let Some(kind) = kind {
                        out.remember(kind, Some(brand), label);
                    }
                }
                "b" => {
                    let (dimension, mm) = (Dimension::parse(next()), next().parse().ok());
                    if let Some(of) = dimension {
                        out.person_mut().body.set(of, mm.filter(|mm| of.allows(*mm)));
                    }
                }
                _ => {}
            }
        }
        Some(Self::of(out.people, current))
    }
}

/// A text on one line, without what would end it.
fn plain(text: &str) -> String {
    let text = text.trim().chars().filter(|sign| !sign.is_control()).take(MAX_TEXT).collect::<String>();
    text.trim().to_owned()
}

fn digits(mut number: u16) -> String {
    let mut out = Vec::new();
    loop {
        out.push(b'0' + u8::try_from(number % 10).unwrap_or(0));
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.iter().rev().map(|digit| char::from(*digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_size_for_each_brand_and_kind() {
        let mut home = Household::default();
        home.remember(Kind::Tops, Some("Lormelle"), "38");
        home.remember(Kind::Shoes, None, "39");
        home.remember(Kind::Tops, Some(" Lormelle "), "40");
        let labels: Vec<&str> = home.person().sizes.iter().map(|one| &*one.label).collect();
        assert_eq!(labels, ["39", "40"]);
        for at in 0..100 {
            home.remember(Kind::Tops, Some(&format!("Brand {at}")), "40");
        }
        assert_eq!(home.person().sizes.len(), MAX_SIZES);
    }

    #[test]
    fn people_come_and_go() {
        let mut home = Household::default();
        home.remember(Kind::Tops, None, "40");
        home.add("Léo").unwrap();
        assert_eq!((home.current(), home.person().sizes.len()), (1, 0));
        assert!(home.add("  \t ").is_none());
        home.choose(0);
        home.add(" Léo").unwrap();
        assert_eq!((home.current(), home.people().len()), (1, 2), "known already");
        home.remove(0);
        assert_eq!((home.current(), &*home.person().name), (0, "Léo"));
        home.remove(0);
        assert!(home.is_empty());
        for at in 0..20 {
            let _ = home.add(&format!("N{at}"));
        }
        assert_eq!(home.people().len(), MAX_PEOPLE);
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        for text in ["", "2\np\tA", "{}", "1", "1\ns\ttops\t\t40"] {
            assert!(Household::read(text).is_empty(), "{text:?}");
        }
        let home = Household::read(
            "1\nP\tA\nb\tchest\t99999\nb\tchest\t36\nb\twaist\t700\ns\tnothing\t\t40\n\u{7f}",
        );
        assert_eq!(home.person().body.all(), [(Dimension::Waist, 700)]);
        assert!(home.person().sizes.is_empty());
    }

    proptest! {
        #[test]
        fn written_and_read_is_the_same(
            names in proptest::collection::vec("\\PC{0,12}", 0..6),
            sizes in proptest::collection::vec((0usize..5, "\\PC{0,50}", "[\\PC\t\n]{0,50}"), 0..80),
            mm in 380u16..1800,
        ) {
            let mut home = Household::default();
            for (kind, brand, label) in &sizes {
                home.remember(Kind::ALL[*kind].0, Some(brand), label);
            }
            home.person_mut().body.set(Dimension::Chest, Some(mm));
            for name in &names {
                let _ = home.add(name);
            }
            home.choose(sizes.len() % 4);
            prop_assert_eq!(Household::read(&home.write()), home);
        }

        #[test]
        fn anything_can_be_read(text in "(1\n)?([Ppsb]\t|\\PC|\t|\n|tops|chest){0,60}") {
            let home = Household::read(&text);
            let _ = home.person();
            prop_assert_eq!(Household::read(&home.write()), home);
        }
    }
}
