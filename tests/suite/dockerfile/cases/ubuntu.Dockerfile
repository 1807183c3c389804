# Written by gobuild for ubuntu:24.04: change gobuild.toml, not this file; sha256 of the rest: 8d4309c3a6e491e21f9cc47fef0c3ed5
# What ubuntu:24.04 lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM ubuntu:24.04 AS files
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/* \
 && echo 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >>/etc/passwd

FROM ubuntu:24.04
# ubuntu:24.04 has no CA certificates.
COPY --from=files /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# ubuntu:24.04 has no time zones.
COPY --from=files /usr/share/zoneinfo/ /usr/share/zoneinfo/
# The binary looks up users, and 65532 is none of ubuntu:24.04.
COPY --from=files /etc/passwd /etc/passwd
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
