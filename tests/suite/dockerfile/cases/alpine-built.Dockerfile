# Written by gobuild for alpine:3.20: change gobuild.toml, not this file; sha256 of the rest: 33a49411dbdcb4b67d35ad6d45d533da
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
RUN if command -v gobuild >/dev/null; then gobuild verify /out/rpc --target alpine:3.20 --platform "${TARGETPLATFORM}"; fi

# What alpine:3.20 lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM alpine:3.20 AS files
RUN echo 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >>/etc/passwd

FROM alpine:3.20
# alpine:3.20 has no time zones.
COPY --from=build /usr/share/zoneinfo/ /usr/share/zoneinfo/
# The binary looks up users, and 65532 is none of alpine:3.20.
COPY --from=files /etc/passwd /etc/passwd
WORKDIR /app
COPY --from=build /out/rpc /app/rpc
# Not root.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
