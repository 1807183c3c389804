# Written by gobuild for alpine:3.20: change gobuild.toml, not this file; sha256 of the rest: ff191368bf317f104d24664bfc277061
# Go builds for the platform of this stage, which is the image's own.
FROM golang:1.24-alpine3.23 AS build
RUN apk add --no-cache gcc musl-dev
WORKDIR /src
# The modules first: they are fetched anew only where one of these files has changed.
COPY go.mod ./
RUN go mod download
COPY . .
RUN CGO_CPPFLAGS=-D_LARGEFILE64_SOURCE \
    CGO_ENABLED=1 \
    go build -o /out/rpc '-ldflags=-linkmode=external -extldflags=-static' .
# Where the build image has gobuild, the binary is held against the image it will run in.
RUN if command -v gobuild >/dev/null; then gobuild verify /out/rpc --target alpine:3.20; fi

FROM alpine:3.20
WORKDIR /app
COPY --from=build /out/rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
