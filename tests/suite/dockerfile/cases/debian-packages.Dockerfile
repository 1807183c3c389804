# Written by gobuild for debian:12: change gobuild.toml, not this file; sha256 of the rest: 8a33df12f9e503ea0d86b113f130292d
FROM debian:12
# A RUN in the final stage: a platform that is not the builder's is emulated for it.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends curl \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
