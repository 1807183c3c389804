# Written by gobuild for gcr.io/distroless/static-debian12: change gobuild.toml, not this file; sha256 of the rest: 51e3358812a6fe52cd375e0c0b348051
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
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS="${TARGETOS}" GOARCH="${TARGETARCH}" \
    go build -o /out/rpc .
ARG TARGETPLATFORM
# Where the build image has gobuild, the binary is held against the image it will run in.
RUN if command -v gobuild >/dev/null; then gobuild verify /out/rpc --target gcr.io/distroless/static-debian12 --platform "${TARGETPLATFORM}"; fi

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /out/rpc /app/rpc
# nonroot of gcr.io/distroless/static-debian12.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
