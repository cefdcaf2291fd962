/** What makes the load balancers do as the resources say, and what it needs of EC2 and of S3. */
package dev.resilient.cloud.elb.dataplane;
