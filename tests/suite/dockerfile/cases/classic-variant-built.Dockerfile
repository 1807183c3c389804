# Written by gobuild for alpine:3.20: change gobuild.toml, not this file; sha256 of the rest: 7a68ec0f707782e1b8e658074e1340d3
# Go builds for the platform of this stage, which is the image's own.
FROM golang:1.24-trixie AS build
WORKDIR /src
# The modules first: they are fetched anew only where one of these files has changed.
COPY go.mod ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 \
    GOAMD64=v3 \
    go build -o /out/rpc .
COPY --from=registry.corp/gobuild:1 /gobuild /usr/local/bin/gobuild
# Held against the image it will run in: what does not fit ends the build here.
RUN gobuild verify /out/rpc --target prod --platform linux/amd64/v3

FROM alpine:3.20
WORKDIR /app
COPY --from=build /out/rpc /app/rpc
# Not root; an id needs no entry in /etc/passwd.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
