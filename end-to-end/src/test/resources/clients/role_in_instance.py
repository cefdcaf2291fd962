"""Other people's clients on an instance: the AWS CLI and boto3 find the credentials of its role by themselves.

What each of them says of itself goes to the instance's console. It ends with status 0 if both are the role.
"""

import json
import os
import sys
import time

import boto3

NAME = "role-in-instance"
IMAGE = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
TRUST = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"},
}
USER_DATA = """#!/bin/bash
export AWS_DEFAULT_REGION=us-west-2
/usr/bin/aws --endpoint-url "$AWS_ENDPOINT_URL" sts get-caller-identity --query Arn --output text | sed 's/^/CLI: /'
/usr/bin/python3 -c 'import boto3, os
print("boto3:", boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"]).get_caller_identity()["Arn"])'
exec sleep 1000
"""


def client(service):
    return boto3.client(service, endpoint_url=os.environ.get("AWS_ENDPOINT_URL"))


iam, ec2, ssm = map(client, ("iam", "ec2", "ssm"))


def console(instance):
    deadline = time.monotonic() + 60
    text = ""
    while text.count("arn:") < 2 and time.monotonic() < deadline:
        text = ec2.get_console_output(InstanceId=instance).get("Output", "")
        time.sleep(0.2)
    return text


def main():
    iam.create_role(RoleName=NAME, AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.create_instance_profile(InstanceProfileName=NAME)
    iam.add_role_to_instance_profile(InstanceProfileName=NAME, RoleName=NAME)
    instance = ec2.run_instances(
        ImageId=ssm.get_parameter(Name=IMAGE)["Parameter"]["Value"],
        InstanceType="t3.micro",
        MinCount=1,
        MaxCount=1,
        IamInstanceProfile={"Name": NAME},
        UserData=USER_DATA,
    )["Instances"][0]["InstanceId"]
    text = console(instance)
    ec2.terminate_instances(InstanceIds=[instance])
    ec2.get_waiter("instance_terminated").wait(InstanceIds=[instance], WaiterConfig={"Delay": 1})
    iam.remove_role_from_instance_profile(InstanceProfileName=NAME, RoleName=NAME)
    iam.delete_instance_profile(InstanceProfileName=NAME)
    iam.delete_role(RoleName=NAME)
    caller = f":assumed-role/{NAME}/{instance}\n"
    if not all(any(line.startswith(who) and (line + "\n").endswith(caller) for line in text.splitlines()) for who in ("CLI:", "boto3:")):
        sys.exit(f"one of them is not the role of its instance:\n{text}")


main()
