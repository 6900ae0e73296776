#!/usr/bin/env bash
# `make messages`: bring the catalogues up to date with the texts in code and templates, without place marks.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

ensure_environment dev
command -v xgettext msgmerge >/dev/null || fail 6 "This needs gettext. On Debian: apt install gettext"
export DEVELOPMENT=1
# The texts of tests and scripts are nobody's to translate. English is what the code says itself.
"$PYTHON" manage.py makemessages --locale zh_Hant --no-location --no-obsolete --no-wrap \
    --ignore .venv --ignore build --ignore var --ignore tests --ignore scripts
# Simplified Chinese is made of the Traditional; its own words stand in forum/locale/zh_Hans/terms.tsv.
"$PYTHON" scripts/simplify.py
