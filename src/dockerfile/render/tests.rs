//! The variables, and what the page says of them.

use super::*;

fn request<'a>(
    image: &'a Image,
    settings: &'a Dockerfile,
    pinned: &'a dyn Fn(&str) -> String,
) -> Request<'a> {
    Request {
        target: "prod",
        image,
        platforms: &[],
        settings,
        program: "rpc",
        source: Source::Prebuilt("rpc"),
        needs: Needs::default(),
        pinned,
        template: None,
    }
}

#[test]
fn the_page_lists_every_variable_of_a_template() {
    let image = crate::image::resolve("scratch").unwrap();
    let (settings, pinned) = (Dockerfile::default(), |name: &str| name.to_owned());
    let request = request(&image, &settings, &pinned);
    let model = model::model(&request, Family::Scratch, &mut Vec::new()).unwrap();
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/dockerfile.md")).unwrap();
    let table: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let names: Vec<String> = model.try_iter().unwrap().map(|name| name.to_string()).collect();
    let (missing, gone) = (
        names.iter().filter(|name| !table.contains(&name.as_str())).collect::<Vec<_>>(),
        table.iter().filter(|name| !names.iter().any(|own| own == *name)).collect::<Vec<_>>(),
    );
    assert!(missing.is_empty() && gone.is_empty(), "missing: {missing:?}, gone: {gone:?}");
    for family in Family::ALL {
        assert!(template::EMBEDDED.iter().any(|(name, _)| *name == family.name()), "{}", family.name());
        assert!(page.contains(&format!("`{}`", family.name())), "{}", family.name());
    }
}

#[test]
fn every_variable_that_a_template_names_is_there() {
    let image = crate::image::resolve("debian:12").unwrap();
    let (settings, pinned) = (Dockerfile::default(), |name: &str| name.to_owned());
    let request = request(&image, &settings, &pinned);
    let model = model::model(&request, Family::Debian, &mut Vec::new()).unwrap();
    let own = |name: &str| model.get_attr(name).is_ok_and(|value| !value.is_undefined());
    for (template, text) in template::EMBEDDED {
        let mut environment = minijinja::Environment::new();
        environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
        for filter in ["exec", "copied", "quoted", "shell"] {
            environment.add_filter(filter, |text: String| text);
        }
        let named = environment.template_from_str(text).unwrap().undeclared_variables(false);
        let unknown: Vec<&String> = named.iter().filter(|name| *name != "super" && !own(name)).collect();
        assert!(unknown.is_empty(), "{template}: {unknown:?}");
    }
}
