"""Signs requests with botocore's signers, changes them if so told, and sends them as they are.

A question has the name of a signer in botocore.auth, a service, a method, a target as it goes over the wire, headers and a
body; whether the credentials are those of a session; by how many seconds the clock is off; and, in "then", what becomes of
the request after it was signed: another method, target or body, other headers (null for none).
"""

import datetime
import functools
import http.client
import os
import urllib.parse

import boto3
import botocore.auth
import conversation
from botocore.awsrequest import AWSRequest

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
REGION = os.environ["AWS_REGION"]


class Clock(datetime.datetime):
    """The clock that botocore's signers read."""

    off = datetime.timedelta()

    @classmethod
    def utcnow(cls):
        return super().utcnow() + cls.off


datetime.datetime = Clock


@functools.cache
def credentials(session):
    if not session:
        return boto3.Session().get_credentials().get_frozen_credentials()
    made = boto3.client("sts", endpoint_url=ENDPOINT).get_session_token()["Credentials"]
    return botocore.credentials.Credentials(made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])


def answer(question):
    keys = credentials(question.get("session", False))
    Clock.off = datetime.timedelta(seconds=question.get("off", 0))
    request = AWSRequest(
        method=question["method"],
        url=ENDPOINT + question["target"],
        headers=question.get("headers", {}),
        data=question.get("body", "").encode(),
    )
    signer = getattr(botocore.auth, question["signer"])
    presigned = {"expires": question.get("expires", 60)} if "Query" in question["signer"] else {}
    signer(keys, question["service"], question.get("region", REGION), **presigned).add_auth(request)
    Clock.off = datetime.timedelta()
    return send(request.prepare(), question.get("then", {}))


def send(request, then):
    signed = urllib.parse.urlsplit(request.url)
    target = signed.path + ("?" + signed.query if signed.query else "")
    for old, new in then.get("target", {}).items():
        target = target.replace(old, new)
    body = then["body"].encode() if "body" in then else request.body or b""
    headers = dict(request.headers)
    headers.update(then.get("headers", {}))
    connection = http.client.HTTPConnection(signed.netloc, timeout=30)
    connection.putrequest(then.get("method", request.method), target, skip_accept_encoding=True)
    for name, value in headers.items():
        if value is not None and name.lower() != "content-length":
            connection.putheader(name, value.encode() if isinstance(value, str) else value)
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    read = response.read().decode()
    connection.close()
    return {"status": response.status, "headers": {name.lower(): value for name, value in response.getheaders()}, "body": read}


if __name__ == "__main__":
    conversation.converse(answer)
