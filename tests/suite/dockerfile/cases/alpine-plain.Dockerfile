# Written by gobuild for alpine:3.24: change gobuild.toml, not this file; sha256 of the rest: 6d41db712a5bb0b8fdf07132bdc004a9
FROM alpine:3.24
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
