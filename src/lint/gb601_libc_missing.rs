//! What is linked in one stage finds its loader in the last one, or does not start.

use super::contents::brings;
use super::facts::Facts;
use super::shipping::shipped;
use super::{Remark, Rule};
use crate::diagnostics::catalog;
use crate::diagnostics::evidence::ImageLibc;
use crate::diagnostics::evidence::gb601::LibcMissing;
use crate::dockerfile::model::packages::Installed;
use crate::image::facts::{Fact, Libc};

pub(super) static RULE: Rule = Rule { diagnostic: &catalog::GB601, run };

fn run(facts: &Facts<'_>) -> Vec<Remark> {
    let Some(image) = facts.final_image() else { return Vec::new() };
    let Fact::Known(there) = image.libc else { return Vec::new() };
    // glibc itself beside the image's own C library, from a package or copied file by file.
    let copied = brings(facts, &["ld-linux", "ld-musl", "ld64", "libc.so", "glibc"])
        || facts.may_install(facts.last, &["glibc", "libc6"]);
    // gcompat has a part of its functions: which ones the program calls no Dockerfile tells.
    let stands_in = facts.installed(facts.last, "gcompat") != Installed::No;
    let misfit = |build: &super::builds::Build| {
        let builder = facts.image(build.stage)?;
        let Fact::Known(here) = builder.libc else { return None };
        let fits = match (here, there) {
            (Libc::Glibc(_), Libc::Glibc(_))
            | (Libc::Musl(_), Libc::Musl(_))
            | (Libc::None | Libc::Uclibc, _) => true,
            _ => copied,
        };
        if fits || !build.needs_loader(facts) {
            return None;
        }
        let found = LibcMissing {
            builder: ImageLibc { image: builder.written.clone(), libc: here },
            image: ImageLibc { image: image.written.clone(), libc: there },
            gcompat: stands_in,
            linked_by: build.linked_by(),
        };
        Some(super::found(&build.span, found).doubtful(stands_in))
    };
    shipped(facts).filter_map(misfit).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixtures::{quiet, quiet_with, said, two};

    #[test]
    fn fires() {
        assert_eq!(
            said(&RULE, &two("golang:1.27-bookworm", "go build -o /app .", "alpine:3.24")),
            ["go build -o /app ."]
        );
        assert_eq!(
            said(&RULE, &two("golang:1.27-bookworm", "go build -o /app .", "scratch")),
            ["go build -o /app ."]
        );
    }

    #[test]
    fn fires_whatever_looks_like_a_static_link() {
        for run in [
            // These flags are for the external linker, which go does not ask here.
            "go build -ldflags '-extldflags \"-static\"' -o /app .",
            "go build -ldflags '-linkmode external -extldflags -static-libgcc' -o /app .",
            "go build -o /app-static . && mv /app-static /app",
            // A variable of the shell, which go does not see.
            "CGO_ENABLED=0; go build -o /app .",
            "(export CGO_ENABLED=0); go build -o /app .",
            "sh -c \"go build -o /app .\"",
            // What only the build knows can be no flag here.
            "go build -ldflags \"-X main.v=$(git describe) -s\" -o /app .",
        ] {
            assert_eq!(said(&RULE, &two("golang:1.27-bookworm", run, "scratch")).len(), 1, "{run}");
        }
        let gcompat =
            two("golang:1.27-bookworm", "go build -o /app .", "alpine:3.24") + "RUN apk add libc6-compat\n";
        assert_eq!(said(&RULE, &gcompat).len(), 1, "gcompat has only a part of glibc");
    }

    #[test]
    fn is_quiet_on_what_is_linked_statically() {
        for run in [
            "go build -ldflags='-linkmode external -extldflags -static' -o /app .",
            "export CGO_ENABLED=0 && go build -o /app .",
            "go env -w CGO_ENABLED=0 && go build -o /app .",
            "go build -tags netgo,osusergo -o /app .",
            // Known around what only the build knows.
            "V=$(git describe) && L=\"-X main.v=$V\" && go build -ldflags \"$L -linkmode external -extldflags -static\" -o /app .",
            // Which may be anything.
            "go build $(cat flags) -o /app .",
            "go build -ldflags \"-s $(cat flags)\" -o /app .",
        ] {
            quiet(&RULE, &two("golang:1.27-bookworm", run, "scratch"));
        }
        let by_argument = two("golang:1.27-bookworm", "go build -ldflags \"$LDFLAGS\" -o /app .", "scratch")
            .replace("COPY . .\n", "ARG LDFLAGS=\"-linkmode external -extldflags -static\"\nCOPY . .\n");
        quiet(&RULE, &by_argument);
        let with_c = [("c.go", "package main\n\nimport \"C\"\n")];
        let static_c =
            two("golang:1.27-bookworm", "go build -ldflags '-extldflags -static' -o /app .", "scratch");
        quiet_with(&RULE, &static_c, &with_c);
    }

    #[test]
    fn a_mounted_result_is_shipped_where_it_is_taken_out() {
        let file = |mount: &str, run: &str| {
            format!(
                "FROM golang:1.27-bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app .\nFROM scratch AS other\n\
                 FROM alpine:3.24\nRUN --mount={mount} {run}\nENTRYPOINT [\"/app\"]\n"
            )
        };
        for (mount, run) in [
            ("type=bind,from=build,source=/out,target=/mnt", "cp /mnt/app /app"),
            ("from=build,target=/mnt", "cd /mnt/out && cp app /app"),
            ("from=build,src=/out/app,dst=/x", "cp /x /app"),
        ] {
            assert_eq!(said(&RULE, &file(mount, run)).len(), 1, "{mount} {run}");
        }
        for (mount, run) in [
            ("type=bind,from=build,source=/etc,target=/mnt", "cp /mnt/app /app"),
            ("type=cache,from=build,target=/mnt", "cp /mnt/app /app"),
            ("from=build,source=/out,target=/mnt", "ls /mnt; apk add git"),
            ("from=other,target=/mnt", "cp /mnt/app /app"),
        ] {
            quiet(&RULE, &file(mount, run));
        }
    }

    #[test]
    fn a_program_in_a_folder_has_the_name_of_the_folder() {
        let file = two("golang:1.27-bookworm", "go build ./cmd/srv/.", "alpine:3.24");
        let file = file.replace("/app /app", "/src/srv /app");
        assert_eq!(said(&RULE, &file), ["go build ./cmd/srv/."]);
    }

    #[test]
    fn is_quiet_on_what_fits() {
        quiet(&RULE, &two("golang:1.27-bookworm", "CGO_ENABLED=0 go build -o /app .", "alpine:3.24"));
        quiet(&RULE, &two("golang:1.27-bookworm", "go build -o /app .", "debian:12"));
        quiet(&RULE, &two("golang:1.27-alpine", "go build -o /app .", "scratch"));
    }

    #[test]
    fn does_not_guess() {
        quiet(&RULE, &two("golang:1.27-bookworm", "go build -o /app .", "registry.example.com/base:7"));
        quiet(&RULE, &two("registry.example.com/base:7", "go build -o /app .", "alpine:3.24"));
        quiet(&RULE, &two("golang:1.27-bookworm", "CC=musl-gcc go build -o /app .", "alpine:3.24"));
        quiet(&RULE, &two("golang:1.27-bookworm", "make /app", "alpine:3.24"));
        let file = two("golang:1.27-bookworm", "go build -o /app .", "alpine:3.24");
        quiet(
            &RULE,
            &(file.clone()
                + "RUN wget -q https://example.com/glibc-2.35-r1.apk && apk add glibc-2.35-r1.apk\n"),
        );
        // To speak of it brings none.
        assert_eq!(said(&RULE, &(file + "RUN echo no glibc here\n")).len(), 1);
    }
}
