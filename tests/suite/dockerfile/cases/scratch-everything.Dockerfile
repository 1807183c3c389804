# Written by gobuild for scratch: change gobuild.toml, not this file; sha256 of the rest: 91b25b21fbcbc5feeb82c5fc69f66a7a
# What scratch lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM alpine:3.24 AS files
RUN apk add --no-cache tzdata \
 && mkdir -p /rootfs \
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
COPY --from=files /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# scratch has no time zones.
COPY --from=files /usr/share/zoneinfo/ /usr/share/zoneinfo/
# A /tmp for everybody, and the users that the binary looks up.
COPY --from=files /rootfs/ /
WORKDIR /srv/rpc
# gobuild calls its files rpc-linux-amd64, rpc-linux-armv7; the builder fills in the platform's.
ARG TARGETARCH
ARG TARGETVARIANT
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc-linux-${TARGETARCH}${TARGETVARIANT} /srv/rpc/rpc
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
