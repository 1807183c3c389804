# Written by gobuild for registry.access.redhat.com/ubi9-minimal: change gobuild.toml, not this file; sha256 of the rest: ecad7c8acc2643b6ba6d973a42badcd8
# What registry.access.redhat.com/ubi9-minimal lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM registry.access.redhat.com/ubi9-minimal AS files
RUN microdnf install -y tzdata \
 && echo 'nonroot:x:65532:65532:nonroot:/:/sbin/nologin' >>/etc/passwd

FROM registry.access.redhat.com/ubi9-minimal
# registry.access.redhat.com/ubi9-minimal has no time zones.
COPY --from=files /usr/share/zoneinfo/ /usr/share/zoneinfo/
# The binary looks up users, and 65532 is none of registry.access.redhat.com/ubi9-minimal.
COPY --from=files /etc/passwd /etc/passwd
# A RUN in the final stage: a platform that is not the builder's is emulated for it.
RUN microdnf install -y jq \
 && microdnf clean all
WORKDIR /app
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 rpc /app/rpc
# Not root.
USER 65532:65532
ENTRYPOINT ["/app/rpc"]
