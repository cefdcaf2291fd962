/** Instances: how they are launched, changed and described, and the machine that makes each of them real. */
package dev.resilient.cloud.ec2.instance;
