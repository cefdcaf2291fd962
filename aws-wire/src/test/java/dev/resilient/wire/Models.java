package dev.resilient.wire;

import dev.resilient.wire.ServiceModel.Protocol;

/** How the services that the tests imitate appear on the wire. */
public final class Models {
    private static final String SDK = "software.amazon.awssdk.services.";
    public static final ServiceModel AUTO_SCALING = new ServiceModel(
            "autoscaling",
            SDK + "autoscaling.model",
            "2011-01-01",
            new Protocol.Query("http://autoscaling.amazonaws.com/doc/2011-01-01/"));
    public static final ServiceModel LOAD_BALANCING = new ServiceModel(
            "elasticloadbalancing",
            SDK + "elasticloadbalancingv2.model",
            "2015-12-01",
            new Protocol.Query("http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"));
    public static final ServiceModel IAM = new ServiceModel(
            "iam", SDK + "iam.model", "2010-05-08", new Protocol.Query("https://iam.amazonaws.com/doc/2010-05-08/"));
    public static final ServiceModel STS = new ServiceModel(
            "sts", SDK + "sts.model", "2011-06-15", new Protocol.Query("https://sts.amazonaws.com/doc/2011-06-15/"));
    public static final ServiceModel EC2 = new ServiceModel(
            "ec2", SDK + "ec2.model", "2016-11-15", new Protocol.Ec2Query("http://ec2.amazonaws.com/doc/2016-11-15/"));
    public static final ServiceModel DYNAMO_DB = new ServiceModel(
            "dynamodb",
            SDK + "dynamodb.model",
            "2012-08-10",
            new Protocol.Json("1.0", "DynamoDB_20120810", "com.amazonaws.dynamodb.v20120810"));
    public static final ServiceModel SSM =
            new ServiceModel("ssm", SDK + "ssm.model", "2014-11-06", new Protocol.Json("1.1", "AmazonSSM", ""));
    public static final ServiceModel S3 = new ServiceModel(
            "s3", SDK + "s3.model", "2006-03-01", new Protocol.RestXml("http://s3.amazonaws.com/doc/2006-03-01/"));

    private Models() {}
}
