"""The client of benchmarks/local-cloud: boto3, one call after the other, against the endpoint that the environment names.

  calls.py prepare                  makes what the calls ask for
  calls.py record FOLDER            keeps the body of each call's answer in FOLDER
  calls.py warm SECONDS
  calls.py measure START SECONDS PID CALL...
                                    from the second START of Unix time on, so that several clients measure together; prints for
                                    each call: its name, calls per second, micros of CPU time of PID per second
  calls.py grow                     100 instances, 500 target groups and 100,000 items more
  calls.py admit                    makes a user who may do everything, by three calls, and prints its keys as exports
"""

import json
import os
import sys
import time

import boto3
from botocore.config import Config

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
TICKS = os.sysconf("SC_CLK_TCK")
TABLE = "calls"
KEY = {"id": {"S": "1"}}
ITEM = {**KEY, "text": {"S": "x" * 200}}


def client(service, session=boto3):
    return session.client(service, endpoint_url=ENDPOINT, config=Config(retries={"max_attempts": 0}))


dynamodb, ec2, elb, ssm = (client(name) for name in ("dynamodb", "ec2", "elbv2", "ssm"))


def only(entries):
    (entry,) = entries
    return entry


CALLS = {
    "GetParameter": lambda: ssm.get_parameter(Name="calls"),
    "GetItem": lambda: dynamodb.get_item(TableName=TABLE, Key=KEY),
    "PutItem": lambda: dynamodb.put_item(TableName=TABLE, Item=ITEM),
    "DescribeInstances": lambda: only(ec2.describe_instances(InstanceIds=[instance()])["Reservations"]),
    "DescribeTargetGroups": lambda: only(elb.describe_target_groups(Names=["calls"])["TargetGroups"]),
}


def instance(known=[]):
    if not known:
        known += [
            i["InstanceId"]
            for r in ec2.describe_instances(Filters=[{"Name": "tag:Name", "Values": ["calls"]}])["Reservations"]
            for i in r["Instances"]
        ]
    return known[0]


def run_instances(count, **more):
    image = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
    ec2.run_instances(
        ImageId=ssm.get_parameter(Name=image)["Parameter"]["Value"],
        InstanceType="t3.micro",
        MinCount=count,
        MaxCount=count,
        UserData="#!/bin/bash\nexec sleep 1000000\n",
        **more,
    )


def prepare():
    prepare_items()
    ssm.put_parameter(Name="calls", Value="a value", Type="String")
    target_group("calls")
    run_instances(1, TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "calls"}]}])


def prepare_items():
    dynamodb.create_table(
        TableName=TABLE,
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    dynamodb.get_waiter("table_exists").wait(TableName=TABLE, WaiterConfig={"Delay": 1})
    dynamodb.put_item(TableName=TABLE, Item=ITEM)


def target_group(name):
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    elb.create_target_group(Name=name, Protocol="HTTP", Port=80, VpcId=vpc)


def record(folder):
    def keep(http_response, parsed, model, **_):
        with open(os.path.join(folder, model.name), "wb") as file:
            file.write(http_response.content)

    for each in (dynamodb, ec2, elb, ssm):
        each.meta.events.register("after-call", keep)
    for call in CALLS.values():
        call()


def warm(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for call in CALLS.values():
            call()


def cpu(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def measure(start, seconds, pid, names):
    while time.time() < start:
        CALLS[names[0]]()
    for name in names:
        call, count = CALLS[name], 0
        call()
        before, start = cpu(pid), time.monotonic()
        while time.monotonic() - start < seconds:
            call()
            count += 1
        took = time.monotonic() - start
        print(f"{name} {count / took:.0f} {(cpu(pid) - before) / took * 1e6:.0f}")


def grow():
    run_instances(100)
    for i in range(500):
        target_group(f"more-{i}")
    for start in range(0, 100_000, 25):
        puts = [{"PutRequest": {"Item": {"id": {"S": f"more-{i}"}, "text": ITEM["text"]}}} for i in range(start, start + 25)]
        dynamodb.batch_write_item(RequestItems={TABLE: puts})


def admit():
    iam = client("iam")
    iam.create_user(UserName="calls")
    policy = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
    iam.put_user_policy(UserName="calls", PolicyName="everything", PolicyDocument=json.dumps(policy))
    key = iam.create_access_key(UserName="calls")["AccessKey"]
    print(f"export AWS_ACCESS_KEY_ID={key['AccessKeyId']} AWS_SECRET_ACCESS_KEY={key['SecretAccessKey']}")


def main(mode, *arguments):
    match mode:
        case "measure":
            measure(float(arguments[0]), float(arguments[1]), int(arguments[2]), arguments[3:])
        case "warm":
            warm(float(arguments[0]))
        case "record":
            record(arguments[0])
        case "prepare":
            prepare()
        case "prepare-items":
            prepare_items()
        case "grow":
            grow()
        case "admit":
            admit()


main(*sys.argv[1:])
