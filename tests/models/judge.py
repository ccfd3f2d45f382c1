"""Judges calls by botocore's models, and has moto's server take them and hand back what it took.

Reads {"endpoint", "world", "calls"} from standard input, where world and calls have
{"resource", "operation", "region", "parameters", "names", "read"}, and writes what is wrong with the calls as JSON:
{"models": [...], "moto": [...], "compared": number}. Without an endpoint only the models judge.
"""

import base64
import json
import sys
from functools import cache

import botocore.session
import jmespath
import regex
from botocore.validate import ParamValidator

session = botocore.session.get_session()
SIZED = ("string", "blob", "list", "map")


def operation_model(operation):
    service, name = operation.split(".")
    return session.get_service_model(service).operation_model(name)


def faults(value, shape, path):
    """Yields what the model forbids and botocore's own validator lets pass: enums, the most of a range, patterns."""
    kind, metadata = shape.type_name, shape.metadata
    if kind == "structure" and isinstance(value, dict):
        for name, inner in value.items():
            if name in shape.members:
                yield from faults(inner, shape.members[name], f"{path}.{name}")
    if kind == "list" and isinstance(value, list):
        for number, inner in enumerate(value):
            yield from faults(inner, shape.member, f"{path}[{number}]")
    if kind == "map" and isinstance(value, dict):
        for name, inner in value.items():
            yield from faults(name, shape.key, f"{path}{{{name}}}")
            yield from faults(inner, shape.value, f"{path}.{name}")
    if metadata.get("enum") and value not in metadata["enum"]:
        yield f"{path}: {value!r} is none of {', '.join(metadata['enum'])}"
    size = len(value) if kind in SIZED and hasattr(value, "__len__") else value
    for name, exceeds in (("min", lambda size, limit: size < limit), ("max", lambda size, limit: size > limit)):
        limit = metadata.get(name)
        if limit is not None and isinstance(size, (int, float)) and exceeds(size, limit):
            yield f"{path}: {size} is {'less' if name == 'min' else 'more'} than {limit}"
    # The models are written for Java, whose ranges beyond the first 65,536 characters are of pairs.
    pattern = metadata.get("pattern", "").replace(r"\uD800\uDC00-\uDBFF\uDFFF", r"\U00010000-\U0010FFFF")
    if pattern and isinstance(value, str) and not regex.fullmatch(pattern, value):
        yield f"{path}: {value[:80]!r} does not match {pattern}"


def violations(call):
    shape = operation_model(call["operation"]).input_shape
    report = ParamValidator().validate(call["parameters"], shape)
    said = report.generate_report().split("\n") if report.has_errors() else []
    return [*said, *faults(call["parameters"], shape, call["operation"])]


def without_markers(value):
    """Bytes, which JSON does not have."""
    if isinstance(value, dict):
        if "$bytes" in value:
            return base64.b64decode(value["$bytes"])
        return {key: without_markers(inner) for key, inner in value.items()}
    return [without_markers(inner) for inner in value] if isinstance(value, list) else value


def differences(sent, got, path):
    """Yields what was sent and is not in what came back. Services add members, and hand out documents in either form."""
    if isinstance(sent, str) and sent.startswith("{"):
        sent, got = json.loads(sent), json.loads(got) if isinstance(got, str) else got
    if isinstance(sent, dict) and isinstance(got, dict):
        for name, inner in sent.items():
            if name not in got:
                yield f"{path}.{name} does not come back"
            else:
                yield from differences(inner, got[name], f"{path}.{name}")
    elif isinstance(sent, list) and isinstance(got, list):
        if len(sent) != len(got):
            yield f"{path}: {len(sent)} were sent, {len(got)} come back"
        for number, inner in enumerate(sent[: len(got)]):
            yield from differences(inner, got[number], f"{path}[{number}]")
    elif sent != got:
        yield f"{path}: {str(sent)[:80]!r} was sent, {str(got)[:80]!r} comes back"


@cache
def client_of(service, region, endpoint):
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return session.create_client(service, region, endpoint_url=endpoint, **keys)


class Account:
    """moto's account: what it calls things by, where AWS makes up the name, and how much of it was compared."""

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.names = {}
        self.compared = 0

    def call(self, operation, region, parameters):
        service, name = operation.split(".")
        client = client_of(service, region, self.endpoint)
        python_name = next(key for key, value in client.meta.method_to_api_mapping.items() if value == name)
        return getattr(client, python_name)(**parameters)

    def known(self, parameters):
        text = json.dumps(parameters)
        for placeholder, name in self.names.items():
            text = text.replace(placeholder, name)
        return without_markers(json.loads(text))

    def make(self, call):
        parameters = self.known(call["parameters"])
        answer = self.call(call["operation"], call["region"], parameters)
        for placeholder, path in call.get("names", {}).items():
            self.names[placeholder] = jmespath.search(path, answer)
        return parameters

    def read(self, call, sent):
        read = call["read"]
        answer = self.call(read["operation"], call["region"], self.known(read["parameters"]))
        for ours, theirs in read["pairs"].items():
            expected = jmespath.search(ours, sent)
            if expected is not None:
                self.compared += 1
                yield from differences(expected, jmespath.search(theirs, answer), f"{call['operation']} {ours}")


def run(account, calls):
    """Makes the calls, then reads all: what comes later may change what came before."""
    made = []
    for call in calls:
        try:
            made.append((call, account.make(call)))
        except Exception as error:  # what moto refuses, and what it does not have
            yield f"{call['resource']}: {error}"
    for call, sent in made:
        if "read" not in call:
            continue
        try:
            yield from (f"{call['resource']}: {each}" for each in account.read(call, sent))
        except Exception as error:
            yield f"{call['resource']}: read by {call['read']['operation']}: {error}"


def main():
    work = json.load(sys.stdin)
    calls = work["calls"]
    models = [
        f"{call['resource']}: {each}"
        for call in calls
        for each in violations({**call, "parameters": without_markers(call["parameters"])})
    ]
    account = Account(work.get("endpoint"))
    moto = list(run(account, work["world"] + calls)) if account.endpoint else []
    print(json.dumps({"models": models, "moto": moto, "compared": account.compared}))


main()
