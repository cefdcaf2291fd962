/** The default network: its subnets, whose addresses are this machine's, and how EC2 describes it. */
package dev.resilient.cloud.ec2.network;
