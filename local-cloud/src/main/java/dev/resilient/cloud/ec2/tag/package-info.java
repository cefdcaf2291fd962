/** Tags of whatever EC2 has. */
package dev.resilient.cloud.ec2.tag;
