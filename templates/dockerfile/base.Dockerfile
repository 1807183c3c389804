{# What every family shares. A family, or a template of the user's own, extends it and says what differs. -#}
{% block build %}
{% if build %}
{% if builder == "classic" %}
# Go builds for the platform of this stage, which is the image's own.
FROM {{ build.image }} AS build
{% elif build.native %}
# C is compiled, so this stage runs on the platform itself; where that is not the builder's, it is emulated.
FROM {{ build.image }} AS build
{% else %}
# Go compiles for every platform, so this stage runs on the builder's own and nothing is emulated.
FROM --platform=$BUILDPLATFORM {{ build.image }} AS build
{% endif %}
{% if build.packages %}
RUN apk add --no-cache {{ build.packages | join(" ") }}
{% endif %}
WORKDIR /src
{% if not build.vendored %}
# The modules first: they are fetched anew only where one of these files has changed.
{% for files in build.modules %}
COPY {{ files.from | copied(files.to) }}
{% endfor %}
{% if builder == "classic" %}
RUN go mod download
{% else %}
RUN --mount=type=cache,target=/go/pkg/mod \
    go mod download
{% endif %}
{% endif %}
COPY . .
{% for name in build.args %}
{% if loop.first %}
# Given by whoever builds: docker build{% for name in build.args %} --build-arg {{ name.build_arg }}{% endfor %}

{% endif %}
ARG {{ name.name }}
{% endfor %}
{% if builder == "classic" %}
RUN {{ build.env | chain([build.command]) | join(" \\\n    ") }}
{% else %}
# The builder sets these for each platform. A default here would be taken for every one of them.
ARG TARGETOS
ARG TARGETARCH
{% if build.variants %}
ARG TARGETVARIANT
{% endif %}
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
{% if build.variants %}
    case "${TARGETARCH}" in \
{% for variant in build.variants %}
    {{ variant.arch }}) export {{ variant.set }} ;; \
{% endfor %}
    esac; \
{% endif %}
    {{ build.env | join(" ") }} \
    {{ build.command }}
{% endif %}
{% if build.gobuild %}
COPY --from={{ build.gobuild }} /gobuild /usr/local/bin/gobuild
{% endif %}
{% if builder != "classic" %}
ARG TARGETPLATFORM
{% endif %}
{% if build.gobuild %}
# Held against the image it will run in: what does not fit ends the build here.
RUN {{ build.proof }}
{% else %}
# Where the build image has gobuild, the binary is held against the image it will run in.
RUN if command -v gobuild >/dev/null; then {{ build.proof }}; fi
{% endif %}
{% if build.rootfs %}
# What {{ image.name }} lacks and the binary asks for.
RUN {{ build.rootfs | join(" \\\n && ") }}
{% endif %}

{% endif %}
{% endblock %}
{% block files %}
{% if files %}
{% if builder == "classic" %}
# Made ready here, so that the final stage needs no RUN.
FROM {{ files.image }} AS files
{% else %}
# What {{ image.name }} lacks and the binary asks for, made on the builder's own platform.
FROM --platform=$BUILDPLATFORM {{ files.image }} AS files
{% endif %}
{% if files.as_root %}
# The image's own user can neither install nor write there.
USER 0
{% endif %}
{% if files.commands %}
RUN {{ files.commands | join(" \\\n && ") }}
{% endif %}
{% if files.binary %}
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY {{ [files.binary] | copied(binary.source) }}
RUN chmod 0755 {{ binary.source | shell }}
{% endif %}

{% endif %}
{% endblock %}
{% block final %}
FROM {{ image.from }}
{% if labels %}
{% for name in label_args %}
ARG {{ name }}
{% endfor %}
LABEL {{ labels | join(" \\\n      ") }}
{% endif %}
{% for line in bring %}
# {{ line.why }}
COPY --from={{ line.stage }} {{ [line.source] | copied(line.to) }}
{% endfor %}
{% if packages and base_user %}
# The image's own user cannot install packages.
USER 0
{% endif %}
{% block packages %}{% endblock %}
WORKDIR {{ workdir }}
{% if multi_platform %}
# gobuild calls its files {{ program }}-linux-amd64, {{ program }}-linux-armv7; the builder fills in the platform's.
ARG TARGETARCH
ARG TARGETVARIANT
{% endif %}
{% if binary.stage %}
COPY --from={{ binary.stage }} {{ [binary.source] | copied(binary.path) }}
{% else %}
# 0755 whatever the mode outside is: whoever runs it is not who built it.
COPY --chmod=0755 {{ [binary.source] | copied(binary.path) }}
{% endif %}
{% for file in copy %}
COPY {% if file.owner %}--chown={{ file.owner }} {% endif %}{{ [file.from] | copied(file.to) }}
{% endfor %}
{% if env %}
{% for name in env_args %}
ARG {{ name }}
{% endfor %}
ENV {{ env | join(" \\\n    ") }}
{% endif %}
{% for port in expose %}
EXPOSE {{ port }}
{% endfor %}
# {{ user.why }}
USER {{ user.id }}
{% if healthcheck %}
# The binary asks itself: no shell and no curl is needed.
HEALTHCHECK CMD {{ healthcheck | exec }}
{% endif %}
ENTRYPOINT {{ entrypoint | exec }}
{% if args %}
CMD {{ args | exec }}
{% endif %}
{% endblock %}
