//! The part of `cargo metadata` that the rules look at.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    path::Path,
};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process::root;

/// Packages by their ids, and who depends on whom.
#[derive(Debug, Default)]
pub(super) struct Graph {
    packages: BTreeMap<String, Package>,
}

#[derive(Debug)]
struct Package {
    name: String,
    /// Folder within the repository, of our own packages only.
    folder: Option<String>,
    /// What it is built with, and what its tests are besides.
    needs: BTreeSet<String>,
    tests_need: BTreeSet<String>,
}

/// One of our packages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ours<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub folder: &'a str,
}

impl Graph {
    pub(super) fn parse(metadata: &str) -> Result<Self> {
        let Metadata { packages, resolve, workspace_members } =
            serde_json::from_str(metadata).context("`cargo metadata` has another form than expected")?;
        let mut graph = Self::default();
        for Described { id, name, manifest_path } in packages {
            let folder = workspace_members.contains(&id).then(|| {
                let folder = Path::new(&manifest_path).parent().unwrap_or(Path::new(""));
                folder.strip_prefix(root()).unwrap_or(folder).to_string_lossy().into_owned()
            });
            let package = Package { name, folder, needs: BTreeSet::new(), tests_need: BTreeSet::new() };
            graph.packages.insert(id, package);
        }
        for Node { id, deps } in resolve.nodes {
            let Some(package) = graph.packages.get_mut(&id) else { continue };
            for dep in deps {
                for Kind { kind } in dep.dep_kinds {
                    match kind.as_deref() {
                        None => package.needs.insert(dep.pkg.clone()),
                        Some("dev") => package.tests_need.insert(dep.pkg.clone()),
                        // Runs where the build runs, and is not in what comes out.
                        Some(_) => false,
                    };
                }
            }
        }
        Ok(graph)
    }

    /// Our own packages.
    pub(super) fn ours(&self) -> impl Iterator<Item = Ours<'_>> {
        self.packages.iter().filter_map(|(id, package)| {
            Some(Ours { id, name: &package.name, folder: package.folder.as_deref()? })
        })
    }

    pub(super) fn folder(&self, id: &str) -> Option<&str> {
        self.packages.get(id)?.folder.as_deref()
    }

    pub(super) fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.packages.get(id).map_or(id, |package| &package.name)
    }

    /// What a package is built with.
    pub(super) fn needs<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.packages.get(id).into_iter().flat_map(|package| &package.needs).map(String::as_str)
    }

    /// What its tests, examples and benches are built with besides.
    pub(super) fn tests_need<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.packages.get(id).into_iter().flat_map(|package| &package.tests_need).map(String::as_str)
    }

    /// The shortest way, as names, from a package to each package of one of these names.
    pub(super) fn ways<'a>(&'a self, from: &'a str, names: &[&str]) -> Vec<Vec<&'a str>> {
        let mut came_from: BTreeMap<&'a str, &'a str> = BTreeMap::new();
        let mut queue = VecDeque::from([from]);
        let mut found = Vec::new();
        let Some((start, _)) = self.packages.get_key_value(from) else { return found };
        while let Some(at) = queue.pop_front() {
            if at != from && names.contains(&self.name(at)) {
                let mut way = vec![self.name(at)];
                let mut step = at;
                while let Some(before) = came_from.get(step) {
                    way.push(self.name(before));
                    step = before;
                }
                way.reverse();
                found.push(way);
                // What lies behind it is its own affair.
                continue;
            }
            for next in self.needs(at) {
                if next != start && !came_from.contains_key(next) {
                    came_from.insert(next, at);
                    queue.push_back(next);
                }
            }
        }
        found
    }

    /// A graph from `(name, folder, needs, tests_need)`; an empty folder is a package of others.
    #[cfg(test)]
    pub(super) fn invented(packages: &[(&str, &str, &[&str], &[&str])]) -> Self {
        let set = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        let packages = packages.iter().map(|(name, folder, needs, tests_need)| {
            let folder = (!folder.is_empty()).then(|| (*folder).to_owned());
            let package =
                Package { name: (*name).to_owned(), folder, needs: set(needs), tests_need: set(tests_need) };
            ((*name).to_owned(), package)
        });
        Self { packages: packages.collect() }
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Described>,
    resolve: Resolve,
    workspace_members: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Described {
    id: String,
    name: String,
    manifest_path: String,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dep>,
}

#[derive(Deserialize)]
struct Dep {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    kind: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_becomes_a_graph() {
        let here = root().join("crates/domain/Cargo.toml");
        let metadata = serde_json::json!({
            "packages": [
                { "id": "d", "name": "devanture-domain", "manifest_path": here },
                { "id": "s", "name": "serde", "manifest_path": "/elsewhere/serde/Cargo.toml" },
                { "id": "p", "name": "proptest", "manifest_path": "/elsewhere/proptest/Cargo.toml" },
                { "id": "c", "name": "cc", "manifest_path": "/elsewhere/cc/Cargo.toml" },
            ],
            "workspace_members": ["d"],
            "resolve": { "nodes": [{ "id": "d", "deps": [
                { "pkg": "s", "dep_kinds": [{ "kind": null, "target": null }] },
                { "pkg": "p", "dep_kinds": [{ "kind": "dev", "target": null }] },
                { "pkg": "c", "dep_kinds": [{ "kind": "build", "target": null }] },
            ] }] },
        });
        let graph = Graph::parse(&metadata.to_string()).unwrap();
        assert_eq!(graph.folder("d"), Some("crates/domain"));
        assert_eq!(graph.folder("s"), None);
        assert_eq!(graph.needs("d").collect::<Vec<_>>(), ["s"]);
        assert_eq!(graph.tests_need("d").collect::<Vec<_>>(), ["p"]);
    }

    #[test]
    fn the_shortest_way_is_told() {
        let graph = Graph::invented(&[
            ("a", "crates/a", &["b", "c"], &[]),
            ("b", "", &["c"], &[]),
            ("c", "", &["tokio"], &[]),
            ("tokio", "", &["a"], &[]),
        ]);
        assert_eq!(graph.ways("a", &["tokio", "axum"]), [["a", "c", "tokio"]]);
        assert!(graph.ways("a", &["sqlx"]).is_empty());
        assert!(graph.ways("nobody", &["tokio"]).is_empty());
    }
}
