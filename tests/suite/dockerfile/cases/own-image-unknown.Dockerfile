# Written by gobuild for registry.corp/base:7: change gobuild.toml, not this file; sha256 of the rest: 46a41a42f2ffa66bbfce0388d9f63756
FROM registry.corp/base:7
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
