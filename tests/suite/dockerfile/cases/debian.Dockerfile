# Written by gobuild for debian:12-slim: change gobuild.toml, not this file; sha256 of the rest: 8440e9e2c9fba53f6775324ee575ff32
# What debian:12-slim lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM debian:12-slim AS files
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
 && echo 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >>/etc/passwd

FROM debian:12-slim
# debian:12-slim has no CA certificates.
COPY --from=files /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# The binary looks up users, and 65532 is none of debian:12-slim.
COPY --from=files /etc/passwd /etc/passwd
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
