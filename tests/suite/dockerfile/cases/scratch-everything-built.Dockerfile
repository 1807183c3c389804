# Written by gobuild for scratch: change gobuild.toml, not this file; sha256 of the rest: 30e948016308908043c2c6833bb6fdbf
# Go compiles for every platform, so this stage runs on the builder's own and nothing is emulated.
FROM --platform=$BUILDPLATFORM golang:1.24-trixie AS build
WORKDIR /src
# The modules first: they are fetched anew only where one of these files has changed.
COPY go.mod ./
RUN --mount=type=cache,target=/go/pkg/mod \
    go mod download
COPY . .
# Given by whoever builds: docker build --build-arg GIT_DESCRIBE="$(git describe --tags --always --dirty)" --build-arg DAY=…
ARG GIT_DESCRIBE
ARG DAY
# The builder sets these for each platform. A default here would be taken for every one of them.
ARG TARGETOS
ARG TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS="${TARGETOS}" GOARCH="${TARGETARCH}" \
    go build -o /out/rpc "-ldflags=-X main.version=${GIT_DESCRIBE} -X main.day=${DAY} -s -w" -tags=netgo -trimpath .
ARG TARGETPLATFORM
# Where the build image has gobuild, the binary is held against the image it will run in.
RUN if command -v gobuild >/dev/null; then gobuild verify /out/rpc --target prod --platform "${TARGETPLATFORM}"; fi
# What scratch lacks and the binary asks for.
RUN mkdir -p /rootfs \
 && mkdir -m 1777 /rootfs/tmp \
 && mkdir -p /rootfs/etc \
 && printf '%s\n' 'root:x:0:0:root:/:/sbin/nologin' 'nonroot:x:1000:1000:nonroot:/:/sbin/nologin' >/rootfs/etc/passwd

FROM scratch
ARG REVISION
ARG VERSION
LABEL com.example.team="shop" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="https://example.com/rpc" \
      org.opencontainers.image.version="${VERSION}"
# scratch has no CA certificates.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# scratch has no time zones.
COPY --from=build /usr/share/zoneinfo/ /usr/share/zoneinfo/
# A /tmp for everybody, and the users that the binary looks up.
COPY --from=build /rootfs/ /
WORKDIR /srv/rpc
COPY --from=build /out/rpc /srv/rpc/rpc
COPY --chown=1000:1000 etc ./etc
COPY --chown=1000:1000 ["my files", "/usr/share/rpc/"]
ARG NUMBER
ENV BUILD="${NUMBER}" \
    QUOTED="a \"b\" \\ \$\$5" \
    TZ="Europe/Amsterdam"
EXPOSE 8080
EXPOSE 5353/udp
# As gobuild.toml says.
USER 1000:1000
# The binary asks itself: no shell and no curl is needed.
HEALTHCHECK CMD ["/srv/rpc/rpc", "-healthy"]
ENTRYPOINT ["/srv/rpc/rpc"]
CMD ["-config", "etc/my config.yaml"]
