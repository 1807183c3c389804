# Written by gobuild for alpine:3.20: change gobuild.toml, not this file; sha256 of the rest: b2ab2bcb105df6f329c0675f556fe731
# C is compiled, so this stage runs on the platform itself; where that is not the builder's, it is emulated.
FROM golang:1.24-alpine3.23 AS build
RUN apk add --no-cache g++ musl-dev
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
    CGO_CPPFLAGS=-D_LARGEFILE64_SOURCE CGO_ENABLED=1 GOOS="${TARGETOS}" GOARCH="${TARGETARCH}" \
    go build -o /out/rpc '-ldflags=-linkmode=external -extldflags=-static' .
ARG TARGETPLATFORM
# Where the build image has gobuild, the binary is held against the image it will run in.
RUN if command -v gobuild >/dev/null; then gobuild verify /out/rpc --target alpine:3.20 --platform "${TARGETPLATFORM}"; fi

FROM alpine:3.20
WORKDIR /app
COPY --from=build /out/rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
