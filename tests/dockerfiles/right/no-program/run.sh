#!/bin/sh
exec krb5kdc -n
