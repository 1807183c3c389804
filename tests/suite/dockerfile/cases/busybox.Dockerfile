# Written by gobuild for busybox:musl: change gobuild.toml, not this file; sha256 of the rest: 535e5ffc91a4360ad95d975c9cc2a96f
# What busybox:musl lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM busybox:musl AS files
RUN apk add --no-cache ca-certificates \
 && echo 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >>/etc/passwd

FROM busybox:musl
# busybox:musl has no CA certificates.
COPY --from=files /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# The binary looks up users, and 65532 is none of busybox:musl.
COPY --from=files /etc/passwd /etc/passwd
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
