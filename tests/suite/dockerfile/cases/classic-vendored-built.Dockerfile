# Written by gobuild for scratch: change gobuild.toml, not this file; sha256 of the rest: ba92367068d0b2d051cb2c409ef4c36d
# Go builds for the platform of this stage, which is the image's own.
FROM golang:1.24-trixie AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 \
    go build -o /out/rpc .
# Where the build image has gobuild, the binary is held against the image it will run in.
RUN if command -v gobuild >/dev/null; then gobuild verify /out/rpc --target scratch; fi

FROM scratch
WORKDIR /app
COPY --from=build /out/rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
