# Written by gobuild for debian:12: change gobuild.toml, not this file; sha256 of the rest: de6c7e0590ffe47357ac5c95bf2c3140
# Made ready here, so that the final stage needs no RUN.
FROM debian:12 AS files
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY rpc /out/rpc
RUN chmod 0755 /out/rpc

FROM debian:12
# A RUN in the final stage: a platform that is not the builder's is emulated for it.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends curl \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=files /out/rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
