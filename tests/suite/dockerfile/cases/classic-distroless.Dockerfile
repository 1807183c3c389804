# Written by gobuild for gcr.io/distroless/static-debian12: change gobuild.toml, not this file; sha256 of the rest: 68c59d216ac7d1d7c61ac7484935e8e9
# Made ready here, so that the final stage needs no RUN.
FROM alpine:3.24 AS files
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY rpc /out/rpc
RUN chmod 0755 /out/rpc

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=files /out/rpc /app/rpc
# nonroot of gcr.io/distroless/static-debian12.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
