"""What an instance of the published example runs: a recommendation for each request, and a health check, one at a time.

As the published one it asks for its three parameters with every request, drops the connection when the table fails and no
static response is wanted, and answers 503 to a deep health check when the table does. Usage: server.py PORT
"""

import http.server
import json
import os
import random
import sys
import urllib.request

import boto3
from botocore.exceptions import ClientError

PARAMETER = "doc-example-resilient-architecture"
STATIC = {
    "MediaType": {"S": "Book"},
    "ItemId": {"N": "0"},
    "Title": {"S": "404 Not Found: A Coloring Book"},
    "Creator": {"S": "The Oatmeal"},
}


METADATA = os.environ.get("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254") + "/latest"


def fetch(path, method="GET", **headers):
    named = {f"X-aws-ec2-metadata-{name}": value for name, value in headers.items()}
    with urllib.request.urlopen(urllib.request.Request(METADATA + path, method=method, headers=named)) as response:
        return response.read().decode()


def metadata(name):
    return fetch(f"/meta-data/{name}", token=TOKEN)


TOKEN = fetch("/api/token", "PUT", **{"token-ttl-seconds": "60"})
REGION = metadata("placement/region")
SELF = {"InstanceId": metadata("instance-id"), "AvailabilityZone": metadata("placement/availability-zone")}


def client(service):
    return boto3.client(service, region_name=REGION, endpoint_url=os.environ.get("AWS_ENDPOINT_URL"))


SSM, DYNAMODB = client("ssm"), client("dynamodb")


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        names = {f"{PARAMETER}-{name}": name for name in ("table", "failure-response", "health-check")}
        found = SSM.get_parameters(Names=list(names))["Parameters"]
        settings = {names[parameter["Name"]]: parameter["Value"] for parameter in found}
        if self.path == "/healthcheck":
            self.check(settings)
        elif self.path == "/":
            self.recommend(settings)

    def recommend(self, settings):
        key = {"MediaType": {"S": random.choice(["Book", "Movie", "Song"])}, "ItemId": {"N": str(random.randint(1, 3))}}
        try:
            item = DYNAMODB.get_item(TableName=settings["table"], Key=key).get("Item", {})
        except ClientError:
            if settings.get("failure-response") != "static":
                raise
            item = STATIC
        self.answer(200, {**item, "Metadata": SELF})

    def check(self, settings):
        works = True
        if settings.get("health-check") == "deep":
            try:
                works = DYNAMODB.describe_table(TableName=settings["table"])["Table"]["TableStatus"] == "ACTIVE"
            except ClientError:
                works = False
        self.answer(200 if works else 503, {"success": works})

    def answer(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Encoding", "utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


http.server.HTTPServer((metadata("local-ipv4"), int(sys.argv[1])), Handler).serve_forever()
