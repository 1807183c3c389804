# Written by gobuild for scratch: change gobuild.toml, not this file; sha256 of the rest: 162f54fa7b7045049356d32aec56d720
# What scratch lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM alpine:3.24 AS files
RUN mkdir -p /rootfs \
 && mkdir -m 1777 /rootfs/tmp \
 && mkdir -p /rootfs/etc \
 && printf '%s\n' 'root:x:0:0:root:/:/sbin/nologin' >/rootfs/etc/passwd

FROM scratch
# scratch has no CA certificates.
COPY --from=files /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# A /tmp for everybody, and the users that the binary looks up.
COPY --from=files /rootfs/ /
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# As gobuild.toml says.
USER 0
ENTRYPOINT ["/app/rpc"]
