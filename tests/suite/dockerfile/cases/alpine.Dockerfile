# Written by gobuild for alpine:3.20: change gobuild.toml, not this file; sha256 of the rest: a5926654f521b62f537dc4d3d614fc07
# What alpine:3.20 lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM alpine:3.20 AS files
RUN apk add --no-cache tzdata \
 && echo 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >>/etc/passwd

FROM alpine:3.20
# alpine:3.20 has no time zones.
COPY --from=files /usr/share/zoneinfo/ /usr/share/zoneinfo/
# The binary looks up users, and 65532 is none of alpine:3.20.
COPY --from=files /etc/passwd /etc/passwd
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
