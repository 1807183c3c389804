# Written by gobuild for alpine:3.20: change gobuild.toml, not this file; sha256 of the rest: c97d74918d376b438bbbd030a1b81ab7
FROM alpine:3.20
WORKDIR /app
# gobuild calls its files rpc-linux-amd64, rpc-linux-armv7; the builder fills in the platform's.
ARG TARGETARCH
ARG TARGETVARIANT
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 dist/linux-${TARGETARCH}${TARGETVARIANT}/rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
