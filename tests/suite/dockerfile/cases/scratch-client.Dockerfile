# Written by gobuild for scratch: change gobuild.toml, not this file; sha256 of the rest: 255d984e80de01528c927ac7ff83878b
# What scratch lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM alpine:3.24 AS files

FROM scratch
# scratch has no CA certificates.
COPY --from=files /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
