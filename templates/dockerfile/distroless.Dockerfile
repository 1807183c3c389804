{# No shell and no package manager; users, certificates and zones are there. -#}
{% extends "base" %}
