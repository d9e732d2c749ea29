//! The rules themselves. They stand in ARCHITECTURE.md as well: change both.

use super::graph::{Graph, Ours};

/// Who may import which of our crates, by folders; `*` at the end stands for any name.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("crates/domain", &[]),
    ("crates/api", &["crates/domain"]),
    ("crates/search", &["crates/domain"]),
    ("crates/gazetteer", &["crates/search", "crates/api", "crates/domain"]),
    ("crates/client", &["crates/api", "crates/domain"]),
    ("crates/ui", &["crates/domain"]),
    ("crates/host", &["crates/domain"]),
    (
        "widgets/*",
        &["crates/ui", "crates/host", "crates/client", "crates/search", "crates/api", "crates/domain"],
    ),
    ("crates/embed", &["widgets/*", "crates/ui"]),
    ("www/console", &["crates/ui", "crates/api", "crates/client", "crates/domain"]),
    ("crates/storage", &["crates/domain"]),
    ("crates/feeds", &["crates/storage", "crates/domain"]),
    ("crates/demo", &["crates/api", "crates/domain"]),
    (
        "crates/server",
        &[
            "crates/api",
            "crates/feeds",
            "crates/storage",
            "crates/search",
            "crates/gazetteer",
            "crates/domain",
        ],
    ),
    (
        "crates/cli",
        &[
            "crates/server",
            "crates/feeds",
            "crates/storage",
            "crates/demo",
            "crates/gazetteer",
            "crates/search",
            "crates/api",
            "crates/domain",
        ],
    ),
    ("crates/xtask", &[]),
    ("examples/*", &["crates/demo", "crates/api", "crates/domain"]),
    ("tests/bench/*", &["crates/search", "crates/domain"]),
];

/// The browser's own interfaces, and who may name them: what touches the page.
const BROWSER_INTERFACES: [&str; 2] = ["web-sys", "js-sys"];
const TOUCHES_THE_PAGE: [&str; 6] =
    ["crates/ui", "crates/host", "crates/embed", "crates/client", "www/console", "tests/bench/*"];

/// Where a crate's code ends up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Browser,
    Native,
}

impl Side {
    /// What everything on this side starts from.
    fn roots(self) -> &'static [&'static str] {
        match self {
            Self::Browser => &["widgets/*", "crates/embed", "www/console"],
            Self::Native => &["crates/server", "crates/cli", "examples/shop"],
        }
    }

    fn forbidden(self) -> &'static [&'static str] {
        match self {
            Self::Browser => &["tokio", "sqlx", "sqlx-core", "axum", "axum-core", "hyper"],
            Self::Native => &["yew", "web-sys", "js-sys"],
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Self::Browser => "a browser would download it",
            Self::Native => "the server has no page",
        }
    }
}

/// Direct imports that break a rule, one line each.
pub(super) fn direct(graph: &Graph) -> Vec<String> {
    let mut found = Vec::new();
    for Ours { id, name, folder } in graph.ours() {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(pattern, _)| matches(pattern, folder)) else {
            found.push(format!(
                "{name} ({folder}) has no rule yet: say in crates/xtask/src/deps/rules.rs and ARCHITECTURE.md whom it may import"
            ));
            continue;
        };
        for needed in graph.needs(id).chain(graph.tests_need(id)).filter(|needed| *needed != id) {
            let Some(other) = graph.folder(needed) else { continue };
            if !allowed.iter().any(|pattern| matches(pattern, other)) {
                found.push(format!(
                    "{name} imports {}: {folder} may import {}",
                    graph.name(needed),
                    list(allowed)
                ));
            }
        }
        for needed in graph.needs(id).filter(|needed| BROWSER_INTERFACES.contains(&graph.name(needed))) {
            if !TOUCHES_THE_PAGE.iter().any(|pattern| matches(pattern, folder)) {
                found.push(format!(
                    "{name} imports {}: only {} may; go through one of them",
                    graph.name(needed),
                    list(&TOUCHES_THE_PAGE)
                ));
            }
        }
    }
    found
}

