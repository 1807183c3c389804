//! Small programs, built by the real go in an environment of which nothing is left to chance.

use duct::Expression;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A module in a temporary folder.
pub(super) struct Program {
    folder: TempDir,
}

impl Program {
    /// A module `example.com/hello` with these files.
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let program = Self { folder };
        program.write("go.mod", "module example.com/hello\n\ngo 1.24\n");
        for (name, text) in files {
            program.write(name, text);
        }
        program
    }

    /// One that prints a word, without cgo.
    pub(super) fn hello() -> Self {
        Self::new(&[("main.go", "package main\n\nfunc main() { println(\"hello\") }\n")])
    }

    /// One that calls C, with a function to export.
    pub(super) fn cgo() -> Self {
        let text = "package main\n\n// #include <stdio.h>\n// #include <math.h>\n// #include <pthread.h>\n// #cgo LDFLAGS: -lm\n\
            // static double root(double x) { pthread_self(); puts(\"c\"); return sqrt(x); }\nimport \"C\"\n\n\
            //export Root\nfunc Root(x float64) float64 { return float64(C.root(C.double(x))) }\n\n\
            func main() { println(Root(2)) }\n";
        Self::new(&[("main.go", text)])
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `go build -o OUTPUT ARGS…` with these variables; the path of the output.
    pub(super) fn build(&self, output: &str, variables: &[(&str, &str)], arguments: &[&str]) -> PathBuf {
        let mut words = vec!["build", "-o", output];
        words.extend(arguments);
        let done = go(variables, &words).dir(self.folder.path());
        let done = done.stderr_to_stdout().stdout_capture().unchecked().run().unwrap();
        assert!(
            done.status.success(),
            "go {words:?} {variables:?}: {}",
            String::from_utf8_lossy(&done.stdout)
        );
        self.path(output)
    }

    /// The same, small and without a C compiler.
    pub(super) fn build_pure(&self, output: &str, system: &str, arch: &str, arguments: &[&str]) -> PathBuf {
        let variables = [("CGO_ENABLED", "0"), ("GOOS", system), ("GOARCH", arch)];
        self.build(output, &variables, &[&["-trimpath", "-ldflags=-s -w"], arguments].concat())
    }
}

/// go with these variables, deaf to the settings of whoever runs the tests.
pub(super) fn go(variables: &[(&str, &str)], words: &[&str]) -> Expression {
    // duct applies the outermost setting first, so that what is said first here wins.
    let mut command = duct::cmd("go", words);
    for (name, value) in variables {
        command = command.env(name, value);
    }
    command = command.env("GOENV", "off").env("GOFLAGS", "").env("GOWORK", "off");
    for name in [
        "GO111MODULE",
        "GOOS",
        "GOARCH",
        "GOARM",
        "GOAMD64",
        "GOARM64",
        "GO386",
        "GOMIPS",
        "GOMIPS64",
        "GOPPC64",
        "GORISCV64",
        "GOEXPERIMENT",
        "GO_EXTLINK_ENABLED",
        "CGO_ENABLED",
        "CC",
        "CXX",
        "CGO_CFLAGS",
        "CGO_CPPFLAGS",
        "CGO_LDFLAGS",
        "GOFIPS140",
    ] {
        command = command.env_remove(name);
    }
    command
}

/// A file made by gcc from C.
pub(super) fn gcc(folder: &Path, output: &str, text: &str, arguments: &[&str]) -> PathBuf {
    let source = folder.join("c.c");
    std::fs::write(&source, text).unwrap();
    let path = folder.join(output);
    let mut words = vec![source.to_str().unwrap(), "-o", path.to_str().unwrap()];
    words.extend(arguments);
    duct::cmd("gcc", words).run().unwrap();
    path
}
