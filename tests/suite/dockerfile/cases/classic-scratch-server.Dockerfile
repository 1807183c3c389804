# Written by gobuild for scratch: change gobuild.toml, not this file; sha256 of the rest: 2f818b37d9c2dbeefbb4a23e3b43ccd6
# Made ready here, so that the final stage needs no RUN.
FROM alpine:3.24 AS files
RUN mkdir -p /rootfs \
 && mkdir -m 1777 /rootfs/tmp \
 && mkdir -p /rootfs/etc \
 && printf '%s\n' 'root:x:0:0:root:/:/sbin/nologin' 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >/rootfs/etc/passwd
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY rpc /out/rpc
RUN chmod 0755 /out/rpc

FROM scratch
# scratch has no CA certificates.
COPY --from=files /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# A /tmp for everybody, and the users that the binary looks up.
COPY --from=files /rootfs/ /
WORKDIR /app
COPY --from=files /out/rpc /app/rpc
COPY --chown=65532:65532 etc ./etc
# Not root.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
