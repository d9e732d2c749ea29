//! A message as plain text.

use super::{
    html::{detail, spaced, sum},
    letter::Letter,
};

pub(crate) fn text(letter: &Letter) -> String {
    let words = letter.words;
    let mut out = vec![letter.subject.clone(), String::new(), letter.greeting.clone(), String::new()];
    for (at, paragraph) in letter.paragraphs.iter().enumerate() {
        out.push(paragraph.clone());
        if let Some(quote) = letter.quote.as_ref().filter(|_| at == 0) {
            out.push(String::new());
            out.extend(quote.lines().map(|line| format!("> {line}").trim_end().to_owned()));
            out.push(String::new());
        }
    }
    if let Some(code) = &letter.code {
        out.extend([
            String::new(),
            format!("{} {}", words.say("Votre code de retrait :", "Your pick-up code:"), spaced(code)),
        ]);
    }
    if !letter.terms.is_empty() {
        out.push(String::new());
    }
    for (name, value) in &letter.terms {
        out.push(format!("{name}{} {value}", words.say("\u{a0}:", ":")));
    }
    let lists =
        letter.proposed.iter().map(|item| (words.say("Proposé à la place", "Proposed instead"), item));
    let asked = match letter.proposed {
        Some(_) => words.say("Votre demande", "You asked for"),
        None => words.say("Vos articles", "Your items"),
    };
    let mut title = "";
    for (of, item) in lists.chain(letter.items.iter().map(|item| (asked, item))) {
        if of != title {
            title = of;
            out.extend([String::new(), title.to_owned()]);
        }
        let price = sum(item).map(|price| words.money(&price));
        let parts = [item.name.clone().or_else(|| Some(item.sku.clone())), Some(detail(item, words)), price];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        out.push(format!("- {}", parts.join(" · ")));
    }
    if let Some(link) = &letter.link {
        out.extend([String::new(), format!("{}{}", letter.go, words.say("\u{a0}:", ":")), link.clone()]);
    }
    if let Some(place) = &letter.place {
        out.extend([String::new(), place.name.clone(), place.address.clone()]);
        out.extend(place.phone.clone());
        out.extend(
            place.hours.iter().map(|(day, hours)| format!("{day}{} {hours}", words.say("\u{a0}:", ":"))),
        );
    }
    out.extend([String::new(), letter.why.clone()]);
    if let Some((label, link)) = &letter.stop {
        out.extend([format!("{label}{}", words.say("\u{a0}:", ":")), link.clone()]);
    }
    // One line break at the end, as mail ends.
    out.join("\n") + "\n"
}
