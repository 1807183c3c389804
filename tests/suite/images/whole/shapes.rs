//! Every shape of a start, good and bad.

use super::kitchen::Shape;

/// Starts that work.
pub(super) fn good() -> Vec<Shape> {
    let sh = |name, text: &str| Shape::shell(name, &["/bin/sh", "-c", text]);
    let scripts = (1..5).fold(Shape::shell("five-scripts", &["/s1"]), |shape, number| {
        shape.file(&format!("s{number}"), format!("#!/s{}\n", number + 1))
    });
    vec![
        Shape::new("path", &["/app"]),
        Shape::new("command-alone", &[]).cmd(&["/app", "--flag"]),
        Shape::new("name-in-path", &["tool"]),
        Shape::new("own-path", &["mine"]).env("PATH=/nowhere:/opt/x").program(
            "opt/x/mine",
            "static",
            0o755,
            0,
        ),
        Shape::new("relative", &["./app"]).workdir("/srv").program("srv/app", "static", 0o755, 0),
        Shape::new("link", &["/run/app"]).link("run", "opt/y").link("opt/y/app", "../../app"),
        Shape::new("workdir-made-by-the-engine", &["/app"]).workdir("/none/yet"),
        sh("shell-form", "exec /app --flag"),
        sh("shell-form-with-variable", "X=1 tool"),
        sh("shell-form-with-more", "tool && exec ./app"),
        sh("shell-form-with-builtin", "cd / && ./app"),
        sh("shell-runs-a-text", "/run.sh").file("run.sh", "exec /app\n"),
        Shape::shell("shell-reads-a-text", &["sh", "/run.sh"]).owned("run.sh", "exec /app\n", 0o644, 0),
        Shape::shell("script", &["/run.sh"]).cmd(&["tool"]).file("run.sh", "#!/bin/sh\nexec \"$@\"\n"),
        Shape::shell("script-for-env", &["/run.sh"]).file("run.sh", "#! /usr/bin/env sh\nexec /app\n"),
        Shape::shell("script-with-argument", &["/run.sh"]).file("run.sh", "#!/bin/sh -e\nexec /app\n"),
        scripts.file("s5", "#!/bin/true\n"),
        Shape::shell("busybox-by-name", &["/bin/busybox", "sh", "-c", "/app"]),
        Shape::shell("env", &["env", "A=1", "/app"]),
        Shape::new("own-user", &["/mine"]).user("app").program("mine", "static", 0o700, 1000),
        Shape::new("user-by-number", &["/app"]).user("65532:65532"),
        Shape::new("group-of-the-user", &["/g"])
            .user("app")
            .program("g", "static", 0o750, 50)
            .folder("x", 0o755),
        Shape::new("below-a-closed-folder", &["./app"])
            .user("app")
            .workdir("/root/open")
            .folder("root", 0o700)
            .folder("root/open", 0o755)
            .program("root/open/app", "static", 0o755, 0),
        Shape::new("tini", &["/tini", "--"]).cmd(&["/app"]).package("tini", "usr/bin/tini-static", "tini"),
        Shape::new("tini-with-options", &["/tini", "-g", "-e", "143", "tool"]).package(
            "tini",
            "usr/bin/tini-static",
            "tini",
        ),
        Shape::new("catatonit", &["/catatonit", "--", "/app"]).package(
            "catatonit",
            "usr/bin/catatonit",
            "catatonit",
        ),
        Shape::new("gosu", &["gosu", "app", "/mine"])
            .package("gosu", "usr/sbin/gosu", "usr/sbin/gosu")
            .program("mine", "static", 0o700, 1000),
    ]
}

