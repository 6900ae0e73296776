"""Showing what an action found wrong at the field that caused it."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


def show_problems(form: forms.BaseForm, problem: ValidationError) -> None:
    """Add each message to its field if the form shows it, else to the form as a whole."""
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for name, errors in problem.error_dict.items():
        shown = name in form.fields and not form.fields[name].widget.is_hidden
        form.add_error(None if name == NON_FIELD_ERRORS or not shown else name, errors)
