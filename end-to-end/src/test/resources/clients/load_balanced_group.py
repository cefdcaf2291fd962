#!/usr/bin/env python3
"""A load-balanced Auto Scaling group with boto3 alone: made, broken twice, repaired and removed, with real requests.

It knows nothing of the local cloud but the endpoint in the environment. It ends with status 0 if everything was as claimed,
and removes what it made in any case.  Usage: load_balanced_group.py [NAME]
"""

import base64
import collections
import os
import sys
import time
import urllib.error
import urllib.request

import boto3

NAME = sys.argv[1] if len(sys.argv) > 1 else "balanced"
SIZE = 3
QUICKLY = {"Delay": 1, "MaxAttempts": 120}

# Runs at the boot of each instance. A request for /sick makes the instance fail its health checks, as if something that it
# needs were broken; it goes on answering everything else.
SERVER = r"""#!/bin/bash
metadata=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}/latest
token=$(curl -s -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/api/token")
get() { curl -s -H "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/$1"; }
cat > server.py <<'END'
import http.server, sys
address, instance = sys.argv[1:]

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    sick = False

    def do_GET(self):
        Handler.sick = Handler.sick or self.path == "/sick"
        self.send_response(503 if Handler.sick and self.path == "/healthcheck" else 200)
        body = instance.encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

http.server.ThreadingHTTPServer((address, 8080), Handler).serve_forever()
END
exec python3 server.py "$(get local-ipv4)" "$(get instance-id)"
"""


def client(service):
    return boto3.client(service, endpoint_url=os.environ.get("AWS_ENDPOINT_URL"))


ec2, elb, scaling, ssm = map(client, ("ec2", "elbv2", "autoscaling", "ssm"))


class Claim(Exception):
    """Something that was claimed did not hold."""


def claim(what, holds, seen=""):
    if not holds:
        raise Claim(f"{what}: {seen}")
    print(f"  {what}", flush=True)


def until(what, check, seconds=90):
    """Waits until a check gives something, which is what it returns."""
    deadline = time.monotonic() + seconds
    while not (found := check()):
        if time.monotonic() > deadline:
            claim(what, False, f"not within {seconds} s")
        time.sleep(0.2)
    claim(what, True)
    return found


