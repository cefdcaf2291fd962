"""Plays calls, waiters and paginators with boto3."""

import base64
import datetime
import functools
import os

import boto3
import botocore
import conversation
from botocore.config import Config
from botocore.exceptions import ClientError

# Bad input must reach the service: it is the service's refusal that is looked at.
AS_GIVEN = Config(parameter_validation=False, read_timeout=30, retries={"max_attempts": 2})


@functools.cache
def client(service):
    return boto3.client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"], config=AS_GIVEN)


def answer(question):
    play = {"call": call, "wait": wait, "pages": pages}[question["do"]]
    try:
        return play(client(question["service"]), question)
    except ClientError as refused:
        error = refused.response["Error"]
        return {
            "code": error.get("Code"),
            "text": error.get("Message"),
            "status": refused.response["ResponseMetadata"]["HTTPStatusCode"],
            "requestId": refused.response["ResponseMetadata"].get("RequestId"),
        }


def call(service, question):
    return answered(operation(service, question["operation"])(**given(service, question)))


def wait(service, question):
    waiter = service.get_waiter(botocore.xform_name(question["operation"]))
    waiter.wait(WaiterConfig={"Delay": 1, "MaxAttempts": 60}, **question["input"])
    return {"output": {}}


def pages(service, question):
    paginator = service.get_paginator(botocore.xform_name(question["operation"]))
    whole, count = {}, 0
    for page in paginator.paginate(PaginationConfig={"PageSize": question["size"]}, **question["input"]):
        count += 1
        for name, value in page.items():
            if isinstance(value, list):
                whole.setdefault(name, []).extend(value)
    return {"output": plain(whole), "pages": count}


def operation(service, name):
    return getattr(service, botocore.xform_name(name))


def answered(response):
    metadata = response.pop("ResponseMetadata")
    return {
        "output": plain(response),
        "status": metadata["HTTPStatusCode"],
        "requestId": metadata.get("RequestId"),
    }


def given(service, question):
    shape = service.meta.service_model.operation_model(question["operation"]).input_shape
    return binary(shape, question["input"]) if shape else question["input"]


def binary(shape, value):
    """The value with bytes where the model has binaries: text as the body of an object, Base64 everywhere else."""
    if shape.type_name == "structure":
        return {name: binary(shape.members[name], part) for name, part in value.items()}
    if shape.type_name == "list":
        return [binary(shape.member, part) for part in value]
    if shape.type_name == "map":
        return {name: binary(shape.value, part) for name, part in value.items()}
    if shape.type_name == "blob":
        return value.encode() if shape.serialization.get("streaming") else base64.b64decode(value)
    return value


def plain(value):
    """The value as JSON can hold it."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.read().decode() if hasattr(value, "read") else value


if __name__ == "__main__":
    conversation.converse(answer)
