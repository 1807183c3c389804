# Written by gobuild for alpine:3.20: change gobuild.toml, not this file; sha256 of the rest: bd3b4e42be05f18d56c92244694afa28
# Go compiles for every platform, so this stage runs on the builder's own and nothing is emulated.
FROM --platform=$BUILDPLATFORM golang:1.24-trixie AS build
WORKDIR /src
# The modules first: they are fetched anew only where one of these files has changed.
COPY go.mod ./
RUN --mount=type=cache,target=/go/pkg/mod \
    go mod download
COPY . .
# The builder sets these for each platform. A default here would be taken for every one of them.
ARG TARGETOS
ARG TARGETARCH
ARG TARGETVARIANT
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    case "${TARGETARCH}" in \
    amd64) export GOAMD64=v3 ;; \
    arm) export GOARM="${TARGETVARIANT#v}" ;; \
    esac; \
    CGO_ENABLED=0 GOOS="${TARGETOS}" GOARCH="${TARGETARCH}" \
    go build -o /out/rpc .
ARG TARGETPLATFORM
# Where the build image has gobuild, the binary is held against the image it will run in.
RUN if command -v gobuild >/dev/null; then gobuild verify /out/rpc --target prod --platform "${TARGETPLATFORM}"; fi

FROM alpine:3.20
WORKDIR /app
COPY --from=build /out/rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
