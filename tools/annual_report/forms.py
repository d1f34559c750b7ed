"""The forms of the report that have a pack."""

from .form_2019 import FORM_2019
from .form_2021 import FORM_2021

FORMS = (FORM_2019, FORM_2021)
