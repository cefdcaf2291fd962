"""The calls of the published example of a resilient service, in its order and with its parameters, in words of our own.

  published_example.py HEAD     as it is published today: its removal leaves the group, the parameters and opened ports behind
  published_example.py OLD      as it was when the article was written

What differs is what an instance runs, since there is no Internet to install it from and no system to install it into: see
published_example_server.py. Pauses that only hope for something are left out; whatever is claimed of a stage is checked.
It ends with status 0 if all of that held.
"""

import base64
import collections
import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request

import boto3
from botocore.exceptions import ClientError

OLD = sys.argv[1:] == ["OLD"]
FOLDER = os.path.dirname(os.path.abspath(__file__))
TABLE = "doc-example-recommendation-service"
PREFIX = "doc-example-resilience"
TEMPLATE = f"{PREFIX}-template" if OLD else f"{PREFIX}-template-"
GROUP, TARGETS, BALANCER, KEY = (f"{PREFIX}-{name}" for name in ("group", "tg", "lb", "key-pair"))
PARAMETER = "doc-example-resilient-architecture"
IMAGE = "/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2"
AGENT = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
NO_TABLE = "this-is-not-a-table"
MY_ADDRESS = "127.0.0.1"  # the published one asks a service in the Internet
WAITED = {"Delay": 1, "MaxAttempts": 120}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
READ_PARAMETERS = {"Effect": "Allow", "Action": "ssm:GetParameters", "Resource": "*"}
READ_TABLE = {
    "Effect": "Allow",
    "Action": [f"dynamodb:{each}" for each in ("BatchGetItem", "Describe*", "List*", "GetItem", "Query", "Scan")],
    "Resource": f"arn:aws:dynamodb:*:*:table/{TABLE}",
}
CREATORS = {
    "Book": (("Pride and Prejudice", "Jane Austen"), ("The Lord of the Rings", "J. R. R. Tolkien"), ("The Three Musketeers", "Alexandre Dumas")),
    "Movie": (("Delicatessen", "Jeunet et Caro"), ("The Princess Bride", "Rob Reiner"), ("12 Angry Men", "Sidney Lumet")),
    "Song": (("And Dream of Sheep", "Kate Bush"), ("Mirrorball", "Elbow"), ("Guardians of Asgaard", "Amon Amarth")),
}  # fmt: skip


def client(service):
    return boto3.client(service, endpoint_url=os.environ.get("AWS_ENDPOINT_URL"))


services = ("autoscaling", "dynamodb", "ec2", "elbv2", "iam", "ssm", "sts")
autoscaling, dynamodb, ec2, elb, iam, ssm, sts = map(client, services)