class Service:
    def deploy(self):
        vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
        here = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "default-for-az", "Values": ["true"]}]
        pages = ec2.get_paginator("describe_subnets").paginate(Filters=here, PaginationConfig={"PageSize": 5})
        self.subnets = [subnet["SubnetId"] for page in pages for subnet in page["Subnets"]]
        self.front = self.security_group(vpc, "front", IpRanges=[{"CidrIp": "0.0.0.0/0"}], port=8000)
        self.back = self.security_group(vpc, "back", UserIdGroupPairs=[{"GroupId": self.front}], port=8080)
        self.template()
        self.targets = elb.create_target_group(
            Name=NAME, Protocol="HTTP", Port=8080, VpcId=vpc, HealthCheckPath="/healthcheck",
            HealthCheckIntervalSeconds=10, HealthCheckTimeoutSeconds=5, HealthyThresholdCount=2, UnhealthyThresholdCount=2,
        )["TargetGroups"][0]["TargetGroupArn"]  # fmt: skip
        balancer = elb.create_load_balancer(Name=NAME, Subnets=self.subnets, SecurityGroups=[self.front])["LoadBalancers"][0]
        self.balancer = balancer["LoadBalancerArn"]
        self.url = f"http://{balancer['DNSName']}:8000"
        elb.get_waiter("load_balancer_available").wait(LoadBalancerArns=[self.balancer], WaiterConfig=QUICKLY)
        forward = [{"Type": "forward", "TargetGroupArn": self.targets}]
        elb.create_listener(LoadBalancerArn=self.balancer, Protocol="HTTP", Port=8000, DefaultActions=forward)
        scaling.create_auto_scaling_group(
            AutoScalingGroupName=NAME, LaunchTemplate={"LaunchTemplateName": NAME, "Version": "$Latest"},
            MinSize=SIZE, MaxSize=SIZE, VPCZoneIdentifier=",".join(self.subnets), TargetGroupARNs=[self.targets],
        )  # fmt: skip
        self.await_health()
        ec2.get_waiter("instance_running").wait(InstanceIds=self.instances(), WaiterConfig=QUICKLY)
        zones = {member["AvailabilityZone"] for member in self.group()["Instances"]}
        claim("each instance is in a zone of its own", len(zones) == min(SIZE, len(self.subnets)), zones)
        self.claim_balance()

    def security_group(self, vpc, name, port, **sources):
        group = ec2.create_security_group(GroupName=f"{NAME}-{name}", Description=f"the {name} of {NAME}", VpcId=vpc)["GroupId"]
        ec2.get_waiter("security_group_exists").wait(GroupIds=[group], WaiterConfig=QUICKLY)
        permission = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **sources}
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
        return group

    def template(self):
        image = ssm.get_parameter(Name="/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")
        data = {
            "ImageId": image["Parameter"]["Value"],
            "InstanceType": "t3.micro",
            "SecurityGroupIds": [self.back],
            "UserData": base64.b64encode(SERVER.encode()).decode(),
        }
        ec2.create_launch_template(LaunchTemplateName=NAME, LaunchTemplateData=data)

    def group(self):
        return scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[NAME])["AutoScalingGroups"][0]

    def instances(self):
        return [member["InstanceId"] for member in self.group()["Instances"] if member["LifecycleState"] == "InService"]

    def health(self):
        """The state of each target, and why."""
        found = elb.describe_target_health(TargetGroupArn=self.targets)["TargetHealthDescriptions"]
        return {target["Target"]["Id"]: target["TargetHealth"] for target in found}

    def await_health(self, without=()):
        """Waits until the group is complete without these instances, and all of its instances get requests."""

        def complete():
            members = self.instances()
            return members if len(members) == SIZE and not set(members) & set(without) else None

        members = until("the group is complete", complete)
        targets = [{"Id": member} for member in members]
        elb.get_waiter("target_in_service").wait(TargetGroupArn=self.targets, Targets=targets, WaiterConfig=QUICKLY)
        claim("all of its targets are healthy", True)

    def get(self, path="/"):
        with urllib.request.urlopen(self.url + path, timeout=10) as response:
            return response.read().decode()

    def claim_balance(self, requests=60):
        answers = collections.Counter(self.get() for _ in range(requests))
        claim(f"{requests} requests are answered, by every instance", set(answers) == set(self.instances()), answers)
        claim("each gets about as many as the others", min(answers.values()) > requests / SIZE / 2, answers)

    def break_health(self):
        """One instance fails its health checks; the group does not act on that, so somebody has to."""
        sick = self.get("/sick")

        def is_unhealthy():
            return self.health()[sick] if self.health()[sick]["State"] == "unhealthy" else None

        seen = until("the sick instance is unhealthy", is_unhealthy)
        expected = {
            "State": "unhealthy",
            "Reason": "Target.ResponseCodeMismatch",
            "Description": "Health checks failed with these codes: [503]",
        }
        claim("and it is told why", seen == expected, seen)
        answers = {self.get() for _ in range(30)}
        claim("no request goes to it, and none is lost", sick not in answers and len(answers) == SIZE - 1, answers)
        return sick

    def repair(self, sick):
        activity = scaling.terminate_instance_in_auto_scaling_group(InstanceId=sick, ShouldDecrementDesiredCapacity=False)
        claim("its end begins", activity["Activity"]["StatusCode"] == "InProgress", activity)
        until("its target drains or is gone", lambda: self.health().get(sick, {}).get("State") in (None, "draining"))
        self.await_health(without=[sick])
        ec2.get_waiter("instance_terminated").wait(InstanceIds=[sick], WaiterConfig=QUICKLY)
        self.claim_balance()

    def break_instance(self):
        """An instance goes away without its group having been asked; the group sees that and replaces it."""
        lost = self.instances()[0]
        ec2.terminate_instances(InstanceIds=[lost])
        self.await_health(without=[lost])
        self.claim_balance()
        pages = scaling.get_paginator("describe_scaling_activities").paginate(
            AutoScalingGroupName=NAME, PaginationConfig={"PageSize": 2}
        )
        activities = [activity for page in pages for activity in page["Activities"]]
        claim("every launch and end is an activity", len(activities) == SIZE + 4, [each["Description"] for each in activities])
        causes = [each["Cause"] for each in activities if lost in each["Description"]]
        claim("the lost one's tells its cause", any("EC2 health check" in cause for cause in causes), causes)

    def remove(self):
        """Removes what there is, found by its name, in whatever state it was left."""
        for group in scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[NAME])["AutoScalingGroups"]:
            scaling.delete_auto_scaling_group(AutoScalingGroupName=NAME, ForceDelete=True)
            members = [member["InstanceId"] for member in group["Instances"]]
            if members:
                ec2.get_waiter("instance_terminated").wait(InstanceIds=members, WaiterConfig=QUICKLY)
        until("the group is gone", lambda: not scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[NAME])["AutoScalingGroups"])
        for arn in found(elb, "describe_load_balancers", "LoadBalancers", "LoadBalancerName", "LoadBalancerArn"):
            elb.delete_load_balancer(LoadBalancerArn=arn)
            elb.get_waiter("load_balancers_deleted").wait(LoadBalancerArns=[arn], WaiterConfig=QUICKLY)
        for arn in found(elb, "describe_target_groups", "TargetGroups", "TargetGroupName", "TargetGroupArn"):
            elb.delete_target_group(TargetGroupArn=arn)
        for template in found(ec2, "describe_launch_templates", "LaunchTemplates", "LaunchTemplateName", "LaunchTemplateId"):
            ec2.delete_launch_template(LaunchTemplateId=template)
        for name in ("back", "front"):
            for group in found(ec2, "describe_security_groups", "SecurityGroups", "GroupName", "GroupId", f"{NAME}-{name}"):
                until("a security group is free", lambda: deleted(group))


def found(service, operation, members, name, identifier, wanted=NAME):
    pages = service.get_paginator(operation).paginate(PaginationConfig={"PageSize": 5})
    return [each[identifier] for page in pages for each in page[members] if each[name] == wanted]


def deleted(group):
    try:
        return ec2.delete_security_group(GroupId=group)
    except ec2.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != "DependencyViolation":
            raise
        return None


def main():
    service = Service()
    try:
        print("deploy", flush=True)
        service.deploy()
        print("an instance falls sick", flush=True)
        sick = service.break_health()
        print("it is replaced", flush=True)
        service.repair(sick)
        print("an instance is lost", flush=True)
        service.break_instance()
    finally:
        print("remove", flush=True)
        service.remove()
    try:
        service.get()
        raise Claim("the address still answers")
    except urllib.error.URLError:
        claim("nobody answers any more", True)


if __name__ == "__main__":
    try:
        main()
    except Claim as broken:
        sys.exit(f"did not hold: {broken}")
