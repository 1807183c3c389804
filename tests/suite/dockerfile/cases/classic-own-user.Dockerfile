# Written by gobuild for alpine:3.20: change gobuild.toml, not this file; sha256 of the rest: 0500848bcc7da33ddfc88fa8da9dfc3a
# Made ready here, so that the final stage needs no RUN.
FROM alpine:3.20@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS files
# The image's own user can neither install nor write there.
USER 0
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY rpc /out/rpc
RUN chmod 0755 /out/rpc

FROM alpine:3.20@sha256:1111111111111111111111111111111111111111111111111111111111111111
WORKDIR /app
COPY --from=files /out/rpc /app/rpc
# The user of alpine:3.20 itself.
USER 1000:1000
ENTRYPOINT ["/app/rpc"]
