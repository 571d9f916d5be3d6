"""validate.py SCHEMA DOCUMENT: exits with 1, and says why, when the JSON document is not what the schema asks for."""

import json
import sys

import jsonschema


def main(schema_file, document_file):
    with open(schema_file, encoding="utf-8") as file:
        schema = json.load(file)
    with open(document_file, encoding="utf-8") as file:
        document = json.load(file)
    kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft7Validator)
    kind.check_schema(schema)
    validator = kind(schema, format_checker=jsonschema.FormatChecker())
    faults = list(validator.iter_errors(document))
    for fault in faults:
        print("    #", "/".join(map(str, fault.absolute_path)), fault.message)
    return 1 if faults else 0


sys.exit(main(*sys.argv[1:]))
