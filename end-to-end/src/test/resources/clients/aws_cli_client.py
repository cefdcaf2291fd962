"""Plays calls, waiters and paginators with the AWS CLI.

Each is a run of the CLI's main program with the arguments that a user would type. Only its modules and AWS's models stay
loaded in between, since loading them takes the CLI longer than its call.
"""

import contextlib
import io
import json
import os
import re
import tempfile

import conversation
from awscli.botocore import xform_name
from awscli.clidriver import create_clidriver

MODELS = create_clidriver().session.get_component("data_loader")
COMMANDS = {"s3": "s3api"}
REFUSED = re.compile(r"\s*An error occurred \((\S+)\) when calling the \S+ operation(?: \([^)]*\))?: (.*)\n", re.DOTALL)


def answer(question):
    service = COMMANDS.get(question["service"], question["service"])
    name = xform_name(question["operation"], "-")
    if question["do"] == "wait":
        return run([service, "wait", name], question["input"])
    if question["do"] == "pages":
        return run([service, name, "--page-size", str(question["size"])], question["input"])
    with tempfile.NamedTemporaryFile() as body:
        return with_body(service, name, question["input"], body)


def with_body(service, name, given, body):
    """The body of an object is a file to the CLI, and what has one to write cannot be told the rest in JSON."""
    if name == "put-object" and "Body" in given:
        body.write(given.pop("Body").encode())
        body.flush()
        return run([service, name, "--body", body.name], given)
    if name != "get-object":
        return run([service, name], given)
    options = [word for member, value in given.items() for word in ("--" + xform_name(member, "-"), value)]
    reply = run([service, name, *options, body.name])
    if "output" in reply:
        reply["output"]["Body"] = body.read().decode()
    return reply


def run(command, given=None):
    driver = create_clidriver()
    driver.session.register_component("data_loader", MODELS)
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            status = driver.main(
                command
                + ([] if given is None else ["--cli-input-json", json.dumps(given)])
                + ["--endpoint-url", os.environ["AWS_ENDPOINT_URL"], "--output", "json", "--no-cli-pager"]
            )
        except SystemExit as ended:
            status = ended.code
    if status == 0:
        return {"output": json.loads(output.getvalue() or "{}")}
    refused = REFUSED.fullmatch(errors.getvalue())
    if refused:
        return {"code": refused[1], "text": refused[2]}
    return {"code": f"exit status {status}", "text": errors.getvalue()}


if __name__ == "__main__":
    conversation.converse(answer)
