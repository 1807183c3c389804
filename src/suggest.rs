//! "did you mean": the nearest known word, or none.

/// The candidate nearest to `typed` if it is near enough to be a slip of the fingers: at most a third
/// of the letters differ, and never more than three (the measure cargo uses, tightened for short words).
pub fn closest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let limit = (typed.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&typed, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_finds_none() {
        let known = ["alpine", "debian", "scratch"];
        assert_eq!(closest("apline", known), Some("alpine"));
        assert_eq!(closest("Alpin", known), Some("alpine"));
        assert_eq!(closest("mycorp", known), None);
        assert_eq!(closest("as", ["a"]), Some("a"));
        assert_eq!(closest("xy", ["ab"]), None);
    }
}
