/**
 * Amazon EC2: instances that are processes of this machine, the default network they live in, its security groups, and launch
 * templates. {@link dev.resilient.cloud.ec2.Ec2} is the service; the other public types are what the services built on EC2 use.
 */
@NullMarked
package dev.resilient.cloud.ec2;

import org.jspecify.annotations.NullMarked;
