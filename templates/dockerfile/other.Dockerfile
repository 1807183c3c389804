{# Any other image: nothing is taken for granted. -#}
{% extends "base" %}
