# Written by gobuild for scratch: change gobuild.toml, not this file; sha256 of the rest: 03aab0ac646924c7d585d1ef727877ed
# Go compiles for every platform, so this stage runs on the builder's own and nothing is emulated.
FROM --platform=$BUILDPLATFORM golang:1.24-trixie AS build
WORKDIR /src
COPY . .
# The builder sets these for each platform. A default here would be taken for every one of them.
ARG TARGETOS
ARG TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS="${TARGETOS}" GOARCH="${TARGETARCH}" \
    go build -o /out/rpc .
ARG TARGETPLATFORM
# Where the build image has gobuild, the binary is held against the image it will run in.
RUN if command -v gobuild >/dev/null; then gobuild verify /out/rpc --target scratch --platform "${TARGETPLATFORM}"; fi

FROM scratch
WORKDIR /app
COPY --from=build /out/rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
