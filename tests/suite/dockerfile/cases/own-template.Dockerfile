# syntax=docker/dockerfile:1
# Written by gobuild for scratch: change gobuild.toml, not this file; sha256 of the rest: 4130cf6fa88f47d9525a485a52d56682
# What scratch lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM alpine:3.24 AS files
RUN mkdir -p /rootfs \
 && mkdir -m 1777 /rootfs/tmp \
 && mkdir -p /rootfs/etc \
 && printf '%s\n' 'root:x:0:0:root:/:/sbin/nologin' 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >/rootfs/etc/passwd

FROM scratch
# scratch has no CA certificates.
COPY --from=files /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# A /tmp for everybody, and the users that the binary looks up.
COPY --from=files /rootfs/ /
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]

LABEL made-by="scratch"
