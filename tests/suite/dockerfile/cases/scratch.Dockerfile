# Written by gobuild for scratch: change gobuild.toml, not this file; sha256 of the rest: ee1e868d661e853ac320e9bc62e05e04
FROM scratch
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
