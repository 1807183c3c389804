# Written by gobuild for alpine:3.20: change gobuild.toml, not this file; sha256 of the rest: 7c2ec0c24fd0489655ee4fa417b6df8b
# What alpine:3.20 lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM alpine:3.20@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS files
# The image's own user can neither install nor write there.
USER 0
RUN apk add --no-cache tzdata

FROM alpine:3.20@sha256:1111111111111111111111111111111111111111111111111111111111111111
# alpine:3.20 has no time zones.
COPY --from=files /usr/share/zoneinfo/ /usr/share/zoneinfo/
# The image's own user cannot install packages.
USER 0
# A RUN in the final stage: a platform that is not the builder's is emulated for it.
RUN apk add --no-cache curl
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# The user of alpine:3.20 itself.
USER 1000:1000
ENTRYPOINT ["/app/rpc"]
