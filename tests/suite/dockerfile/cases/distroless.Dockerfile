# Written by gobuild for gcr.io/distroless/static-debian12: change gobuild.toml, not this file; sha256 of the rest: 2ebbb7c0e5a47080e6f0ca40bccb95d4
FROM gcr.io/distroless/static-debian12
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# nonroot of gcr.io/distroless/static-debian12.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
