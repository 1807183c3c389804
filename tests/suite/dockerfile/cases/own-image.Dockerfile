# Written by gobuild for registry.corp/base:7: change gobuild.toml, not this file; sha256 of the rest: 43bc5c57a7707e62a19c0c2ee7ae39b5
# What registry.corp/base:7 lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM alpine:3.24 AS files
RUN apk add --no-cache tzdata

FROM registry.corp/base:7
# registry.corp/base:7 has no CA certificates.
COPY --from=files /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# registry.corp/base:7 has no time zones.
COPY --from=files /usr/share/zoneinfo/ /usr/share/zoneinfo/
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# app of registry.corp/base:7, by id: runAsNonRoot takes no name.
USER 1000
ENTRYPOINT ["/app/rpc"]