def port():
    """80 as published, wherever this user may listen there."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", 80))
            return 80
        except PermissionError:
            return 8080
        except OSError:
            return 80


PORT = port()


def claim(what, holds, seen=""):
    if not holds:
        sys.exit(f"did not hold: {what}: {seen}")
    print(f"  {what}", flush=True)


def until(what, check, seconds=90):
    deadline = time.monotonic() + seconds
    while not (found := check()):
        if time.monotonic() > deadline:
            claim(what, False, f"not within {seconds} s")
        time.sleep(0.2)
    claim(what, True)
    return found


# ---------------------------------------------------------------------------------------------------------------- deploy


def deploy():
    sts.get_caller_identity()
    make_table()
    key = ec2.create_key_pair(KeyName=KEY)
    claim("the key pair has a private key", key["KeyMaterial"].startswith("-----BEGIN RSA PRIVATE KEY-----"), key["KeyMaterial"][:40])
    make_profile("pol", "role", "prof", [READ_TABLE, READ_PARAMETERS])
    image = ssm.get_parameter(Name=IMAGE)["Parameter"]["Value"]
    ec2.create_launch_template(
        LaunchTemplateName=TEMPLATE,
        LaunchTemplateData={
            "InstanceType": "t3.micro",
            "ImageId": image,
            "IamInstanceProfile": {"Name": f"{PREFIX}-prof"},
            "UserData": base64.b64encode(user_data().encode()).decode(),
            "KeyName": KEY,
        },
    )
    zones = [zone["ZoneName"] for zone in ec2.describe_availability_zones()["AvailabilityZones"]]
    autoscaling.create_auto_scaling_group(
        AutoScalingGroupName=GROUP,
        AvailabilityZones=zones,
        LaunchTemplate={"LaunchTemplateName": TEMPLATE, "Version": "$Default"},
        MinSize=3,
        MaxSize=3,
    )
    reset_parameters()
    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
    filters = {"vpc-id": [vpc], "availability-zone": zones, "default-for-az": ["true"]}
    pages = ec2.get_paginator("describe_subnets").paginate(Filters=[{"Name": name, "Values": values} for name, values in filters.items()])
    subnets = [subnet["SubnetId"] for page in pages for subnet in page["Subnets"]]
    balance(vpc, subnets)
    verify(vpc)


def make_table():
    dynamodb.create_table(
        TableName=TABLE,
        AttributeDefinitions=[{"AttributeName": "MediaType", "AttributeType": "S"}, {"AttributeName": "ItemId", "AttributeType": "N"}],
        KeySchema=[{"AttributeName": "MediaType", "KeyType": "HASH"}, {"AttributeName": "ItemId", "KeyType": "RANGE"}],
        ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
    )
    dynamodb.get_waiter("table_exists").wait(TableName=TABLE, WaiterConfig=WAITED)
    items = [
        {"MediaType": {"S": media}, "ItemId": {"N": str(number)}, "Title": {"S": title}, "Creator": {"S": creator}}
        for media, works in CREATORS.items()
        for number, (title, creator) in enumerate(works, start=1)
    ]
    written = dynamodb.batch_write_item(RequestItems={TABLE: [{"PutRequest": {"Item": item}} for item in items]})
    claim("all nine items are written", not written["UnprocessedItems"], written)


def make_profile(policy, role, profile, statements, *managed):
    policy, role, profile = (f"{PREFIX}-{name}" for name in (policy, role, profile))
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    arn = iam.create_policy(PolicyName=policy, PolicyDocument=document)["Policy"]["Arn"]
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps(TRUST))
    for each in (arn, *managed):
        iam.attach_role_policy(RoleName=role, PolicyArn=each)
    iam.create_instance_profile(InstanceProfileName=profile)
    iam.get_waiter("instance_profile_exists").wait(InstanceProfileName=profile)
    iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=role)


def user_data():
    """Runs the server as the published script does: in the foreground, at the first boot only."""
    with open(os.path.join(FOLDER, "published_example_server.py"), encoding="utf-8") as source:
        return f"#!/bin/bash\ncat > server.py <<'END'\n{source.read()}END\n{sys.executable} server.py {PORT}\n"


def balance(vpc, subnets):
    group = elb.create_target_group(
        Name=TARGETS, Protocol="HTTP", Port=PORT, HealthCheckPath="/healthcheck", HealthCheckIntervalSeconds=10,
        HealthCheckTimeoutSeconds=5, HealthyThresholdCount=2, UnhealthyThresholdCount=2, VpcId=vpc,
    )["TargetGroups"][0]  # fmt: skip
    balancer = elb.create_load_balancer(Name=BALANCER, Subnets=subnets)["LoadBalancers"][0]
    elb.get_waiter("load_balancer_available").wait(Names=[BALANCER], WaiterConfig=WAITED)
    elb.describe_load_balancers(Names=[BALANCER])
    elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTP",
        Port=PORT,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": group["TargetGroupArn"]}],
    )
    autoscaling.attach_load_balancer_target_groups(AutoScalingGroupName=GROUP, TargetGroupARNs=[group["TargetGroupArn"]])


def verify(vpc):
    """The default security group lets nobody in, so that the first try fails and a port has to be opened."""
    claim("nobody gets through the default security group", get()[0] == 0)
    [group] = ec2.describe_security_groups(
        Filters=[{"Name": "group-name", "Values": ["default"]}, {"Name": "vpc-id", "Values": [vpc]}]
    )["SecurityGroups"]
    for opened in (PORT, 22):
        if not any(rule.get("FromPort") == opened for rule in group["IpPermissions"]):
            ec2.authorize_security_group_ingress(
                GroupId=group["GroupId"], CidrIp=f"{MY_ADDRESS}/32", FromPort=opened, ToPort=opened, IpProtocol="tcp"
            )
    until("the endpoint answers", lambda: get()[0] == 200)


def put(name, value):
    ssm.put_parameter(Name=f"{PARAMETER}-{name}", Value=value, Overwrite=True, Type="String")


def reset_parameters():
    put("table", TABLE)
    put("failure-response", "none")
    put("health-check", "shallow")


# ------------------------------------------------------------------------------------------------------------------ demo


def get():
    """The status of the endpoint's answer, 0 if there is none, and what it recommends."""
    url = f"http://{elb.describe_load_balancers(Names=[BALANCER])['LoadBalancers'][0]['DNSName']}:{PORT}"
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            body = json.load(response)
            return response.status, "static" if body["ItemId"]["N"] == "0" else "item", body["Metadata"]["InstanceId"]
    except urllib.error.HTTPError as error:
        return error.code, None, None
    except OSError:
        return 0, None, None


