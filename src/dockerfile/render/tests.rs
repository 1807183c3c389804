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
        builder: Builder::default(),
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
fn packages_are_installed_by_root_and_the_images_user_stays() {
    let run = crate::image::RunConfig { user: Some("app".to_owned()), ..Default::default() };
    let image = Image { run: Some(run), ..crate::image::resolve("debian:12").unwrap() };
    let toml = "[dockerfile]\npackages = [\"curl\"]\n";
    let settings = crate::config::parse("gobuild.toml".as_ref(), toml).unwrap().dockerfile;
    let pinned = |name: &str| name.to_owned();
    let text = render(&request(&image, &settings, &pinned)).unwrap().text;
    let users: Vec<&str> = text.lines().filter(|line| line.starts_with("USER ")).collect();
    assert_eq!(users, ["USER 0", "USER app"], "{text}");
    let plain = Dockerfile::default();
    let text = render(&request(&image, &plain, &pinned)).unwrap().text;
    assert!(!text.contains("USER 0"), "{text}");
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
