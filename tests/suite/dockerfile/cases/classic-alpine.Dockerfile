# Written by gobuild for alpine:3.20: change gobuild.toml, not this file; sha256 of the rest: 033c5c8001f83858bdea79cd323a5d42
# Made ready here, so that the final stage needs no RUN.
FROM alpine:3.20 AS files
RUN apk add --no-cache tzdata \
 && echo 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >>/etc/passwd
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY rpc /out/rpc
RUN chmod 0755 /out/rpc

FROM alpine:3.20
# alpine:3.20 has no time zones.
COPY --from=files /usr/share/zoneinfo/ /usr/share/zoneinfo/
# The binary looks up users, and 65532 is none of alpine:3.20.
COPY --from=files /etc/passwd /etc/passwd
WORKDIR /app
COPY --from=files /out/rpc /app/rpc
# Not root.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
