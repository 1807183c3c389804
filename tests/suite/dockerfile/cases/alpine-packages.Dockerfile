# Written by gobuild for alpine:3.20: change gobuild.toml, not this file; sha256 of the rest: bc69fc840c88201981427629a4c4fb4b
FROM alpine:3.20
# A RUN in the final stage: a platform that is not the builder's is emulated for it.
RUN apk add --no-cache curl jq=1.7.1-r0
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# As gobuild.toml says.
USER guest
ENTRYPOINT ["/app/rpc"]
