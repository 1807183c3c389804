{# musl, busybox and apk. -#}
{% extends "base" %}
{% block packages %}
{% if packages %}
# A RUN in the final stage: a platform that is not the builder's is emulated for it.
RUN apk add --no-cache {{ packages | join(" ") }}
{% endif %}
{% endblock %}
