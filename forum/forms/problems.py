"""Showing what an action found wrong at the field that caused it."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


def show_problems(form: forms.BaseForm, problem: ValidationError, *others: forms.BaseForm) -> None:
    """Add each message to its field if the form, or one of the `others` on its page, shows it, else to the whole."""
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for name, errors in problem.error_dict.items():
        place = next((one for one in (form, *others) if name in one.fields), form)
        shown = name in place.fields and not place.fields[name].widget.is_hidden
        place.add_error(None if name == NON_FIELD_ERRORS or not shown else name, errors)