def health():
    arn = elb.describe_target_groups(Names=[TARGETS])["TargetGroups"][0]["TargetGroupArn"]
    targets = elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
    return {target["Target"]["Id"]: target["TargetHealth"] for target in targets}


def states():
    return collections.Counter(target["State"] for target in health().values())


def stage(name, answers, healthy=3, requests=12):
    """What requests find, as soon as what was changed has come through, and then without an exception."""
    print(name, flush=True)
    until(f"{healthy} targets are healthy", lambda: states()["healthy"] == healthy)

    def seen():
        return {get()[:2] for _ in range(requests)}

    until(f"the endpoint answers {answers}", lambda: seen() == answers)
    again = seen() | seen()
    claim("and nothing else", again == answers, again)


ITEM, STATIC = (200, "item"), (200, "static")


def demo():
    reset_parameters()
    stage("initial", {ITEM})
    put("table", NO_TABLE)
    stage("broken dependency", {(502, None)})
    put("failure-response", "static")
    stage("static response", {STATIC})
    put("table", TABLE)
    bad = give_bad_credentials()
    stage("bad credentials", {ITEM, STATIC}, requests=24)
    only_bad = {instance for status, kind, instance in (get() for _ in range(24)) if kind == "static"}
    claim("only the one with bad credentials answers with what is static", only_bad == {bad}, only_bad)
    put("health-check", "deep")
    stage("deep health checks", {ITEM}, healthy=2)
    expected = {
        "State": "unhealthy",
        "Reason": "Target.ResponseCodeMismatch",
        "Description": "Health checks failed with these codes: [503]",
    }
    claim("it is told why the third is unhealthy", health()[bad] == expected, health()[bad])
    replace(bad)
    stage("replaced instance", {ITEM})
    put("table", NO_TABLE)
    stage("fail open", {STATIC}, healthy=0)
    reset_parameters()


def groups():
    return autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[GROUP])["AutoScalingGroups"]


def give_bad_credentials():
    make_profile("bc-pol", "bc-role", "bc-prof", [READ_PARAMETERS], AGENT)
    [group] = groups()
    bad = group["Instances"][0]["InstanceId"]
    [association] = ec2.describe_iam_instance_profile_associations(Filters=[{"Name": "instance-id", "Values": [bad]}])[
        "IamInstanceProfileAssociations"
    ]
    ec2.replace_iam_instance_profile_association(
        IamInstanceProfile={"Name": f"{PREFIX}-bc-prof"}, AssociationId=association["AssociationId"]
    )
    ec2.reboot_instances(InstanceIds=[bad])
    if not OLD:
        ec2.get_waiter("instance_running").wait(InstanceIds=[bad], WaiterConfig=WAITED)

    def is_known():
        """Today's example does not ask, and its command comes too early as a rule; without it the next stage is another one."""
        return bad in [each["InstanceId"] for each in ssm.describe_instance_information()["InstanceInformationList"]]

    until("Systems Manager knows the instance", is_known)
    command = ssm.send_command(
        InstanceIds=[bad],
        DocumentName="AWS-RunShellScript",
        Parameters={"commands": [f"{sys.executable} server.py {PORT}"]},
    )
    claim("the command is on its way", command["Command"]["Status"] in ("Pending", "InProgress"), command)
    return bad


def replace(bad):
    autoscaling.terminate_instance_in_auto_scaling_group(InstanceId=bad, ShouldDecrementDesiredCapacity=False)
    until("it drains", lambda: health().get(bad, {}).get("State") in ("draining", None))
    if not OLD:
        ec2.get_waiter("instance_terminated").wait(InstanceIds=[bad], WaiterConfig=WAITED)


