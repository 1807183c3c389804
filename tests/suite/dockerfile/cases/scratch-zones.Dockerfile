# Written by gobuild for scratch: change gobuild.toml, not this file; sha256 of the rest: 39cd9e224b99915eb779d7f2ded4a6a7
# What scratch lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM alpine:3.24 AS files
RUN apk add --no-cache tzdata

FROM scratch
# scratch has no time zones.
COPY --from=files /usr/share/zoneinfo/ /usr/share/zoneinfo/
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
