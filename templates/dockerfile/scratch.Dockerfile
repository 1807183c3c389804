{# Nothing at all: no shell, no users, no /tmp. -#}
{% extends "base" %}