/// Starts that fail.
pub(super) fn bad() -> Vec<Shape> {
    let sh = |name, text: &str| Shape::shell(name, &["/bin/sh", "-c", text]);
    let script = |name, text: &str| Shape::shell(name, &["/run.sh"]).file("run.sh", text);
    let scripts = (1..7).fold(Shape::shell("seven-scripts", &["/s1"]), |shape, number| {
        shape.file(&format!("s{number}"), format!("#!/s{}\n", number + 1))
    });
    let long = format!("#!/{}/sh\n", "x/".repeat(140));
    vec![
        Shape::new("no-path", &["/nope"]).rejected("GB701"),
        Shape::new("no-name", &["nope"]).rejected("GB701"),
        Shape::new("beside-itself", &["app"]).env("PATH=.").rejected("GB701"),
        Shape::new("link-to-nothing", &["/run"]).link("run", "/opt/gone").rejected("GB701"),
        Shape::new("link-in-circles", &["/run"]).link("run", "/turn").link("turn", "run").rejected("GB701"),
        Shape::new("file-for-a-folder", &["/app/run"]).rejected("GB701"),
        Shape::new("relative-elsewhere", &["./app"]).workdir("/srv").rejected("GB701"),
        Shape::new("shell-form-without-shell", &["/bin/sh", "-c", "/app"]).rejected("GB701"),
        sh("shell-form-missing", "exec /nope").rejected("GB701"),
        Shape::shell("env-missing", &["env", "A=1", "/nope"]).rejected("GB701"),
        Shape::shell("script-to-read-missing", &["sh", "/nope.sh"]).rejected("GB701"),
        Shape::new("folder", &["/opt"]).folder("opt", 0o755).rejected("GB702"),
        Shape::new("nobodys-mode", &["/mine"]).program("mine", "static", 0o644, 0).rejected("GB703"),
        Shape::new("others-mode", &["/mine"])
            .user("app")
            .program("mine", "static", 0o744, 0)
            .rejected("GB703"),
        Shape::new("others-group", &["/mine"])
            .user("app:app")
            .program("mine", "static", 0o750, 50)
            .rejected("GB703"),
        Shape::new("closed-folder", &["/root/mine"])
            .user("1001")
            .folder("root", 0o700)
            .program("root/mine", "static", 0o755, 0)
            .rejected("GB703"),
        Shape::new("name-of-others-mode", &["mine"])
            .user("1001")
            .program("bin/mine", "static", 0o700, 0)
            .rejected("GB703"),
        script("no-bash", "#!/bin/bash\n").rejected("GB704"),
        script("no-bash-for-env", "#!/usr/bin/env bash\n").rejected("GB704"),
        scripts.file("s7", "#!/bin/true\n").rejected("GB704"),
        script("windows-lines", "#!/bin/sh\r\nexec /app\r\n").rejected("GB705"),
        script("windows-lines-for-env", "#!/usr/bin/env sh\r\nexec /app\r\n").rejected("GB705"),
        script("windows-lines-behind-an-option", "#!/bin/sh -e\r\nexec /app\r\n").rejected("GB705"),
        script("no-first-line", "exec /app\n").rejected("GB706"),
        script("blank-first-line", "\n#!/bin/sh\nexec /app\n").rejected("GB706"),
        script("byte-order-mark", "\u{feff}#!/bin/sh\nexec /app\n").rejected("GB706"),
        script("empty", "").rejected("GB706"),
        script("long-first-line", &long).rejected("GB706"),
        Shape::new("no-user", &["/app"]).user("nobody").rejected("GB707"),
        Shape::new("no-group", &["/app"]).user("app:nobody").rejected("GB707"),
        Shape::new("other-architecture", &["/mine"]).program("mine", "arm64", 0o755, 0).rejected("GB103"),
        Shape::new("no-loader", &["/mine"]).program("mine", "pie", 0o755, 0).rejected("GB201"),
        sh("no-loader-behind-a-shell", "exec /mine").program("mine", "pie", 0o755, 0).rejected("GB201"),
        Shape::new("no-loader-behind-tini", &["/tini", "--", "/mine"])
            .package("tini", "usr/bin/tini-static", "tini")
            .program("mine", "pie", 0o755, 0)
            .rejected("GB201"),
        Shape::new("tini-without-loader", &["/tini", "--", "/app"])
            .package("tini", "usr/bin/tini", "tini")
            .rejected("GB201"),
        Shape::new("dumb-init-without-loader", &["/dumb-init", "--", "/app"])
            .package("dumb-init", "usr/bin/dumb-init", "dumb-init")
            .rejected("GB201"),
        Shape::new("denied-behind-gosu", &["gosu", "app", "/mine"])
            .package("gosu", "usr/sbin/gosu", "usr/sbin/gosu")
            .program("mine", "static", 0o700, 0)
            .rejected("GB703"),
        Shape::new("no-user-for-gosu", &["gosu", "nobody", "/app"])
            .package("gosu", "usr/sbin/gosu", "usr/sbin/gosu")
            .rejected("GB707"),
        Shape::new("missing-behind-catatonit", &["/catatonit", "/nope"])
            .package("catatonit", "usr/bin/catatonit", "catatonit")
            .rejected("GB701"),
        Shape::new("missing-behind-dumb-init", &["/dumb-init", "/nope"])
            .package("dumb-init", "usr/bin/dumb-init", "dumb-init")
            .rejected("GB701"),
    ]
}
