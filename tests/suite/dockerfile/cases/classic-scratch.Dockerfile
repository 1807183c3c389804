# Written by gobuild for scratch: change gobuild.toml, not this file; sha256 of the rest: 88234099482b31cd2accb423a95707da
# Made ready here, so that the final stage needs no RUN.
FROM alpine:3.24 AS files
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY rpc /out/rpc
RUN chmod 0755 /out/rpc

FROM scratch
WORKDIR /app
COPY --from=files /out/rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