/// Crates that one side reaches and must not, each with the way to it.
pub(super) fn reached(graph: &Graph, side: Side) -> Vec<String> {
    let starts = graph.ours().filter(|ours| side.roots().iter().any(|pattern| matches(pattern, ours.folder)));
    starts
        .flat_map(|ours| graph.ways(ours.id, side.forbidden()))
        .map(|way| {
            format!("{} reaches {}: {} ({})", way[0], way[way.len() - 1], way.join(" → "), side.reason())
        })
        .collect()
}

fn matches(pattern: &str, folder: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => folder.starts_with(start),
        None => folder == pattern,
    }
}

fn list(folders: &[&str]) -> String {
    if folders.is_empty() { "none of our crates".to_owned() } else { folders.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_allowed_is_allowed() {
        let graph = Graph::invented(&[
            ("domain", "crates/domain", &["serde"], &["proptest"]),
            ("api", "crates/api", &["domain"], &[]),
            ("ui", "crates/ui", &["domain", "web-sys"], &[]),
            ("chat", "widgets/chat", &["ui", "api"], &[]),
            ("embed", "crates/embed", &["chat", "web-sys"], &[]),
            ("storage", "crates/storage", &["domain"], &["storage"]),
            ("serde", "", &[], &[]),
            ("proptest", "", &[], &[]),
            ("web-sys", "", &[], &[]),
        ]);
        assert_eq!(direct(&graph), Vec::<String>::new());
        assert_eq!(reached(&graph, Side::Browser), Vec::<String>::new());
        assert_eq!(reached(&graph, Side::Native), Vec::<String>::new());
    }

    #[test]
    fn domain_imports_none_of_ours_and_widgets_not_each_other() {
        let graph = Graph::invented(&[
            ("domain", "crates/domain", &["api"], &[]),
            ("api", "crates/api", &[], &["server"]),
            ("server", "crates/server", &[], &[]),
            ("chat", "widgets/chat", &["reviews"], &[]),
            ("reviews", "widgets/reviews", &[], &[]),
        ]);
        let found = direct(&graph);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert_eq!(found[0], "api imports server: crates/api may import crates/domain");
        assert!(
            found[1].starts_with("chat imports reviews: widgets/chat may import crates/ui"),
            "{found:#?}"
        );
        assert_eq!(found[2], "domain imports api: crates/domain may import none of our crates");
    }

    #[test]
    fn the_page_is_touched_by_few() {
        let graph = Graph::invented(&[
            ("search", "crates/search", &["js-sys"], &["web-sys"]),
            ("js-sys", "", &[], &[]),
            ("web-sys", "", &[], &[]),
        ]);
        let found = direct(&graph);
        assert_eq!(found.len(), 1, "its tests may: {found:#?}");
        assert!(found[0].starts_with("search imports js-sys: only crates/ui,"), "{found:#?}");
    }

    #[test]
    fn a_widget_reaches_no_server_and_the_server_no_page() {
        let graph = Graph::invented(&[
            ("chat", "widgets/chat", &["events"], &["tokio"]),
            ("events", "", &["tokio"], &[]),
            ("tokio", "", &[], &[]),
            ("server", "crates/server", &["clock"], &[]),
            ("clock", "", &["js-sys"], &[]),
            ("js-sys", "", &[], &[]),
        ]);
        assert_eq!(
            reached(&graph, Side::Browser),
            ["chat reaches tokio: chat → events → tokio (a browser would download it)"]
        );
        assert_eq!(
            reached(&graph, Side::Native),
            ["server reaches js-sys: server → clock → js-sys (the server has no page)"]
        );
    }

    #[test]
    fn a_crate_without_a_rule_is_told() {
        let graph = Graph::invented(&[("new", "crates/new", &[], &[])]);
        assert!(direct(&graph)[0].starts_with("new (crates/new) has no rule yet"));
    }
}
