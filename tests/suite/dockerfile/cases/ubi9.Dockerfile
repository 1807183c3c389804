# Written by gobuild for registry.access.redhat.com/ubi9: change gobuild.toml, not this file; sha256 of the rest: 560cd51eb99795943b16d4e4ab564f34
FROM registry.access.redhat.com/ubi9
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
