{# UBI, Fedora and their kin: glibc, and dnf or microdnf. -#}
{% extends "base" %}
{% block packages %}
{% if packages %}
# A RUN in the final stage: a platform that is not the builder's is emulated for it.
RUN {{ manager }} install -y {{ packages | join(" ") }} \
 && {{ manager }} clean all
{% endif %}
{% endblock %}