# --------------------------------------------------------------------------------------------------------------- destroy


def destroy():
    balancer = elb.describe_load_balancers(Names=[BALANCER])["LoadBalancers"][0]["LoadBalancerArn"]
    elb.delete_load_balancer(LoadBalancerArn=balancer)
    elb.get_waiter("load_balancers_deleted").wait(LoadBalancerArns=[balancer], WaiterConfig=WAITED)
    targets = elb.describe_target_groups(Names=[TARGETS])["TargetGroups"][0]["TargetGroupArn"]
    until("the target group can be deleted", lambda: unless(("ResourceInUse",), elb.delete_target_group, TargetGroupArn=targets))
    end_group()
    ec2.delete_key_pair(KeyName=KEY)
    ec2.delete_launch_template(LaunchTemplateName=TEMPLATE)
    delete_profile("role", "prof")
    delete_profile("bc-role", "bc-prof")
    dynamodb.delete_table(TableName=TABLE)
    dynamodb.get_waiter("table_not_exists").wait(TableName=TABLE, WaiterConfig=WAITED)


def unless(codes, call, **parameters):
    """Makes a call, and says whether it was done; an error with one of these codes only means not yet."""
    try:
        call(**parameters)
        return True
    except ClientError as error:
        if error.response["Error"]["Code"] not in codes:
            raise
        return False


def end_group():
    """The group's size is 0 at least from here on. OLD takes its instances away for good, HEAD only replaces them."""
    [group] = groups()
    autoscaling.update_auto_scaling_group(AutoScalingGroupName=GROUP, MinSize=0)
    # At AWS's own pace, what was replaced is long gone; here it may still be on its way.
    instances = [member["InstanceId"] for member in group["Instances"] if member["LifecycleState"] == "InService"]
    for instance in instances:
        until(
            f"{instance} ends",
            lambda: unless(
                ("ScalingActivityInProgress",),
                autoscaling.terminate_instance_in_auto_scaling_group,
                InstanceId=instance,
                ShouldDecrementDesiredCapacity=OLD,
            ),
        )
        if not OLD:
            ec2.get_waiter("instance_terminated").wait(InstanceIds=[instance], WaiterConfig=WAITED)
    ec2.get_waiter("instance_terminated").wait(InstanceIds=instances, WaiterConfig=WAITED)
    if OLD:
        delete_group()


def delete_group(**force):
    until(
        "the group can be deleted",
        lambda: unless(
            ("ResourceInUse", "ScalingActivityInProgress"),
            autoscaling.delete_auto_scaling_group,
            AutoScalingGroupName=GROUP,
            **force,
        ),
    )


def delete_profile(role, profile):
    role, profile = f"{PREFIX}-{role}", f"{PREFIX}-{profile}"
    iam.remove_role_from_instance_profile(InstanceProfileName=profile, RoleName=role)
    iam.delete_instance_profile(InstanceProfileName=profile)
    for policy in iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]:
        iam.detach_role_policy(RoleName=role, PolicyArn=policy["PolicyArn"])
        if not policy["PolicyArn"].startswith("arn:aws:iam::aws"):
            iam.delete_policy(PolicyArn=policy["PolicyArn"])
    iam.delete_role(RoleName=role)


def clean_up_behind():
    """Removes what the published example forgets, having seen that it does."""
    if not OLD:
        [group] = groups()
        claim("today's example leaves its group behind, and three instances in it", (group["MinSize"], group["DesiredCapacity"]) == (0, 3), group)
        delete_group(ForceDelete=True)
    until("the group is gone", lambda: not groups())
    left = ssm.delete_parameters(Names=[f"{PARAMETER}-{name}" for name in ("table", "failure-response", "health-check")])
    claim("every version of it leaves its parameters behind", len(left["DeletedParameters"]) == 3, left)
    [group] = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": ["default"]}])["SecurityGroups"]
    mine = [rule for rule in group["IpPermissions"] if rule.get("FromPort") in (PORT, 22)]
    claim("and the ports that it opened", len(mine) == 2, group)
    ec2.revoke_security_group_ingress(GroupId=group["GroupId"], IpPermissions=mine)


if __name__ == "__main__":
    print("deploy", flush=True)
    deploy()
    demo()
    print("destroy", flush=True)
    destroy()
    clean_up_behind()
