{# Debian and Ubuntu: glibc and apt. -#}
{% extends "base" %}
{% block packages %}
{% if packages %}
# A RUN in the final stage: a platform that is not the builder's is emulated for it.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends {{ packages | join(" ") }} \
 && rm -rf /var/lib/apt/lists/*
{% endif %}
{% endblock %}
