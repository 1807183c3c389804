# Written by gobuild for scratch: change gobuild.toml, not this file; sha256 of the rest: f3e409425a561d31c5c31c977e7b4388
FROM scratch
LABEL org.opencontainers.image.title="rpc"
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
COPY etc ./etc
ENV A="b"
# As gobuild.toml says.
USER 0:0
ENTRYPOINT ["/app/rpc"]
