/** Security groups, their rules, and whom they let in. */
package dev.resilient.cloud.ec2.securitygroup;
