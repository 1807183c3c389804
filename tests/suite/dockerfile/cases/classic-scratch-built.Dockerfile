# Written by gobuild for scratch: change gobuild.toml, not this file; sha256 of the rest: 2dde3813d9923321fdb8356cf2bef0e0
# Go builds for the platform of this stage, which is the image's own.
FROM golang:1.24-trixie AS build
WORKDIR /src
# The modules first: they are fetched anew only where one of these files has changed.
COPY go.mod ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 \
    go build -o /out/rpc '-ldflags=-s -w' -trimpath .
# Where the build image has gobuild, the binary is held against the image it will run in.
RUN if command -v gobuild >/dev/null; then gobuild verify /out/rpc --target prod --platform linux/amd64; fi
# What scratch lacks and the binary asks for.
RUN mkdir -p /rootfs \
 && mkdir -m 1777 /rootfs/tmp \
 && mkdir -p /rootfs/etc \
 && printf '%s\n' 'root:x:0:0:root:/:/sbin/nologin' 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >/rootfs/etc/passwd

FROM scratch
# scratch has no CA certificates.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# scratch has no time zones.
COPY --from=build /usr/share/zoneinfo/ /usr/share/zoneinfo/
# A /tmp for everybody, and the users that the binary looks up.
COPY --from=build /rootfs/ /
WORKDIR /app
COPY --from=build /out/rpc /app/rpc
# Not root.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
