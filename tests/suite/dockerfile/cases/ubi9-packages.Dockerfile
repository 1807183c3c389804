# Written by gobuild for registry.access.redhat.com/ubi9: change gobuild.toml, not this file; sha256 of the rest: 622a1c1e0bbf0d011d5415188fc5dac4
# What registry.access.redhat.com/ubi9 lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM registry.access.redhat.com/ubi9 AS files
RUN echo 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >>/etc/passwd

FROM registry.access.redhat.com/ubi9
# The binary looks up users, and 65532 is none of registry.access.redhat.com/ubi9.
COPY --from=files /etc/passwd /etc/passwd
# A RUN in the final stage: a platform that is not the builder's is emulated for it.
RUN dnf install -y curl \
 && dnf clean all
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
