# Written by gobuild for debian:12-slim: change gobuild.toml, not this file; sha256 of the rest: 1ddb476dd3d027b960844cc68fa6b4ef
# Made ready here, so that the final stage needs no RUN.
FROM debian:12-slim AS files
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
 && echo 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >>/etc/passwd
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY rpc /out/rpc
RUN chmod 0755 /out/rpc

FROM debian:12-slim
# debian:12-slim has no CA certificates.
COPY --from=files /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# The binary looks up users, and 65532 is none of debian:12-slim.
COPY --from=files /etc/passwd /etc/passwd
WORKDIR /app
COPY --from=files /out/rpc /app/rpc
# Not root.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
