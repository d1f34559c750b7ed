#!/usr/bin/env bash
# jsonschema 4.26.0: "multipleOf": 0.01 for amounts of money. Amounts are best read exact (parse_float=Decimal).
# One would guess that the library takes any numbers.Number on either side, or refuses it with a ValidationError.
# Seen: TypeError from within the validator as soon as only one of schema and data was read exact; and where neither was,
# 0.3 is called no multiple of 0.1. Both exact: right.
. "$(dirname "$0")/common.sh"
install jsonschema==4.26.0
expect "schema binary, data exact: TypeError
schema exact, data binary: TypeError
both binary: 0.3 is not a multiple of 0.1
both exact: valid" <<'PYTHON'
import json
from decimal import Decimal

from jsonschema import Draft202012Validator


def verdict(schema, data):
    try:
        return next((error.message for error in Draft202012Validator(schema).iter_errors(data)), "valid")
    except TypeError:
        return "TypeError"


def binary(text):
    return json.loads(text)


def exact(text):
    return json.loads(text, parse_float=Decimal)


schema, amount = '{"multipleOf": 0.1}', "0.3"
print("schema binary, data exact:", verdict(binary(schema), exact(amount)))
print("schema exact, data binary:", verdict(exact(schema), binary(amount)))
print("both binary:", verdict(binary(schema), binary(amount)))
print("both exact:", verdict(exact(schema), exact(amount)))
PYTHON
