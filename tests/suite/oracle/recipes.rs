//! The binaries: a name, some words about it, and the lines that make it.

use std::collections::BTreeSet;

/// What every recipe can use.
pub(super) const PRELUDE: &str = include_str!("recipes/prelude.sh");

const FILES: &[&str] = &[
    include_str!("recipes/go.sh"),
    include_str!("recipes/c.sh"),
    include_str!("recipes/library.sh"),
    include_str!("recipes/files.sh"),
    include_str!("recipes/zig.sh"),
    include_str!("recipes/foreign.sh"),
];

/// How one binary is made.
#[derive(Debug, Clone)]
pub(super) struct Recipe {
    /// The name of it and of its folder.
    pub(super) name: String,
    /// `matrix`: zig or musl-gcc is needed, or qemu; `loaded`: it is no program, one called `load*` beside it
    /// loads it; else a GOARCH: it is for the roots of that architecture alone.
    pub(super) words: BTreeSet<String>,
    /// For bash.
    pub(super) script: String,
}

impl Recipe {
    /// Whether `make test` leaves it to `make test-matrix`.
    pub(super) fn is_for_matrix(&self) -> bool {
        self.words.contains("matrix")
    }

    /// Whether it is loaded by another program.
    pub(super) fn is_loaded(&self) -> bool {
        self.words.contains("loaded")
    }

    /// The architecture of the roots in which it is tried; amd64 where nothing is said, which is that of the
    /// machine, also for what was made for another one.
    pub(super) fn arch(&self) -> &str {
        let known = |word: &&String| !matches!(word.as_str(), "matrix" | "loaded");
        self.words.iter().find(known).map_or("amd64", |word| word)
    }
}

/// All of them, in the order of the files.
pub(super) fn all() -> Vec<Recipe> {
    FILES.iter().flat_map(|text| text.split("\n#: ").skip(1)).map(one).collect()
}

fn one(text: &str) -> Recipe {
    let (title, script) = text.split_once('\n').expect("a recipe has lines");
    let mut words = title.split_whitespace().map(str::to_owned);
    let name = words.next().expect("a recipe has a name");
    Recipe { name, words: words.collect(), script: script.trim().to_owned() }
}

#[test]
fn recipes_have_names_of_their_own_and_lines() {
    let recipes = all();
    let names: BTreeSet<&str> = recipes.iter().map(|recipe| recipe.name.as_str()).collect();
    assert_eq!(names.len(), recipes.len());
    assert!(
        recipes.iter().all(|recipe| recipe.script.contains("$OUT") || recipe.script.contains("| program")),
        "one leaves nothing"
    );
    assert!(recipes.iter().filter(|recipe| !recipe.is_for_matrix()).count() >= 40);
}
